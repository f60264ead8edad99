"""Template tags: days, numbers, chips and stamps as officials write them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from tram.web.templatetags import tram as tags

TODAY = date(2026, 3, 12)


def chip(**row: object) -> str:
    html = Template("{% deadline row %}").render(Context({"row": {"today": TODAY, **row}}))
    return re.sub(r"<svg.*?</svg>|<span class=\"vh\">.*?</span>|<[^>]+>", "", html).strip()


def test_days_and_hours_are_told_in_local_time() -> None:
    at = datetime(2026, 3, 12, 18, 5, tzinfo=UTC)
    assert (tags.ngay(TODAY), tags.ngay(at), tags.gio(at)) == ("12/03/2026", "13/03/2026", "01:05")
    assert tags.ngay_gio(at) == "01:05 ngày 13/03/2026"
    assert (tags.ngay(None), tags.gio(None), tags.ngay_gio(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1234.5, "1.234,5"),
        (1500000, "1.500.000"),
        (12.0, "12"),
        (Decimal("1234.50"), "1.234,50"),
        (0, "0"),
        (-7, "-7"),
        (None, ""),
    ],
)
def test_numbers_take_dots_for_thousands_and_a_comma(number: float | None, words: str) -> None:
    assert tags.so(number) == words


def test_a_file_s_size_is_told_as_people_say_it() -> None:
    assert [tags.co_tep(size) for size in (0, 245_760, 8_808_038, 2_254_857_830)] == [
        "1 KB",
        "240 KB",
        "8,4 MB",
        "2,1 GB",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"due_on": date(2026, 3, 9), "days_left": 3}, "Quá hạn 3 ngày"),
        ({"due_on": date(2026, 3, 11), "days_left": 0}, "Quá hạn"),
        ({"due_on": TODAY, "days_left": 0}, "Hạn hôm nay"),
        ({"due_on": date(2026, 3, 20), "days_left": 6}, "Còn 6 ngày"),
        ({"due_on": date(2026, 3, 20), "done_on": TODAY, "days_left": 6}, "Xong"),
        ({"due_on": date(2026, 3, 10), "done_on": TODAY, "days_left": -2}, "Xong, trễ 2 ngày"),
        ({"due_on": date(2026, 3, 9), "days_left": 3, "paused": True}, "Chờ bổ sung"),
        ({"due_on": None}, "Không hạn"),
        ({"due_on": None, "done_on": TODAY}, "Xong"),
    ],
)
def test_a_deadline_is_told_in_words(row: dict[str, object], words: str) -> None:
    assert chip(**row) == words


@pytest.mark.parametrize(("left", "period", "soon"), [(2, None, True), (3, None, False), (6, 30, True), (7, 30, False)])
def test_soon_means_two_days_or_a_fifth_of_the_period(left: int, period: int | None, soon: bool) -> None:
    row = {"due_on": date(2026, 4, 1), "today": TODAY, "days_left": left, "period_days": period}
    assert ('class="state soon"' in tags.deadline(row)) is soon


@pytest.mark.parametrize(
    ("urgency", "words"),
    [(0, ""), (1, "KHẨN"), ("2", "THƯỢNG KHẨN"), (3, "HỎA TỐC"), ("hỏa tốc", "HỎA TỐC"), (None, "")],
)
def test_urgency_is_stamped_and_ordinary_papers_are_not(urgency: object, words: str) -> None:
    assert re.sub("<[^>]+>", "", tags.stamp(urgency)) == words


def test_each_form_gets_its_own_key() -> None:
    assert tags.idempotency() != tags.idempotency()


def test_an_unknown_icon_is_noticed() -> None:
    with pytest.raises(KeyError):
        tags.icon("no-such-icon")


def test_an_address_without_a_key_is_told_again_and_one_with_a_key_anew() -> None:
    fixed = Template(
        "{% url 'desk:home' %} {% url 'desk:given' as given %}{{ given }} {% url 'nowhere' as no %}[{{ no }}]"
    )
    keyed = Template("{% url 'documents:document' key %} {% url name %}")
    for key, name in ((3, "desk:home"), (4, "desk:awaited")):
        assert fixed.render(Context()) == "/ /viec/da-giao []"
        there = {"desk:home": "/", "desk:awaited": "/viec/cho-nguoi-khac"}[name]
        assert keyed.render(Context({"key": key, "name": name})) == f"/van-ban-den/{key} {there}"


def test_an_icon_is_drawn_whether_its_name_is_written_or_told() -> None:
    for name in ("lock", "clock"):
        drawn = Template("{% icon told|default:'lock' %}").render(Context({"told": name}))
        assert drawn == Template(f'{{% icon "{name}" %}}').render(Context()) == tags.icon(name)
    with pytest.raises(KeyError):
        Template("{% icon 'no-such-icon' %}")


def test_every_form_of_a_page_bears_its_proof_and_no_other_page_does() -> None:
    forms = Template("{% for n in '12' %}{% csrf_token %}{% endfor %}")
    first, second = (forms.render(Context({"csrf_token": token})) for token in ("A<", "B"))
    assert first.count('value="A&lt;"') == 2 and second.count('value="B"') == 2


def test_what_was_struck_through_is_escaped_and_what_was_not_is_empty() -> None:
    assert tags.gach({"subject": ["<b>", "cũ"]}, "subject") == "<del>&lt;b&gt;</del> <del>cũ</del> "
    assert tags.gach({}, "subject") == ""

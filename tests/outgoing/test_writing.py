"""Writing: names of the directory however they are typed, groups of addressees, the page beside the form, kept typing."""

import json
import re
from html import unescape
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import AT
from tests.documents.letters import post
from tests.outgoing.office import Office
from tests.outgoing.test_issue import send
from tests.outgoing.test_pages import TYPED, Browsers, browsers, said
from tram.audit.models import Event
from tram.kernel.actors import Actor
from tram.organisation.commands.units import create_unit
from tram.organisation.models import Unit
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import version
from tram.outgoing.queries.places import each, places_like, places_named
from tram.outgoing.queries.sheets import sheet_of
from tram.outgoing.rules import Content, Place, mistakes
from tram.outgoing.states import Way
from tram.web.models import Draft

__all__ = ["browsers"]


DAY = AT.date()


def department(office: Office, name: str) -> Unit:
    return create_unit(
        actor=Actor.system(), at=AT, kind="department", name=name, abbr="SM", since=DAY, is_agency=True, order=90,
        parent=office.cast.units["province"],
    )  # fmt: skip


def found(office: Office, *names: str) -> list[int | str | None]:
    content = Content("official_letter", places=tuple(Place(name) for name in names))
    places = places_named(content, office.cast.units["skhcn"].pk, DAY).places
    return [place.group or place.unit for place in places]


def test_a_name_is_found_however_it_is_typed(office: Office) -> None:
    stc, xa, it = (office.cast.units[key].pk for key in ("stc", "xa", "it"))
    commune = Unit.objects.get(pk=xa).name
    short = commune.replace("Ủy ban nhân dân", "UBND")
    assert found(office, "Sở Tài chính", "sở tài chính", "SO TAI CHINH", commune, short) == [stc, stc, stc, xa, xa]
    assert found(office, "Phòng Chuyển đổi số", "Bưu điện tỉnh") == [it, None]
    assert found(office, "Các Sở, ban, ngành", "UBND các xã, phường") == ["departments", "communes"]


def test_two_that_differ_by_marks_alone_are_not_guessed(office: Office) -> None:
    lau, mau = department(office, "Sở Bản Lầu"), department(office, "Sở Bản Lâu")
    assert found(office, "Sở Bản Lầu", "Sở Bản Lâu", "so ban lau") == [lau.pk, mau.pk, None]


def test_the_directory_offers_groups_then_agencies_never_oneself(office: Office) -> None:
    own = office.cast.units["skhcn"]
    assert places_like("", own.pk, DAY) == []
    assert [row["value"] for row in places_like("cac so", own.pk, DAY)][0] == "Các sở, ban, ngành"
    assert own.name not in [row["value"] for row in places_like(own.name, own.pk, DAY)]


def test_a_group_is_one_line_of_the_page_and_each_of_its_agencies_gets_the_letter(office: Office) -> None:
    stc, others = office.cast.units["stc"], [department(office, "Sở Nội vụ"), department(office, "Sở Y tế")]
    places = (Place("Các sở, ban, ngành", group="departments"), Place(stc.name, unit=stc.pk), Place("Bưu điện tỉnh"))
    draft = office.draft(places=places)
    assert sheet_of(draft, DAY).recipients[:3] == ("Các sở, ban, ngành", stc.name, "Bưu điện tỉnh")
    letter = send(office, draft)
    assert [(row.name, row.way) for row in letter.recipients.order_by("place")] == [
        *((unit.name, Way.EXCHANGE) for unit in others),
        (stc.name, Way.EXCHANGE), ("Bưu điện tỉnh", Way.POST),
    ]  # fmt: skip
    assert letter.issued_amount == 1 + 1


def test_a_group_holds_who_lasts_on_the_day_of_issue(office: Office) -> None:
    group, own = (Place("Các sở, ban, ngành", group="departments"),), office.cast.units["skhcn"].pk
    before = [place.unit for place in each(group, own, DAY)]
    ended = office.cast.units["stc"]
    assert ended.pk in before and own not in before
    Unit.objects.filter(pk=ended.pk).update(abolished_on=DAY.replace(day=1))
    assert [place.unit for place in each(group, own, DAY)] == [unit for unit in before if unit != ended.pk]


@pytest.mark.parametrize("place", [Place("Mọi người", group="all"), Place("Sở", group="departments", unit=1)])
def test_a_group_that_is_none_is_refused(place: Place) -> None:
    assert "Chọn" in mistakes(Content("official_letter", places=(place,)), DAY)["places"]
    twice = (Place("Các sở", group="departments"), Place("Các sở, ban, ngành", group="departments"))
    assert "hai lần" in mistakes(Content("official_letter", places=twice), DAY)["places"]


def test_the_page_is_shown_while_it_is_written_and_nothing_is_kept(office: Office, browsers: Browsers) -> None:
    lan, events = browsers["lan"], Event.objects.count()
    answer = lan.post("/van-ban-di/xem-trang", TYPED)
    picture = unquote(said(answer).partition("svg+xml,")[2].partition('"')[0])
    assert (
        picture.startswith("<svg")
        and ElementTree.fromstring(picture).tag.endswith("svg")
        and "sai thể thức" in said(answer)
    )
    assert not Outgoing.objects.exists() and Event.objects.count() == events


def test_of_a_long_letter_the_first_pages_are_drawn(office: Office, browsers: Browsers) -> None:
    answer = said(
        browsers["lan"].post("/van-ban-di/xem-trang", {**TYPED, "body": "Đoạn văn khá dài để lấp trang.\n" * 6000})
    )
    assert answer.count("<figure") == 6 and "Còn trang nữa" in answer


def test_what_is_wrong_in_the_form_is_told_instead_of_a_page(office: Office, browsers: Browsers) -> None:
    lan = browsers["lan"]
    answer = said(lan.post("/van-ban-di/xem-trang", {**TYPED, "kept_copies": "0"}))
    assert "Số bản lưu là số từ 1 đến 99." in answer and "svg+xml" not in answer


def test_the_page_of_anothers_draft_is_not_there(office: Office, browsers: Browsers) -> None:
    draft = office.draft()
    assert browsers["lan"].post(f"/van-ban-di/xem-trang?van-ban={draft.pk}", TYPED).status_code == 200
    assert browsers["thu"].post(f"/van-ban-di/xem-trang?van-ban={draft.pk}", TYPED).status_code == 404
    assert browsers["lan"].post("/van-ban-di/xem-trang?van-ban=999999", TYPED).status_code == 404


def keep(client: Client, name: str) -> None:
    client.post("/ban-nhap", {"name": name, "content": json.dumps({"subject": "Đang gõ dở"})})


def test_what_was_typed_is_offered_again_for_its_own_letter(office: Office, browsers: Browsers) -> None:
    lan, draft = browsers["lan"], office.draft()
    for path in ("/van-ban-di/soan", f"{draft.url}/sua"):
        assert "data-draft-at" not in said(lan.get(path))
        keep(lan, path)
        assert "data-draft-at" in said(lan.get(path))
    assert Draft.objects.count() == 2
    letter = send(office, office.draft())
    assert "data-draft-at" not in said(lan.get(f"/van-ban-di/soan?thay-the={letter.pk}"))


def mended_places(answer: str) -> list[tuple[str, ...]]:
    """What each press would do: the field, the how-manieth place, the words there, what comes instead."""
    pattern = r'data-mends="(\w+)" data-place="(\d+)" data-said="([^"]*)" data-fix="([^"]*)"'
    return re.findall(pattern, unescape(answer))


def test_what_the_checker_would_write_is_put_into_its_field_by_a_press(office: Office, browsers: Browsers) -> None:
    words = {
        "subject": "Rà soát dự toán năm 2027.",
        "body": "Theo điểm a và Khoản 3 Điều 4, các đơn vị rà soát.\nTheo quy định tại Khoản 3 Điều 4./.",
    }
    answer = said(browsers["lan"].post("/van-ban-di/xem-trang", {**TYPED, **words}))
    offered = mended_places(answer)
    assert ("id_subject", "0") in [one[:2] for one in offered]
    assert [one[1] for one in offered if one[0] == "id_body"] == ["0", "1"], answer[-2500:]
    typed = dict(words)
    for field, place, wrong, fix in sorted(offered, key=lambda one: -int(one[1])):
        parts = typed[field.removeprefix("id_")].split(wrong)
        at = int(place) + 1
        typed[field.removeprefix("id_")] = wrong.join(parts[:at]) + fix + wrong.join(parts[at:])
    assert typed["body"].count("khoản 3") == 2 and not typed["subject"].endswith(".")
    assert not mended_places(said(browsers["lan"].post("/van-ban-di/xem-trang", {**TYPED, **typed})))


def test_a_line_of_recipients_is_mended_where_it_was_typed(office: Office, browsers: Browsers) -> None:
    body = "Điều 1. Duyệt.\nĐiều 2. Giao Văn phòng./."
    decision = {**TYPED, "kind": "decision", "body": body, "others": "Như Điều 3"}
    answer = said(browsers["lan"].post("/van-ban-di/xem-trang", decision))
    assert ("id_others", "0", "Như Điều 3", "Như Điều 2") in mended_places(answer), answer[-1500:]


def test_where_only_a_person_can_say_no_press_is_offered(office: Office, browsers: Browsers) -> None:
    answer = said(browsers["lan"].post("/van-ban-di/xem-trang", {**TYPED, "subject": "", "body": "Nội dung./."}))
    assert "<strong>Sai</strong>" in answer and not mended_places(answer)


def test_the_page_edited_in_word_comes_back_as_the_next_version(office: Office, browsers: Browsers) -> None:
    body = "Điều 1. Duyệt kế hoạch.\nXã | Máy\nY Tý | 12\nĐiều 2. Giao Văn phòng thực hiện./."
    bases = ("Căn cứ Luật Ngân sách nhà nước", "Theo đề nghị của Trưởng phòng")
    draft, lan = office.draft(kind="decision", body=body, bases=bases), browsers["lan"]
    word = SimpleUploadedFile("quyet-dinh.docx", lan.get(f"{draft.url}/trang.docx").content)
    assert post(lan, f"{draft.url}/tep-word", {"file": word, "seen": "1"}).status_code == 303
    now, first = version(draft, 2), version(draft, 1)
    assert (now.subject, now.bases, now.body, now.places) == (first.subject, bases, body, first.places)


def test_a_telegram_says_who_calls(office: Office) -> None:
    assert sheet_of(office.draft(kind="telegram"), DAY).authority == "Giám đốc Sở Khoa học và Công nghệ"

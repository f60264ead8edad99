"""Tìm đã lưu: a search kept under a name, one's own or a unit's; it shows everybody only what they may see."""

from dataclasses import replace

import pytest

from tests.notifications.conftest import hoa
from tests.search.conftest import DAY, NOW, letter, plant, somebody
from tram.audit.queries import history
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.verdicts import Hidden, Invalid, Refused
from tram.search import queries, screens
from tram.search.commands import MOST_SAVED, forget_search, save_search

pytestmark = pytest.mark.django_db
__all__ = ["hoa"]


def save(name: str = "Báo cáo", text: str = "báo cáo", **more: bool) -> int:
    return save_search(actor=somebody(), at=NOW, name=name, text=text, **more).pk


def colleague(unit: int) -> Actor:
    return replace(somebody(unit=unit), account=2, name="Lan")


def test_a_kept_search_is_listed_and_found_by_its_name_and_the_same_name_keeps_other_words() -> None:
    save(text="tờ trình")
    pk = save()
    assert [(row.id, row.name, row.text) for row in screens.saved(somebody(), DAY)] == [(pk, "Báo cáo", "báo cáo")]
    found = queries.entries(actor=somebody(), at=NOW, text="bao")
    assert [(one.kind, one.title, one.url) for one in found if one.kind == "Tìm đã lưu"] == [
        ("Tìm đã lưu", "Báo cáo", "/tim?q=b%C3%A1o+c%C3%A1o")
    ]
    assert history("identity.account/1")[-1].sentence == "đã lưu một lần tìm: Báo cáo"


def test_it_says_what_came_today_among_what_its_reader_sees() -> None:
    pk = save()
    assert screens.came_today(somebody(), NOW, pk) == ""
    plant([letter(1, "Báo cáo quý"), letter(2, "Báo cáo năm", readers=("agency.9",)), letter(30, "Báo cáo cũ")])
    assert screens.came_today(somebody(), NOW, pk) == "1 kết quả"
    assert screens.came_today(somebody(), NOW, save("Tuần", "báo cáo den:tuannay")) == ""


def test_for_the_unit_others_use_it_and_only_its_owner_drops_it() -> None:
    private, shared = save(), save("Chung", for_unit=True)
    from_here, from_elsewhere = colleague(2), colleague(7)
    assert [row.name for row in screens.saved(from_here, DAY)] == ["Chung"]
    assert screens.saved(from_elsewhere, DAY) == [] and screens.saved(ANONYMOUS, DAY) == []
    for who, pk in ((from_here, shared), (from_here, private), (from_elsewhere, shared)):
        with pytest.raises(Hidden):
            forget_search(actor=who, at=NOW, saved=pk)
    with pytest.raises(Hidden):
        screens.came_today(from_elsewhere, NOW, shared)
    forget_search(actor=somebody(), at=NOW, saved=shared)
    assert screens.saved(from_here, DAY) == []


def test_what_is_wrong_is_said() -> None:
    for name, text, field in (("", "báo cáo", "name"), ("x" * 61, "báo cáo", "name"), ("Tên", "", "q")):
        with pytest.raises(Invalid) as wrong:
            save(name, text)
        assert list(wrong.value.errors) == [field]
    for number in range(MOST_SAVED):
        save(f"Tên {number}")
    with pytest.raises(Invalid, match="Bỏ bớt"):
        save("Một nữa")
    save("Tên 3", "chữ khác")
    with pytest.raises(Refused):
        save_search(actor=ANONYMOUS, at=NOW, name="Tên", text="chữ")

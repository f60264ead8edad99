"""Pages in memory: bounded, gone with their generation or their age; invented places push out nothing that is read."""

import pytest
from django.test import Client

from tests.news.desk import Desk
from tram.portal.rules.kept import KEPT, OLDER, Kept, Page, packed


def page(words: str = "tin", generation: int = 1, made: float = 0.0, site: int = 7) -> Page:
    body, mark = packed(words)
    return Page(body, "text/html", mark, site, generation, made, "", 0)


def test_a_page_holds_for_its_generation_and_a_minute() -> None:
    kept = Kept()
    kept.keep("/cong", page())
    assert kept.find("/cong", {7: 1}, 60.0) == page()
    assert kept.find("/cong", {7: 1}, 60.1) is None
    assert kept.find("/cong", {7: 2}, 1.0) is None and kept.find("/cong", {}, 1.0) is None
    assert kept.find("/khac", {7: 1}, 1.0) is None
    kept.keep("/cong", page("tin mới", generation=2))
    assert kept.find("/cong", {7: 2}, 1.0) == page("tin mới", generation=2)


def test_the_longest_unasked_goes_first_and_no_byte_is_lost_count_of() -> None:
    size = len(page("a" * 500).packed)
    kept = Kept(most=3 * size)
    for name in "abc":
        kept.keep(name, page("a" * 500))
    assert kept.find("a", {7: 1}, 0.0)
    for _ in range(50):
        kept.keep("c", page("a" * 500))
    kept.keep("d", page("a" * 500))
    assert [name for name in "abcd" if kept.find(name, {7: 1}, 0.0)] == ["a", "c", "d"]
    kept.keep("e", page("x" * 100_000 + "".join(map(str, range(900)))))
    assert kept.find("e", {7: 1}, 0.0) is None and kept._bytes == 0, "larger than all the room there is"


def test_invented_places_push_out_one_another_alone(
    desk: Desk, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.public()
    monkeypatch.setattr(OLDER, "most", 8000)
    reader.get("/cong")
    for number in range(40):
        assert reader.get("/cong", {"sau": f"{number}_1"}).status_code == 200
        reader.get("/cong", {"sau": f"x{number}", "q": number})
    assert list(KEPT._pages) == ["/cong"] and 0 < len(OLDER._pages) < 40 and OLDER._bytes <= 8000


def test_invented_months_are_not_there_and_nothing_of_them_is_kept(desk: Desk, reader: Client) -> None:
    desk.public()
    for month in ("9999-12", "0001-01", "2026-12", "2026-1", "٢٠٢٦-11", "2026-11 ", "9" * 5000):
        assert reader.get(f"/cong/so-do/{month}.xml").status_code == 404, month
    assert not KEPT._pages
    assert reader.get("/cong/so-do/2026-11.xml").status_code == 200 and list(KEPT._pages) == ["/cong/so-do/2026-11.xml"]

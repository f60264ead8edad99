"""The page of hits, its suggestions, and the index made anew."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.search.conftest import NOW, NOWHERE, letter, plant, somebody
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Refused
from tram.search import commands, jobs
from tram.search.models import Card
from tram.search.queries import search

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def public(key: int, title: str, **fields: object) -> None:
    plant([letter(key, title, readers=("public",), **fields)])


def test_the_page_shows_why_and_escapes_what_it_shows(client: Client) -> None:
    public(1, "<script>alert(1)</script> Báo cáo")
    page = client.get("/tim", {"q": "bao cao"}).content.decode()
    assert "<mark>Báo</mark> <mark>cáo</mark>" in page
    assert "<script>alert(1)" not in page and "1 kết quả" in page


def test_an_empty_page_says_how_to_ask(client: Client) -> None:
    assert "12/UBND" in client.get("/tim").content.decode()
    assert "Thử ít chữ hơn" in client.get("/tim", {"q": "không có"}).content.decode()


def test_filters_are_chips_whose_link_takes_them_away(client: Client) -> None:
    page = client.get("/tim", {"q": "báo den:tuannay ten:hoa"}).content.decode()
    assert "Đến: tuần này" in page and "Không có bộ lọc" in page


def test_pages_join_by_their_place(client: Client) -> None:
    for key in range(1, 31):
        public(key, f"Báo cáo {key}")
    first = client.get("/tim", {"q": "báo cáo"})
    place = first.context["found"].next_place
    second = client.get("/tim", {"q": "báo cáo", "tiep": place})
    refs = [hit.ref for page in (first, second) for hit in page.context["found"].hits]
    assert refs == [f"tests.letter/{key}" for key in range(1, 31)]
    assert second.context["found"].next_place == ""


def test_suggestions_come_while_a_word_is_still_being_typed(client: Client) -> None:
    public(1, "Trạm thu phát sóng", number="12/UBND")
    line = f"12/UBND · {NOW:%d/%m/%Y}"
    assert client.get("/tim/goi-y", {"q": "trạm th"}).json() == {
        "hits": [{"kind": "Thư thử", "title": "Trạm thu phát sóng", "line": line, "url": "/thu/1"}]
    }
    assert client.get("/tim/goi-y").json() == {"hits": []}


@pytest.mark.parametrize("rows", [1, 50])
def test_a_page_of_hits_takes_the_same_number_of_queries(rows: int, django_assert_num_queries: Any) -> None:
    plant([letter(key, "Báo cáo", at=NOW) for key in range(1, rows + 1)])
    somebody_here = somebody()
    search(actor=somebody_here, at=NOW, text="báo", limit=rows)
    with django_assert_num_queries(7):  # a savepoint (2), the plan, the newest season, two rounds, all years, the cards
        search(actor=somebody_here, at=NOW, text="bao", limit=100)


def test_a_card_that_says_the_same_again_costs_no_write() -> None:
    plant([letter(1, "Báo cáo")])
    before = Card.objects.extra(select={"version": "xmin::text"}).get().version
    plant([letter(1, "Báo cáo")])
    assert Card.objects.extra(select={"version": "xmin::text"}).get().version == before
    plant([letter(1, "Báo cáo quý")])
    assert Card.objects.get().title == "Báo cáo quý"


def test_a_removed_card_is_not_found_and_a_card_is_never_newer_than_now() -> None:
    plant([letter(1, "Báo cáo", at=NOW.replace(year=2030))])
    assert Card.objects.get().at == NOW
    commands.remove(actor=SYSTEM, at=NOW, kind="tests.letter", key=1)
    assert search(actor=somebody(), at=NOW, text="báo cáo").hits == []


def test_rebuilding_makes_lost_cards_and_takes_away_stale_ones() -> None:
    plant([letter(key, "Cũ") for key in (1, 2, 1700)])
    NOWHERE.things = [letter(key, "Mới") for key in range(2, 1300)]
    jobs.rebuild(kind="tests.letter")
    assert set(Card.objects.values_list("title", flat=True)) == {"Mới"}
    assert Card.objects.count() == 1298


def test_rebuilding_is_put_off_kind_by_kind_and_is_the_installations_own_work() -> None:
    call_command("rebuild_index", "tests.letter")
    assert ProcrastinateJob.objects.get(task_name=jobs.rebuild.name).args == {"kind": "tests.letter"}
    with pytest.raises(Refused):
        commands.rebuild(actor=somebody(), at=NOW, kind="tests.letter")

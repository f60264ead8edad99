"""The pages: a table and its files, a population that is typed, a month that is published, a tap without script and cookie."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import AT, FOUNDED, Cast
from tests.followup.sheets import cells
from tests.visits.portal import ARTICLE
from tram.kernel.actors import Actor
from tram.kernel.verdicts import WrongState
from tram.organisation.commands.posts import appoint, create_post
from tram.organisation.commands.units import create_unit
from tram.visits.commands.counting import write_down
from tram.visits.commands.figures import enter_population
from tram.visits.models import Population, Rating
from tram.visits.queries import published
from tram.visits.rules import Batch, must_be_closed, settled

SYSTEM = Actor.system()
OCTOBER = date(2026, 10, 1)
TYPED = {"people": "12.540", "since": "10/2026", "counted_on": "31/12/2025", "source": "=Niên giám 2025"}
pytestmark = pytest.mark.usefixtures("shown")


def visited(agency: int, visits: int, page: str = ARTICLE) -> None:
    write_down(actor=SYSTEM, at=AT, batch=Batch({(page, agency, OCTOBER): [visits, 2]}))


def test_a_chair_types_a_population_and_everybody_sees_it_with_its_source(cast: Cast, client: Client) -> None:
    visited(cast.xa.pk, 1254)
    cast.signed_in(client, "binh")
    place = f"/truy-cap/{cast.xa.pk}/dan-so"
    wrong = client.post(place, {**TYPED, "people": "mười", "since": "13/2026"}, headers=key(1))
    assert wrong.status_code == 422 and "ví dụ 12.540" in wrong.content.decode() and "mười" in wrong.content.decode()
    assert client.post(place, TYPED, headers=key(2)).status_code == 303 and Population.objects.get().people == 12540
    page = cast.signed_in(Client(), "lan").get("/truy-cap?thang=2026-10").content.decode()
    assert "12.540" in page and "Niên giám 2025, đến 31/12/2025" in page and ">100,00<" in page and "1/1" in page


def key(number: int) -> dict[str, str]:
    return {"Idempotency-Key": f"00000000-0000-4000-8000-{number:012d}"}


def test_the_files_say_what_the_page_says_and_hold_no_formula(cast: Cast, client: Client) -> None:
    visited(cast.xa.pk, 1254)
    figure = {"people": 12540, "since": OCTOBER, "counted_on": date(2025, 12, 31), "source": "=HYPERLINK(1)"}
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **figure)
    cast.signed_in(client, "lan")
    table = cells(client.get("/truy-cap/tai?thang=2026-10&dang=xlsx").content)
    row = next(row for row in table if row[2] == "Ủy ban nhân dân xã Tả Phìn")
    assert row[:2] == [1, 1] and row[4:9] == [1254, 2, 12540, 100, "=HYPERLINK(1)"]
    answer = client.get("/truy-cap/tai?thang=2026-10&dang=csv")
    text = answer.content.decode("utf-8-sig")
    assert (
        '1,1,Ủy ban nhân dân xã Tả Phìn,"Xã, phường, đặc khu",1254,2,12540,100.0,\'=HYPERLINK(1),2025-12-31\r\n' in text
    )
    assert (
        answer["Content-Type"].startswith("text/csv") and "luot-truy-cap-2026-10.csv" in answer["Content-Disposition"]
    )


def test_a_vice_chair_publishes_a_closed_month(cast: Cast, client: Client) -> None:
    post = create_post(
        actor=SYSTEM,
        at=AT,
        unit=cast.units["province"],
        title="Phó Chủ tịch",
        rank=20,
        roles=["vice_chair"],
        since=FOUNDED,
    )
    appoint(actor=SYSTEM, at=AT, post=post, account=cast.accounts["tinh"], since=FOUNDED)
    cast.signed_in(client, "tinh")
    client.post("/toi/tu-cach", {"post": post.pk}, headers=key(5))
    place = "/truy-cap/cong-bo?thang=2026-10"
    assert "chưa xếp hạng được" in client.get(place).content.decode()
    enter_population(
        actor=cast.binh, at=AT, agency=cast.xa, people=100, since=OCTOBER, counted_on=OCTOBER, source="Công an xã"
    )
    assert "Tả Phìn" in client.get(place).content.decode()
    assert client.post(place, {"document": "12/BC-UBND"}, headers=key(3)).status_code == 303
    again = client.post(place, {"document": "13/BC-UBND"}, headers=key(4))
    assert (
        again.status_code == 422 and "đã công bố" in again.content.decode() and "13/BC-UBND" in again.content.decode()
    )
    told = published(cast.province.pk, OCTOBER)
    assert told and told.number == 1 and "Đã công bố" in client.get("/truy-cap?thang=2026-10").content.decode()
    assert client.get("/truy-cap/cong-bo?thang=2099-01").status_code == 409


def test_the_pages_of_an_agency_are_told_by_what_they_are(cast: Cast, client: Client) -> None:
    for visits, page in enumerate(("", "portal.nowhere/1", "tests.page/2", ARTICLE), start=1):
        visited(cast.skhcn.pk, visits, page)
    page = cast.signed_in(client, "lan").get(f"/truy-cap/{cast.skhcn.pk}?thang=2026-10").content.decode()
    told = (">Bài đang đăng</a>", "không còn công khai (tests.page/2)", "của cổng (portal.nowhere/1)", "Các trang khác")
    places = [page.index(words) for words in told]
    assert places == sorted(places) and 'href="/tin/bai-1"' in page


@pytest.mark.parametrize("rows", [1, 50])
def test_both_tables_ask_as_often_for_one_row_as_for_fifty(
    rows: int, cast: Cast, client: Client, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        unit = create_unit(
            actor=SYSTEM, at=AT, kind="commune", name=f"Xã {number}", abbr="UBND", parent=cast.province, since=FOUNDED,
            is_agency=True,
        )  # fmt: skip
        visited(unit.pk, number)
        visited(cast.skhcn.pk, number, f"tests.page/{number}")
    cast.signed_in(client, "lan")
    client.get("/truy-cap")
    with django_assert_num_queries(OF_A_MONTH):  # type: ignore[operator]
        page = client.get("/truy-cap?thang=2026-10").content.decode()
    with django_assert_num_queries(OF_AN_AGENCY):  # type: ignore[operator]
        client.get(f"/truy-cap/{cast.skhcn.pk}?thang=2026-10")
    if rows == 50:
        assert "trang sau" in page.lower()


OF_A_MONTH, OF_AN_AGENCY = 9, 8
"""Three for who asks, two for the menu's numbers. Of a month the agency above, its table, the first day, what was published;
of an agency itself, its pages, its populations."""


def tap(client: Client, score: str = "4", page: str = ARTICLE, **headers: str) -> int:
    answer = client.post("/danh-gia", {"trang": page, "diem": score}, headers=headers)
    return answer.status_code


def test_one_tap_needs_no_script_no_cookie_and_no_session() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/danh-gia", {"trang": ARTICLE, "diem": "4"}, headers={"Sec-Fetch-Site": "same-origin"})
    text = answer.content.decode()
    assert (
        answer.status_code == 200
        and "4 trên 5: tốt" in text
        and 'href="/tin/bai-1"' in text
        and "Điểm trung bình" not in text
    )
    assert not answer.cookies and not client.cookies, "nothing is left with who reads"
    assert tap(client, "5", Origin="http://testserver") == 200
    assert (Rating.objects.get().fours, Rating.objects.get().fives) == (0, 1)
    for number in range(4):
        tap(client, "3", Origin="http://testserver", **{"User-Agent": f"trình {number}"})
    last = client.post("/danh-gia", {"trang": ARTICLE, "diem": "5"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "Điểm trung bình 3,4 trên 5, 5 phiếu" in last.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
        {"Origin": "https://keo-nha-cai.example"}, {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)  # fmt: skip
def test_another_site_makes_nobody_vote(headers: dict[str, str]) -> None:
    assert tap(Client(), **headers) == 403 and not Rating.objects.exists()


def test_what_cannot_be_rated_is_told_in_words() -> None:
    here = {"Sec-Fetch-Site": "same-origin"}
    assert tap(Client(), "9", **here) == tap(Client(), "4.0", **here) == tap(Client(), "", **here) == 422
    assert tap(Client(), "4", "tests.page/2", **here) == tap(Client(), "4", "\x00" * 300, **here) == 404
    assert Client().get("/danh-gia").status_code == 405
    told = [tap(Client(), str(1 + number % 5), **here) for number in range(21)]
    assert told.count(200) == 20 and told[-1] == 429 and not Rating.objects.filter(fives__gt=1).exists()


def test_the_pages_speak_of_the_rules_as_the_catalogue_sets_them(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settled(), "closes_on", 5)
    monkeypatch.setitem(settled()["rating"], "least", 3)
    with pytest.raises(WrongState, match="từ ngày 05/11/2026"):
        must_be_closed(OCTOBER, date(2026, 11, 4))
    must_be_closed(OCTOBER, date(2026, 11, 5))
    assert "khóa số từ ngày 5 của tháng sau" in cast.signed_in(client, "lan").get("/truy-cap").content.decode()
    told = client.post("/danh-gia", {"trang": ARTICLE, "diem": "4"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "từ ba phiếu" in told.content.decode()

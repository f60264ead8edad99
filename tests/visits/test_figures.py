"""Lượt truy cập chia dân số: who enters a population, how places are reckoned, what was published stays."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests.cast import AT, FOUNDED, Cast
from tram.audit.models import Event
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.commands.posts import appoint, create_post
from tram.organisation.commands.units import create_unit
from tram.visits.commands.counting import write_down
from tram.visits.commands.figures import enter_population, publish_ranking
from tram.visits.models import Population, Ranking
from tram.visits.queries import month_of_agencies, populations, published, published_months
from tram.visits.rules import Batch, Line, ranked

OCTOBER = date(2026, 10, 1)
SYSTEM = Actor.system()
FIGURE = {"people": 4000, "since": OCTOBER, "counted_on": date(2025, 12, 31), "source": "Niên giám thống kê 2025"}


def line(agency: int, visits: int, people: int, kind: str = "commune") -> Line:
    return Line(agency, f"Xã {agency}", kind, visits, 0, people)


def visited(agency: int, visits: int, day: date = OCTOBER) -> None:
    write_down(actor=SYSTEM, at=AT, batch=Batch({("portal.front/1", agency, day): [visits, 0]}))


@pytest.fixture
def publisher(cast: Cast) -> Actor:
    """Nga is a vice chair of the province."""
    post = create_post(
        actor=SYSTEM, at=AT, unit=cast.units["province"], title="Phó Chủ tịch", rank=80, roles=["vice_chair"],
        since=FOUNDED,
    )  # fmt: skip
    appoint(actor=SYSTEM, at=AT, post=post, account=cast.accounts["nga"], since=FOUNDED)
    return cast.actor("nga")


def test_places_are_of_exact_shares_and_equals_share_one() -> None:
    placed = ranked(
        [line(1, 10, 30), line(2, 1, 3), line(3, 34, 100), line(4, 0, 50), line(5, 9, 0), line(6, 333, 1000)]
    )
    assert [(one.line.agency, one.place, one.of) for one in placed] == [
        (3, 1, 5), (1, 2, 5), (2, 2, 5), (6, 4, 5), (4, 5, 5), (5, 0, 0),
    ]  # fmt: skip
    assert placed[1].line.rate == placed[2].line.rate == Decimal("333.33") and placed[3].line.rate == Decimal("333.00")
    assert placed[4].line.rate == Decimal("0.00") and placed[5].line.rate is None


def test_each_kind_of_agency_is_ranked_by_itself() -> None:
    placed = ranked([line(1, 1, 10), line(2, 5, 10, "department"), line(3, 3, 10)])
    assert [(one.line.agency, one.place, one.of) for one in placed] == [(3, 1, 2), (1, 2, 2), (2, 1, 1)]


def test_a_chair_enters_the_population_and_nothing_of_it_is_ever_lost(cast: Cast) -> None:
    first = enter_population(actor=cast.binh, at=AT, agency=cast.xa, **FIGURE)
    assert enter_population(actor=cast.binh, at=AT, agency=cast.xa, **FIGURE) == first, "the same again is no other"
    second = enter_population(actor=cast.binh, at=AT, agency=cast.xa, **{**FIGURE, "people": 4100})
    assert list(populations(cast.xa.pk)) == [second, first]
    told = [event.what for event in Event.objects.filter(about=cast.xa.ref, what__startswith="visits.")]
    assert told == ["visits.population_entered"] * 2
    for change in ("UPDATE", "DELETE"):
        with pytest.raises(DatabaseError, match=change), transaction.atomic():
            row = Population.objects.filter(pk=first.pk)
            row.update(people=1) if change == "UPDATE" else row._raw_delete("default")


def test_who_does_not_answer_for_an_agency_enters_nothing(cast: Cast, publisher: Actor) -> None:
    for who in ("lan", "hoa", "son", "quan", "tinh"):
        with pytest.raises(Refused, match="thống kê"):
            enter_population(actor=cast.actor(who), at=AT, agency=cast.xa, **FIGURE)
    assert enter_population(actor=publisher, at=AT, agency=cast.xa, **FIGURE).by_name == "Bùi Thúy Nga"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("people", 0, "số nguyên dương"), ("people", 300_000_000, "số nguyên dương"), ("source", "  ", "nguồn"),
        ("counted_on", AT.date() + timedelta(days=1), "sau hôm nay"), ("since", date(2026, 12, 1), "sau tháng này"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_is_told_why(cast: Cast, field: str, value: object, words: str) -> None:
    with pytest.raises(Invalid) as told:
        enter_population(actor=cast.binh, at=AT, agency=cast.xa, **{**FIGURE, field: value})
    assert words in told.value.errors[field]


def test_a_month_is_reckoned_with_the_population_that_held_in_it(cast: Cast) -> None:
    visited(cast.xa.pk, 200)
    visited(cast.xa.pk, 100, date(2026, 10, 31))
    visited(cast.xa.pk, 999, date(2026, 11, 1))
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **FIGURE)
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **{**FIGURE, "people": 999, "since": date(2026, 11, 1)})
    found = {one.line.agency: one for one in month_of_agencies(cast.province.pk, OCTOBER)}
    commune = found[cast.xa.pk]
    assert (commune.line.visits, commune.line.people, commune.line.rate) == (300, 4000, Decimal("75.00"))
    assert (commune.place, commune.of) == (1, 1) and found[cast.stc.pk].line.visits == 0
    assert set(found) == {cast.units[key].pk for key in ("province", "skhcn", "stc", "xa")}
    earlier = {one.line.agency: one.line.people for one in month_of_agencies(cast.province.pk, date(2026, 9, 1))}
    assert earlier[cast.xa.pk] == 0, "it does not hold before its month"


def test_fifty_agencies_ask_as_often_as_one(cast: Cast, django_assert_num_queries: object) -> None:
    for number in range(50):
        unit = create_unit(
            actor=SYSTEM, at=AT, kind="commune", name=f"Ủy ban nhân dân xã {number}", abbr="UBND", parent=cast.province,
            since=FOUNDED, is_agency=True,
        )  # fmt: skip
        visited(unit.pk, number)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(month_of_agencies(cast.province.pk, OCTOBER)) == 54


def test_what_was_published_stays_and_a_correction_stands_beside_it(cast: Cast, publisher: Actor) -> None:
    visited(cast.xa.pk, 300)
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **FIGURE)
    words = {"agency": cast.province, "month": OCTOBER}
    publish_ranking(actor=publisher, at=AT, document="12/BC-UBND ngày 05/11/2026", **words)
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **{**FIGURE, "people": 2000})
    visited(cast.xa.pk, 50)
    kept = published(cast.province.pk, OCTOBER)
    assert kept and kept.publisher == "Ủy ban nhân dân tỉnh Lào Cai" and kept.document.startswith("12/BC")
    assert [(one.visits, one.people, one.place, one.of) for one in kept.standings] == [(300, 4000, 1, 1)]
    with pytest.raises(Invalid, match="đã công bố"):
        publish_ranking(actor=publisher, at=AT, **words)
    publish_ranking(actor=publisher, at=AT, reason="Đính chính dân số xã Tả Phìn", **words)
    again = published(cast.province.pk, OCTOBER)
    assert again and (again.number, again.standings[0].people, again.standings[0].visits) == (2, 2000, 350)
    assert published_months(cast.province.pk) == [OCTOBER] and Ranking.objects.count() == 2
    with pytest.raises(DatabaseError, match="công bố"), transaction.atomic():
        Ranking.objects.update(document="khác")


def test_a_month_that_runs_is_not_published_nor_by_whom_it_does_not_concern(cast: Cast, publisher: Actor) -> None:
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **FIGURE)
    first = datetime(2026, 11, 1, 23, 59, tzinfo=LOCAL)
    with pytest.raises(WrongState, match="chưa khóa số. Công bố được từ ngày 02/11/2026"):
        publish_ranking(actor=publisher, at=first, agency=cast.province, month=OCTOBER)
    for who in ("son", "binh", "tinh", "lan"):
        with pytest.raises(Refused, match="công bố"):
            publish_ranking(actor=cast.actor(who), at=AT, agency=cast.province, month=OCTOBER)
    with pytest.raises(Invalid, match="dân số"):
        publish_ranking(actor=publisher, at=AT, agency=cast.province, month=date(2026, 9, 1))
    assert publish_ranking(actor=publisher, at=first + timedelta(minutes=1), agency=cast.province, month=OCTOBER)
    assert published(cast.province.pk, date(2026, 9, 1)) is None

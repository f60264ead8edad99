"""A province of 3,321 communes: the pages of the organisation stay as quick as those of a small one."""

from datetime import date
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, FOUNDED, Cast
from tram.kernel.actors import Actor
from tram.organisation.commands.areas import load_areas
from tram.organisation.commands.units import search_key
from tram.organisation.models import Area, Unit, UnitVersion
from tram.organisation.queries import find_units
from tram.organisation.screens.units import agencies_below, find

DAY: date = AT.date()
SLOW = 3.0
"""Seconds. Searches took 0.012 to 0.039 on two cores under a load of 14; a slow query would take many times as long."""


@pytest.fixture
def crowded(cast: Cast) -> Cast:
    """Every commune of the country below one province; rows made as `create_unit` makes them."""
    load_areas(actor=Actor.system(), at=AT)
    communes = list(Area.objects.filter(level=3, until=None).order_by("code"))
    assert len(communes) == 3321
    names = [f"Ủy ban nhân dân {area.kind} {area.name}" for area in communes]
    made = Unit.objects.bulk_create(
        Unit(
            kind="commune", is_agency=True, parent=cast.province, name=name, abbr="UBND", area=area, founded_on=FOUNDED,
            search_key=search_key(name, "UBND"), order=1000 + place,
        )
        for place, (area, name) in enumerate(zip(communes, names, strict=True))
    )  # fmt: skip
    for unit in made:
        unit.agency = unit
    Unit.objects.bulk_update(made, ["agency"], batch_size=500)
    UnitVersion.objects.bulk_create(
        UnitVersion(unit=unit, name=unit.name, abbr=unit.abbr, parent=cast.province, since=FOUNDED) for unit in made
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE organisation_unit, organisation_unitversion")
    return cast


def test_every_page_is_reached_by_its_key_with_the_same_few_queries(crowded: Cast) -> None:
    seen: list[int] = []
    after, counts, times = "", set[int](), list[float]()
    while True:
        begun = perf_counter()
        with CaptureQueriesContext(connection) as asked:
            rows, after = agencies_below(crowded.province.pk, DAY, after)
        times.append(perf_counter() - begun)
        counts.add(len(asked))
        seen += [row.id for row in rows]
        if not after:
            break
    usual = sorted(times)[len(times) // 2]
    print(f"{len(times)} pages, usually {usual * 1000:.0f} ms, the last {times[-1] * 1000:.0f} ms")  # noqa: T201
    assert len(seen) == len(set(seen)) == 3321 + 3 and len(counts) == 1 and usual < SLOW


def test_a_search_by_letters_is_quick(crowded: Cast) -> None:
    for text in ("ta phin", "Tả Phìn", "xa", "ubnd phuong", "khong co noi nao"):
        begun = perf_counter()
        rows, _ = find(text, DAY)
        took = perf_counter() - begun
        begun = perf_counter()
        found = find_units(text, DAY)
        print(f"{text}: page {took * 1000:.0f} ms, type-ahead {(perf_counter() - begun) * 1000:.0f} ms")  # noqa: T201
        assert took < SLOW, text
        assert bool(rows) == bool(found) == (text != "khong co noi nao"), text
        assert len(rows) <= 50 and len(found) <= 8, text

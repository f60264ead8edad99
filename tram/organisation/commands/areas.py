"""The map: provinces and communes of today and of the day before, from catalogue/areas (NQ 202/2025/QH15)."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.refs import ref_of
from tram.organisation.models import Area, AreaSuccession
from tram.organisation.policy import may_arrange
from tram.organisation.states import Level
from tram.vietnamese.text import fold

SINCE_UNKNOWN = date(1900, 1, 1)
"""The source tells of a former area only the day on which it ended."""
ROWS = 2000

Key = tuple[int, str, bool]
"""Level, code, whether it exists today: many communes of today bear the code of a former one."""


@atomic
def load_areas(*, actor: Actor, at: datetime) -> int:
    """Load the map where there is none yet; returns how many areas it has. Loading again changes nothing."""
    may_arrange(actor, None, at.date()).or_refuse()
    there = Area.objects.count()
    if there:
        return there
    areas = _areas()
    Area.objects.bulk_create(areas.values(), batch_size=ROWS)
    AreaSuccession.objects.bulk_create(_successions(areas), batch_size=ROWS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE organisation_area, organisation_areasuccession")
    living = [level for level, _, lives in areas if lives]
    record(
        actor=actor,
        at=at,
        what="organisation.areas_loaded",
        about=ref_of("organisation", "area", 0),
        agency=0,
        provinces=living.count(Level.PROVINCE),
        communes=living.count(Level.COMMUNE),
    )
    return len(areas)


def _areas() -> dict[Key, Area]:
    """Every area, above before below, its number given here so that the parts can name it before it is stored."""
    files = [
        ("provinces", Level.PROVINCE, ""),
        ("former_provinces", Level.PROVINCE, ""),
        ("former_districts", Level.DISTRICT, "province"),
        ("communes", Level.COMMUNE, "province"),
        ("former_communes", Level.COMMUNE, "district"),
    ]
    areas: dict[Key, Area] = {}
    for file, level, above in files:
        lives = not file.startswith("former")
        for row in _rows(file):
            over = (Level.DISTRICT if above == "district" else Level.PROVINCE, row.get(above, ""), lives)
            areas[level, row["code"], lives] = Area(
                pk=len(areas) + 1,
                code=row["code"],
                name=row["name"],
                search_key=fold(row["name"]),
                kind=row["kind"],
                level=level,
                parent=areas[over] if above else None,
                since=date.fromisoformat(row["valid_from"]) if lives else SINCE_UNKNOWN,
                until=None if lives else date.fromisoformat(row["valid_to"]),
            )
    return areas


def _successions(areas: dict[Key, Area]) -> Iterator[AreaSuccession]:
    for row in _rows("province_changes"):
        old, new = areas[Level.PROVINCE, row["former"], False], areas[Level.PROVINCE, row["code"], True]
        yield AreaSuccession(old=old, new=new, whole=True)
    for row in _rows("commune_changes"):
        level = Level.DISTRICT if len(row["former"]) == 3 else Level.COMMUNE
        old, new = areas[level, row["former"], False], areas[Level.COMMUNE, row["code"], True]
        yield AreaSuccession(old=old, new=new, whole=row["share"] == "whole")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (Path(settings.TRAM_CATALOGUE) / "areas" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

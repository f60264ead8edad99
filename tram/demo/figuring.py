"""Figures of the demo: what an article of 2008 tells of the province, and some invented years, entered by one person, approved by another."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.people import HOME
from tram.indicators.commands.figures import Entry, approve, enter, write
from tram.indicators.commands.sheets import bring, take
from tram.indicators.models import Figure
from tram.indicators.queries.figures import indicators, read_amount, read_period
from tram.indicators.queries.sheets import COLUMNS, mark, review
from tram.kernel.actors import Actor
from tram.organisation.queries import actor_of
from tram.web.sheets import sheet

AGO, MENDED_AGO, WAITING_AGO, EARLY = 20, 12, 1, 45
"""Working days ago; minutes into the day."""
HERE, THEN = "Sở Khoa học và Công nghệ tỉnh Lào Cai", "Sở Thông tin và Truyền thông tỉnh Lào Cai"
WAITING = {"code": "agencies_with_lan", "period": "31/12/2025", "value": "168", "note": "invented"}
MENDING = "Một doanh nghiệp báo cáo lại số thuê bao"


@cache
def told() -> dict[str, Any]:
    """The figures of the demo."""
    return dict(yaml.safe_load(Path(__file__).with_name("figures.yaml").read_text(encoding="utf-8")))


def counted(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done with the figures, and when: entered and approved on one day; one mended later, one that waits, a year that came as a sheet."""
    moments = [on_hour(later(today, -days, works), EARLY) for days in (AGO, MENDED_AGO, WAITING_AGO)]
    for number, row in enumerate(told()["figures"]):
        at, made = moments[0] + timedelta(minutes=number), list[Figure]()
        yield at, partial(_let_out, town, at, row, made)
        if "mended" in row:
            yield moments[1], partial(_mend, town, moments[1], row, made)
    yield moments[2], partial(_leave_waiting, town, moments[2])
    yield moments[2] + timedelta(minutes=1), partial(_leave_a_year, town, moments[2] + timedelta(minutes=1))


def _leave_waiting(town: Town, at: datetime) -> None:
    _enter(town, at, WAITING)


def _leave_a_year(town: Town, at: datetime) -> None:
    """A year by months that came as a sheet waits to be approved at once."""
    made = told()["year"]
    one, year, actor = indicators()[made["code"]], at.year - 1, _who(town, "lan", at)
    rows = [
        [one.code, "toàn tỉnh", f"tháng {n}/{year}", value, one.unit, told()["invented"]]
        for n, value in enumerate(made["values"], 1)
    ]
    heads = [COLUMNS[name] for name in ("code", "about", "period", "value", "unit", "note")]
    content = BytesIO(sheet(f"Năm {year}", heads, rows, []))
    brought = bring(
        actor=actor,
        at=at,
        agency=town.units[HOME],
        name=f"{one.slug}-{year}.xlsx",
        content=content,
        document="Bộ dữ liệu mẫu",
    )
    lines = review(brought, at.date())
    take(actor=actor, at=at, sheet=brought, seen=mark(lines), sure=[line.number for line in lines if line.asks])


def _let_out(town: Town, at: datetime, row: dict[str, Any], made: list[Figure]) -> None:
    made.append(_enter(town, at, row))
    approve(actor=_who(town, "thang", at), at=at, figure=made[0], seen=1)


def _mend(town: Town, at: datetime, row: dict[str, Any], made: list[Figure]) -> None:
    """What was public stays beside it, with the reason."""
    entry = _entry({**row, "value": row["mended"]}, at, reason=MENDING)
    write(actor=_who(town, "lan", at), at=at, figure=made[0], entry=entry, seen=1, submits=True)
    approve(actor=_who(town, "thang", at), at=at, figure=made[0], seen=2)


def _enter(town: Town, at: datetime, row: dict[str, Any]) -> Figure:
    return enter(
        actor=_who(town, "lan", at), at=at, agency=town.units[HOME], code=row["code"], about=town.units["ubnd"],
        entry=_entry(row, at), submits=True,
    )  # fmt: skip


def _entry(row: dict[str, Any], at: datetime, reason: str = "") -> Entry:
    one, is_invented = indicators()[row["code"]], row.get("note") == "invented"
    publisher, document = (HERE, "Bộ dữ liệu mẫu") if is_invented else (row.get("publisher", THEN), told()["press"])
    return Entry(
        read_period(row["period"], one, at.date()), read_amount(row["value"], one), publisher, document,
        note=told()["invented"] if is_invented else row.get("note", ""), reason=reason, is_sure=True,
    )  # fmt: skip


def _who(town: Town, login: str, at: datetime) -> Actor:
    return actor_of(town.accounts[login].pk, at.date())

"""Thống kê công việc: figures of a month or quarter, the rows behind each number, the same as Excel."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tram.followup.policy import may_count_books, may_measure
from tram.followup.queries import units_followed
from tram.followup.rules import Period
from tram.followup.screens import lists
from tram.followup.screens import work as figures
from tram.kernel.verdicts import Hidden
from tram.organisation.queries import calendar_of
from tram.outputs.commands import have
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.queries import deadline_of
from tram.web.asked import Asked
from tram.web.fields import key_of
from tram.web.sending import handed
from tram.web.sheets import MEDIA_TYPE, sheet

WIDE = 120
"""Width of the longest bar, in units of its drawing."""


def _scope(request: Asked) -> tuple[set[int], int, Period]:
    """The units that are counted, the one that was picked (0 for all), the period. Raises Refused, Hidden."""
    on = request.at.date()
    may_measure(request.actor, on).or_refuse()
    units, picked = figures.units_measured(request.actor, on), key_of(request.GET, "don-vi")
    if picked and picked not in units:
        raise Hidden
    return {picked} if picked else units, picked, Period.of(request.GET.get("ky", ""), on)


def _address(name: str, period: Period, unit: int = 0, **more: str) -> str:
    words = {"ky": period.key, "don-vi": unit, **more}
    return f"{reverse(f'followup:{name}')}?{urlencode({key: value for key, value in words.items() if value})}"


def _line(row: figures.Figures, period: Period, unit: int, longest: float) -> dict[str, Any]:
    """One row of a table: each number with its list, times with their bars."""

    def behind(measure: str) -> str:
        return _address("work_list", period, row.unit or unit, loai=row.kind, so=measure)

    cells = [(slug, figures.COLUMNS[slug][0], number, behind(slug)) for slug, number in row.numbers.items()]
    times = [(figures.TIMES[slug][0], days) for slug, days in row.times.items()]
    waits, works = (round((row.times[slug] or 0) / longest * WIDE, 1) for slug in ("wait_median", "work_median"))
    url = _address("work", period, row.unit) if row.unit else ""
    return {
        "name": row.name, "url": url, "cells": cells, "times": times, "settled": behind(figures.SETTLED),
        "waits": waits, "works": works,
    }  # fmt: skip


@require_GET
def work(request: Asked) -> HttpResponse:
    """The figures of a period by unit and by kind."""
    units, picked, period = _scope(request)
    found = figures.workload(units, period, request.at)
    rows = [found.total, *found.by_unit, *found.by_kind]
    longest = max([1.0, *((row.times["wait_median"] or 0) + (row.times["work_median"] or 0) for row in rows)])
    lines = {
        name: [_line(row, period, picked, longest) for row in part]
        for name, part in (("Theo đơn vị", [] if picked else found.by_unit), ("Theo loại việc", found.by_kind))
    }
    names = units_followed(request.actor, request.at.date())
    context = {
        "period": period, "total": _line(found.total, period, picked, longest), "tables": lines.items(),
        "picked": picked, "picked_name": names.get(picked, ""), "units": names.items() if len(names) > 1 else (),
        "earlier": _address("work", period.beside(-1), picked), "later": _address("work", period.beside(1), picked),
        "other": _other_length(period, picked), "excel": _address("work_xlsx", period, picked),
        "columns": [*figures.COLUMNS.values(), *figures.TIMES.values()], "notes": figures.NOTES, "wide": WIDE,
        "may_measure": True, "may_count": bool(may_count_books(request.actor, request.actor.agency, request.at.date())),
        "back_url": "/",
    }  # fmt: skip
    return render(request, "followup/work.html", context)


def _other_length(period: Period, unit: int) -> tuple[str, str]:
    """The quarter of a month, or the first month of a quarter: its name and address."""
    key = f"{period.year}-q{period.quarter}" if period.months == 1 else f"{period.year}-{period.month:02d}"
    other = Period.of(key, period.first)
    return other.name, _address("work", other, unit)


def _counted(request: Asked) -> tuple[str, str]:
    """Which number, and of which kind of work (empty for all); raises Hidden for none that there is."""
    measure, kind = request.GET.get("so", ""), request.GET.get("loai", "")
    if measure not in figures.BEHIND or kind not in ("", *Kind):
        raise Hidden
    return measure, kind


@require_GET
def work_list(request: Asked) -> HttpResponse:
    """The rows that a number counts."""
    units, picked, period = _scope(request)
    measure, kind = _counted(request)
    rows, following = figures.counted(units, period, request.at, measure, kind, key_of(request.GET, "sau"))
    calendar, on = calendar_of(request.actor.agency), request.at.date()
    next_url = _address("work_list", period, picked, loai=kind, so=measure, sau=str(following)) if following else ""
    context = {
        "name": lists.name_of(measure), "period": period, "kind_name": KIND_NAMES[Kind(kind)] if kind else "",
        "unit_name": units_followed(request.actor, on).get(picked, ""),
        "rows": [{"row": row, "deadline": _tag(row, deadline_of(row, on, calendar))} for row in rows],
        "pager": {"next_url": next_url}, "back_url": _address("work", period, picked),
        "excel": _address("work_list_xlsx", period, picked, loai=kind, so=measure),
    }  # fmt: skip
    return render(request, "followup/work_list.html", context)


def _tag(row: Any, deadline: dict[str, Any]) -> dict[str, Any]:
    return deadline | {"done_on": row.submitted_on if row.ended_at else None}


@require_POST
def work_list_xlsx(request: Asked) -> HttpResponse:
    """The same rows as Excel, at once or, where they are many, by the worker."""
    units, picked, period = _scope(request)
    measure, kind = _counted(request)
    url = _address("work_list", period, picked, loai=kind, so=measure)
    rows = lists.wanted(request.actor, units, period, request.at, measure, kind, url=url)
    made = have(actor=request.actor, at=request.at, wanted=rows)
    return handed(request, made, name=rows.name, media_type=rows.media_type)


@require_GET
def work_xlsx(request: Asked) -> HttpResponse:
    """The same by unit and kind as Excel, with what each column means."""
    units, _, period = _scope(request)
    found = figures.workload(units, period, request.at)
    headings = [("Đơn vị", 34), ("Loại việc", 22), *((name, 12) for name, _ in _columns())]
    names = {row.unit: row.name for row in found.by_unit}
    rows = [
        [names[row.unit], KIND_NAMES[Kind(row.kind)], *row.numbers.values(), *row.times.values()]
        for row in found.by_both
    ]
    rows.append(["Tất cả", "", *found.total.numbers.values(), *found.total.times.values()])
    notes = [
        ("Kỳ", period.name), ("Người xuất", request.actor.name), ("Lúc", request.at.strftime("%H:%M %d/%m/%Y")),
        *_columns(), *figures.NOTES,
    ]  # fmt: skip
    content = sheet(f"Công việc {period.key}", headings, rows, notes)
    return handed(request, content, name=f"thong-ke-cong-viec-{period.key}.xlsx", media_type=MEDIA_TYPE)


def _columns() -> list[tuple[str, str]]:
    return [*figures.COLUMNS.values(), *(figures.TIMES.values())]

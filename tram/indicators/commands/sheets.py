"""Commands on sheets of figures: brought, looked at line by line, taken whole; what waits together is approved or given back together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from tram.audit.commands import atomic, record
from tram.files.queries import Line, sheet_lines
from tram.indicators.commands.duty import ask_about_sheet, hold_sheets, lock, tell
from tram.indicators.commands.figures import entered, made_public, returned, submitted, written
from tram.indicators.models import Figure, Series, Sheet
from tram.indicators.policy import may_enter, may_take, may_take_back
from tram.indicators.queries.sheets import Judged, mark, review
from tram.indicators.rules.sheet import COLUMNS, MOST, Cell, columns_of, put_together
from tram.kernel.actors import Actor, entitled
from tram.kernel.clock import local
from tram.kernel.verdicts import Hidden, Invalid, WrongState, need_reason
from tram.organisation.models import Unit
from tram.tasks.events import Kind
from tram.vietnamese.text import nfc, tidy

UNRECORDED = {"approve_all": "each figure leaves the record of its approving (figures.made_public)"}
LONGEST_CELL, LONGEST_NAME, LONGEST_DOCUMENT, LONGEST_REASON = 600, 255, 300, 500


@atomic
def bring(*, actor: Actor, at: datetime, agency: Unit, name: str, content: BinaryIO, document: str = "") -> Sheet:
    """Read a sheet of figures, to be looked at; another that this person has not taken yet gives way to it.

    Raises Invalid (FileRefused for the file itself) and leaves nothing then.
    """
    actor = entitled(actor, agency, lambda who, unit, on: may_enter(who, unit.pk, on), at.date())
    assert actor.account is not None, "a person brings it"
    if len(document) > LONGEST_DOCUMENT:
        raise Invalid({"document": f"Viết ngắn lại, nhiều nhất {LONGEST_DOCUMENT} chữ."})
    sha256, lines = sheet_lines(content, name)
    columns, rows = _rows(lines)
    told = [row for row in rows if "value" in row[1]]
    _must_be_some(len(told))
    sheet, _ = Sheet.objects.update_or_create(
        agency=agency, bringer_id=actor.account, taken_at=None,
        defaults={
            "bringer_name": actor.name, "name": tidy(nfc(name))[:LONGEST_NAME], "sha256": sha256, "document": document.strip(),
            "columns": columns, "lines": told, "brought_at": at,
            "blanks": [number for number, cells in rows if "value" not in cells and cells][:MOST],
        },
    )  # fmt: skip
    record(
        actor=actor, at=at, what="indicators.sheet_brought", about=sheet.ref, agency=agency.pk, name=sheet.name, sha256=sha256,
        lines=len(told),
    )  # fmt: skip
    return sheet


def _rows(lines: Sequence[Line]) -> tuple[list[str], list[tuple[int, dict[str, list[str]]]]]:
    """The columns that are known, and what the lines below their headings have in them."""
    try:
        head, columns = columns_of([(one.number, {at: cell.text for at, cell in one.cells.items()}) for one in lines])
    except ValueError as wrong:
        raise Invalid({"file": str(wrong)}) from None
    rows = []
    for one in (line for line in lines if line.number > head):
        cells = {columns[at]: Cell(cell.kind, cell.text) for at, cell in one.cells.items() if at in columns}
        told = put_together(cells).items()
        rows.append((one.number, {name: [cell.kind, cell.text[:LONGEST_CELL]] for name, cell in told}))
    return sorted(columns.values()), rows


def _must_be_some(count: int) -> None:
    if not count:
        raise Invalid({"file": f"Cột “{COLUMNS['value'][0]}” chưa có số nào. Điền số vào bảng, lưu lại rồi đưa vào."})
    if count > MOST:
        said = f"Bảng có {count} số liệu, một lần nhận nhiều nhất {MOST}."
        raise Invalid({"file": f"{said} Chia theo năm hoặc theo nhóm chỉ tiêu."})


@atomic
def take(
    *, actor: Actor, at: datetime, sheet: Sheet, seen: str, sure: Collection[int] = (), reason: str = ""
) -> tuple[int, int]:
    """Enter what a sheet tells, all of it or nothing: new figures and changed ones wait together for another person.

    `seen`: the mark of what was looked at; `sure`: numbers of the lines with an odd jump that were looked at; `reason`: of corrections
    whose lines bear none. Lines that were refused stay outside. Returns how many are new, how many changed. Raises WrongState where
    something has changed since, Invalid for what is missing.
    """
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("agency").get(pk=sheet.pk)
    actor = entitled(actor, sheet, may_take, at.date())
    if sheet.taken_at:
        raise WrongState(f"Bảng này đã nhập lúc {local(sheet.taken_at):%H:%M ngày %d/%m/%Y}.")
    _lock(review(sheet, at.date()))
    lines = review(sheet, at.date())
    if mark(lines) != seen:
        raise WrongState("Số liệu của bảng vừa được người khác đổi. Mở lại bảng, xem các dòng rồi nhập.")
    todo = [one for one in lines if one.does]
    _must_be_whole(todo, sure, reason)
    for one in todo:
        submitted(actor, at, _put(actor, at, sheet, one, reason), sheet)
    sheet.taken_at = at
    sheet.save(update_fields=["taken_at"])
    new = sum(one.verdict == "new" for one in todo)
    record(
        actor=actor, at=at, what="indicators.sheet_taken", about=sheet.ref, agency=sheet.agency_id, name=sheet.name, new=new,
        changed=len(todo) - new, sha256=sheet.sha256,
    )  # fmt: skip
    ask_about_sheet(actor, at, sheet, Kind.APPROVE, len(todo))
    return new, len(todo) - new


def _lock(lines: Collection[Judged]) -> None:
    """Figures first, then series, then the sheets with which they wait, each in the order of keys, as whoever writes one figure does."""
    figures = [one.figure.pk for one in lines if one.figure]
    series = {one.series.pk for one in lines if one.series}
    for found in (Figure.objects.filter(pk__in=figures), Series.objects.filter(pk__in=series)):
        list(found.select_for_update().order_by("pk").values_list("pk", flat=True))
    hold_sheets(figures)


def _must_be_whole(todo: Collection[Judged], sure: Collection[int], reason: str) -> None:
    if not todo:
        raise Invalid({"seen": "Bảng không có dòng nào mới hoặc đổi, nên không có gì để nhập."})
    wrong = {
        f"chac-{one.number}": f"Dòng {one.number}: {one.asks} Đúng thì đánh dấu vào ô này."
        for one in todo
        if one.asks and one.number not in sure
    }
    if any(one.needs_reason and one.entry and not one.entry.reason for one in todo):
        try:
            need_reason(reason, "Doanh nghiệp báo cáo lại")
        except Invalid as missing:
            wrong |= missing.errors
    if len(reason) > LONGEST_REASON:
        wrong["reason"] = f"Lý do dài quá {LONGEST_REASON} chữ. Viết ngắn lại."
    if wrong:
        raise Invalid(wrong)


def _put(actor: Actor, at: datetime, sheet: Sheet, one: Judged, reason: str) -> Figure:
    assert one.entry and one.about and one.told.indicator, "a line that does something is whole"
    entry = one.entry if one.entry.reason or not one.needs_reason else replace(one.entry, reason=reason)
    if one.figure is None:
        return entered(actor, at, sheet.agency, one.told.indicator.code, one.about, entry)
    figure = lock(one.figure)
    written(actor, at, figure, entry, figure.version)
    return figure


@atomic
def approve_all(*, actor: Actor, at: datetime, figures: Mapping[int, int]) -> int:
    """Make several figures public at once, each as `approve` does and with its own record; all of them or none.

    `figures`: key -> the version that was read. Raises WrongState, Refused for the first that cannot be.
    """
    locked = Figure.objects.filter(pk__in=figures).select_for_update(of=("self",)).order_by("pk")
    found, told, done = list(locked.select_related("series__agency", "series__about")), dict[int, Figure](), 0
    hold_sheets(figures)
    for figure in found:
        try:
            made_public(actor, at, figure, figures[figure.pk])
        except WrongState as wrong:
            raise WrongState(f"{figure.series.name}, {figure.when.words}: {wrong}") from None
        told[figure.series_id] = figure
        done += 1
    if done != len(figures):
        raise Hidden
    for figure in told.values():
        tell(actor, at, figure)
    return done


@atomic
def take_back_all(*, actor: Actor, at: datetime, sheet: Sheet, reason: str) -> None:
    """Work about what waits together was given back or recalled: it lies with whoever brought the sheet."""
    may_take_back(actor).or_refuse()
    found = Figure.objects.filter(sheet=sheet.pk).select_for_update(of=("self",)).order_by("pk")
    figures = list(found.select_related("series__agency", "series__about"))
    for figure in figures:
        returned(actor, at, figure, reason)
    sheet = Sheet.objects.select_related("agency").get(pk=sheet.pk)
    record(
        actor=actor,
        at=at,
        what="indicators.sheet_returned",
        about=sheet.ref,
        agency=sheet.agency_id,
        name=sheet.name,
        reason=reason,
    )
    ask_about_sheet(actor, at, sheet, Kind.HANDLE, len(figures), reason)

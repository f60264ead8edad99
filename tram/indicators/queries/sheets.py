"""Sheets of figures: what each line of one that was brought would do, what waits for another person, the mould to be filled in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Literal

from tram.indicators.models import Figure, Publication, Series, Sheet
from tram.indicators.policy import agencies_of
from tram.indicators.queries.figures import PAGE as PAGE
from tram.indicators.queries.figures import places, visible_to
from tram.indicators.rules.catalogue import Indicator, indicators
from tram.indicators.rules.entry import LONGEST, Entry, wrong_in
from tram.indicators.rules.reading import MONTHS, Amount, Period, odd_jump, with_unit
from tram.indicators.rules.sheet import COLUMNS as COLUMNS
from tram.indicators.rules.sheet import Cell, Told, read_line
from tram.indicators.states import NAMES, State
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Unit
from tram.vietnamese.text import folded_words

Verdict = Literal["new", "changed", "unchanged", "refused"]
WHOLE = ("toan tinh", "ca tinh")
AHEAD, BEHIND, AT_MOST = 12, 24, 400
"""Periods that a mould offers to be filled in; those of which it carries what stands; its lines in all."""


@dataclass(slots=True)
class Judged:
    """Một dòng đã xem xét: what it says, what it would do. `former`: what stands there; `asks`: an odd jump to be looked at."""

    told: Told
    verdict: Verdict = "refused"
    about: Unit | None = None
    series: Series | None = None
    figure: Figure | None = None
    entry: Entry | None = None
    former: Amount | None = None
    former_is: str = ""
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    asks: str = ""
    needs_reason: bool = False

    @property
    def number(self) -> int:
        """Of the line, as Excel shows it."""
        return self.told.number

    @property
    def key(self) -> tuple[str, int, Period] | None:
        """Of which figure it tells; None where that is unknown."""
        one, about, period = self.told.indicator, self.about, self.told.period
        return (one.code, about.pk, period) if one and about and period else None

    @property
    def does(self) -> bool:
        """Whether something is to be taken of it."""
        return self.verdict in ("new", "changed")


def mark(lines: Iterable[Judged]) -> str:
    """The hash of what was looked at: another where a line would do something else by now."""
    told = [
        (
            one.number,
            one.verdict,
            one.key,
            one.figure and (one.figure.pk, one.figure.version, one.figure.state),
            one.entry,
            one.asks,
        )
        for one in lines
    ]
    return sha256(repr(told).encode()).hexdigest()


def review(sheet: Sheet, today: date) -> list[Judged]:
    """What each line of a sheet would do now. The same number of queries for one line and for hundreds: five."""
    lines = [
        Judged(read_line(number, {name: Cell(*cell) for name, cell in cells.items()}, set(sheet.columns), today))
        for number, cells in sheet.lines
    ]
    areas = places(sheet.agency_id)
    for one in lines:
        _place(one, areas)
    known = _Known(sheet, [one for one in lines if one.key])
    times = Counter(one.key for one in lines)
    for one in lines:
        if one.key and times[one.key] > 1:
            others = ", ".join(str(two.number) for two in lines if two.key == one.key and two is not one)
            one.told.wrong.append(f"Cùng chỉ tiêu, phạm vi và kỳ với dòng {others}. Giữ một dòng rồi đưa bảng vào lại.")
        known.judge(one)
    known.ask(lines)
    return lines


def _place(one: Judged, areas: Sequence[Unit]) -> None:
    typed = " ".join(folded_words(one.told.about))
    names = {" ".join(folded_words(unit.name)): unit for unit in areas}
    whole = {word: unit for word in WHOLE for unit in areas if unit.parent_id is None}
    one.about = (names | whole).get(typed)
    if one.about is None:
        which = " hoặc ".join(f"“{unit.name}”" for unit in areas)
        said = f"Cơ quan không giữ số liệu của “{one.told.about[:80]}”." if typed else "Chưa ghi phạm vi."
        one.told.wrong.append(f"{said} Ghi {which}.")


class _Known:
    """What stands of the figures that a sheet tells of."""

    def __init__(self, sheet: Sheet, lines: Sequence[Judged]) -> None:
        self.sheet = sheet
        keys = [one.key for one in lines if one.key]
        found = Series.objects.filter(code__in={key[0] for key in keys}, about__in={key[1] for key in keys})
        self.series = {(one.code, one.about_id): one for one in found.select_related("agency", "about")}
        ours = [one.pk for one in self.series.values() if one.agency_id == sheet.agency_id]
        figures = Figure.objects.filter(series__in=ours, ends_on__in={key[2].ends_on for key in keys})
        self.figures = {(one.series_id, one.when): one for one in figures}
        self.open: dict[int, Publication] = {}
        self.were: set[int] = set()
        for row in Publication.objects.filter(series__in=ours):
            self.were.add(row.figure_id)
            if row.until_at is None:
                self.open[row.figure_id] = row

    def judge(self, one: Judged) -> None:
        """What a line would do."""
        told, key = one.told, one.key
        one.series = self.series.get(key[:2]) if key else None
        if one.series and one.series.agency_id != self.sheet.agency_id:
            told.wrong.append(
                f"{one.series.agency.name} đang giữ chỉ tiêu này của {one.series.about.name}. Gửi số liệu cho cơ quan ấy."
            )
        elif key and told.amount:
            one.figure = self.figures.get((one.series.pk, key[2])) if one.series else None
            one.entry = _entry(told, key[2], told.amount, one.figure, self.sheet)
            told.wrong += wrong_in(one.entry).values()
        if told.wrong or one.entry is None:
            return
        self._compare(one, one.entry)

    def _compare(self, one: Judged, entry: Entry) -> None:
        figure = one.figure
        if figure is None:
            one.verdict = "new"
            return
        out = self.open.get(figure.pk)
        one.former = out.amount if out else figure.amount
        one.former_is = "đang công bố" if out else NAMES[State(figure.state)].lower()
        stands = [row for row in (out, figure if figure.state in (State.SUBMITTED, State.APPROVED) else None) if row]
        one.differences = _differences(entry, stands[0] if stands else figure)
        if any(not _differences(entry, row) for row in stands):
            one.verdict = "unchanged"
            return
        one.verdict, one.needs_reason = "changed", figure.pk in self.were

    def ask(self, lines: Sequence[Judged]) -> None:
        """Whoever would take a figure that is far from the one before it, public or of this sheet, is asked."""
        told = {(row.series_id, row.period, row.ends_on): row.amount for row in self.open.values()}
        told |= {place: one.entry.amount for one in lines if one.does and one.entry and (place := _place_in_time(one))}
        order = sorted(told, key=lambda place: (str(place[0]), place[1], place[2]))
        before = {b: told[a] for a, b in zip(order, order[1:], strict=False) if a[:2] == b[:2]}
        for one in lines:
            place = _place_in_time(one)
            if one.does and one.entry and place in before:
                one.asks = odd_jump(one.entry.amount, before[place])


def _place_in_time(one: Judged) -> Any:
    """Series (or what will be one), kind of period, its last day."""
    key = one.key
    return (one.series.pk if one.series else key[:2], key[2].kind, key[2].ends_on) if key else None


def _entry(told: Told, period: Period, amount: Amount, figure: Figure | None, sheet: Sheet) -> Entry:
    """What is entered; what the sheet has no column for, or leaves as it is beside the same amount, stays as it is."""
    usual = {"publisher": sheet.agency.name, "document": sheet.document}
    is_same = figure is not None and figure.amount == amount
    words = {}
    for name in LONGEST:
        typed = told.words.get(name)
        stands = getattr(figure, name) if figure and name != "reason" else ""
        told_of = stands if typed is None else typed
        words[name] = told_of if is_same and told_of == stands else told_of or usual.get(name, "")
    return Entry(period, amount, **words, is_sure=True)


SHOWN = {"publisher": "Nơi công bố", "document": "Văn bản", "link": "Liên kết", "note": "Ghi chú"}


def _differences(entry: Entry, row: Figure | Publication) -> list[tuple[str, str, str]]:
    """What of a figure would be other: the field, what stands there, what would."""
    pairs = [(name, getattr(row, key), getattr(entry, key)) for key, name in SHOWN.items()]
    return [one for one in [("Giá trị", row.amount.text, entry.amount.text), *pairs] if one[1] != one[2]]


def sheet_of(actor: Actor, pk: int, on: date) -> Sheet:
    """A sheet that a person may see: their own, and those of their agencies that were taken. Hidden for any other."""
    agencies = agencies_of(actor, on) if actor.account is not None else []
    found = Sheet.objects.filter(pk=pk, agency__in=agencies).select_related("agency").first()
    if found is None or (found.taken_at is None and found.bringer_id != actor.account):
        raise Hidden
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """Số liệu chờ duyệt: `public`: what stands on the portal now; `is_own`: entered by whoever looks."""

    id: int
    version: int
    name: str
    about: str
    period: str
    text: str
    public: str
    source: str
    reason: str
    note: str
    writer: str
    is_own: bool
    state_name: str
    is_submitted: bool


def waiting(actor: Actor, on: date, *, sheet: int = 0, after: int = 0, limit: int = PAGE) -> tuple[list[Waiting], int]:
    """Figures of a person's agencies that wait for another person, or what is left of one sheet; the key of the next page. Two queries."""
    found = visible_to(actor, on).filter(pk__gt=after).order_by("pk")
    some = list((found.filter(sheet=sheet) if sheet else found.filter(state=State.SUBMITTED))[: limit + 1])
    out = {row.figure_id: row for row in Publication.objects.filter(until_at=None, figure__in=[one.pk for one in some])}
    lines = [_waiting(one, out.get(one.pk), actor) for one in some[:limit]]
    return lines, lines[-1].id if len(some) > limit else 0


def _waiting(one: Figure, out: Publication | None, actor: Actor) -> Waiting:
    indicator = one.series.indicator
    return Waiting(
        id=one.pk, version=one.version, name=one.series.name, about=one.series.about.name, period=one.when.name,
        text=with_unit(one.amount, indicator) if indicator else one.amount.text, public=out.amount.text if out else "",
        source=". ".join(word for word in (one.publisher, one.document, one.link) if word), reason=one.reason, note=one.note,
        writer=one.writer_name, is_own=one.writer_id == actor.account, state_name=NAMES[State(one.state)],
        is_submitted=one.state == State.SUBMITTED,
    )  # fmt: skip


def mould(agency: Unit, today: date, series: Series | None = None) -> list[list[Any]]:
    """The lines of a sheet to be filled in: what stands of each series of an agency, or of one, and its next periods.

    Where the agency keeps nothing yet, every indicator of the catalogue. Two queries.
    """
    found = Series.objects.filter(agency=agency).select_related("about").order_by("pk")
    kept = [series] if series else [one for one in found if one.indicator]
    figures: dict[int, list[Figure]] = {}
    for one in Figure.objects.filter(series__in=[line.pk for line in kept]).order_by("-ends_on", "-pk"):
        figures.setdefault(one.series_id, []).append(one)
    rows = [
        row for line in kept if line.indicator for row in _rows(line, line.indicator, figures.get(line.pk, []), today)
    ]
    if not kept:
        first = places(agency.pk)[0]
        rows = [_row(one, first, "", None, agency.name) for one in indicators().values()]
    return rows[:AT_MOST]


def _rows(line: Series, one: Indicator, figures: Sequence[Figure], today: date) -> list[list[Any]]:
    stand = [_row(one, line.about, _when(figure.when), figure, "") for figure in reversed(figures[:BEHIND])]
    ahead = list(_following(figures[0].when, today)) if figures else []
    publisher = figures[0].publisher if figures else ""
    return stand + [_row(one, line.about, when, None, publisher) for when in [*map(_when, ahead)] or [""]]


def _when(period: Period) -> Any:
    return period.name if period.kind in MONTHS else period.ends_on


def _following(last: Period, today: date) -> Iterable[Period]:
    """The periods after the last one of its kind, up to today; of a stock the last days of quarters."""
    months, ends = MONTHS.get(last.kind, 3), last.ends_on
    step = 12 if last.kind in ("half", "nine_months") else months
    for _ in range(AHEAD):
        ends = _month_end(ends, step)
        if ends > today:
            return
        yield Period(ends, last.kind)


def _month_end(day: date, months: int) -> date:
    """The last day of the month so many months later."""
    place = day.year * 12 + day.month - 1 + months + 1
    return date(place // 12, place % 12 + 1, 1) - timedelta(days=1)


def _row(one: Indicator, about: Unit, when: Any, figure: Figure | None, publisher: str) -> list[Any]:
    told: Mapping[str, Any] = {
        "code": one.code, "name": one.name, "about": about.name, "period": when, "value": _value(figure) if figure else "",
        "unit": one.unit, "publisher": figure.publisher if figure else publisher, "document": figure.document if figure else "",
        "link": figure.link if figure else "", "note": figure.note if figure else "", "reason": "",
    }  # fmt: skip
    return [told[name] for name in COLUMNS]


def _value(figure: Figure) -> Any:
    """A true number where it is one."""
    amount = figure.amount
    return amount.text if amount.of or amount.comparator != "=" else float(amount.value)

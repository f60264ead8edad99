"""Every read of figures: for the house by who may see them, for whoever shows them to the public open rows alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Count, Max, Min, Q, QuerySet, Subquery

from tram.indicators.models import TOLD, Figure, Publication, Series
from tram.indicators.policy import agencies_of
from tram.indicators.rules.catalogue import KINDS as KINDS
from tram.indicators.rules.catalogue import TYPES as TYPES
from tram.indicators.rules.catalogue import Indicator as Indicator
from tram.indicators.rules.catalogue import indicators as indicators
from tram.indicators.rules.entry import is_public_place
from tram.indicators.rules.reading import COMPARATORS as COMPARATORS
from tram.indicators.rules.reading import Amount as Amount
from tram.indicators.rules.reading import Period as Period
from tram.indicators.rules.reading import read_amount as read_amount
from tram.indicators.rules.reading import read_period as read_period
from tram.indicators.rules.reading import with_unit as with_unit
from tram.indicators.states import NAMES, State
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Unit
from tram.tasks.models import Task
from tram.tasks.queries import LAST_HOLDER

COMMUNE = "commune"
PAGE = 50
MOST_SHOWN = 400
"""Figures of a series on its one page: a century by quarters."""


def digest(out: Publication) -> str:
    """The hash of what stands there: the record that approved it bears the same."""
    told = (str(getattr(out, name)) for name in TOLD if name != "value")
    return sha256("\x1f".join([out.amount.text, *told]).encode()).hexdigest()


def open_row(figure: Figure) -> Publication | None:
    """What the public sees of a figure now."""
    return Publication.objects.filter(until_at=None, figure=figure.pk).first()


def before(series: Series, period: Period) -> Publication | None:
    """What is public of the last period of this kind before another."""
    found = Publication.objects.filter(until_at=None, series=series.pk, period=period.kind, ends_on__lt=period.ends_on)
    return found.order_by("-ends_on", "-pk").first()


@dataclass(frozen=True, slots=True)
class Correction:
    """Chỗ đã sửa: what stood there before, until when, why it is another now."""

    amount: Amount
    until_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Point:
    """Số liệu một kỳ đang công bố."""

    period: Period
    amount: Amount
    publisher: str
    document: str
    link: str
    note: str
    since_at: datetime
    digest: str
    figure: int
    publication: int
    corrections: tuple[Correction, ...] = ()

    @property
    def leads(self) -> bool:
        """Whether pages may make its link one that is followed."""
        return is_public_place(self.link)


@dataclass(frozen=True, slots=True)
class Shown:
    """Dãy số liệu đang công bố: one indicator about one area, the last period first. `about_name` is empty for the whole province."""

    series: int
    slug: str
    agency: int
    agency_name: str
    indicator: Indicator
    about_name: str
    points: tuple[Point, ...]

    @property
    def title(self) -> str:
        """What its page is called."""
        return f"{self.indicator.name}, {self.about_name}" if self.about_name else self.indicator.name

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return f"indicators.series/{self.series}"

    @property
    def last(self) -> Point:
        """Of the last period."""
        return self.points[0]

    @property
    def by_change(self) -> list["Shown"]:
        """Each of its figures alone, what was approved last first."""
        points = sorted(self.points, key=lambda one: (one.since_at, one.publication), reverse=True)
        return [replace(self, points=(one,)) for one in points]

    @property
    def changed_at(self) -> datetime:
        """When something of it was approved last."""
        return max(point.since_at for point in self.points)


@dataclass(frozen=True, slots=True)
class Extent:
    """Phạm vi của một dãy: the first and the last day that its public figures tell of, how many, when one changed last."""

    since: date
    until: date
    count: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """Dãy số liệu không còn công bố: since when, whose it was."""

    agency: int
    until_at: datetime


def _with_names(found: QuerySet[Series]) -> QuerySet[Series]:
    return found.select_related("agency", "about")


def shown_at(slug: str) -> Shown | Gone:
    """What stands at an address of the portal; Hidden where nothing was ever public. Two queries."""
    series = _with_names(Series.objects.filter(slug=slug)).first()
    if series is None:
        raise Hidden
    rows = list(Publication.objects.filter(series=series.pk).order_by("-ends_on", "-pk")[:MOST_SHOWN])
    found = _shown(series, rows)
    if found is not None:
        return found
    ended = [row.until_at for row in rows if row.until_at]
    if not ended:
        raise Hidden
    return Gone(series.agency_id, max(ended))


def shown_of(*, keys: Iterable[int] = (), slugs: Iterable[str] = ()) -> list[Shown]:
    """Those of these series that are public, whole, in the order of their keys. Two queries."""
    series = list(_with_names(Series.objects.filter(Q(pk__in=list(keys)) | Q(slug__in=list(slugs)))).order_by("pk"))
    log: dict[int, list[Publication]] = {}
    for row in Publication.objects.filter(series__in=[one.pk for one in series]).order_by("-ends_on", "-pk"):
        log.setdefault(row.series_id, []).append(row)
    return [line for one in series if (line := _shown(one, log.get(one.pk, [])))]


def latest(*, agency: int = 0) -> list[Shown]:
    """Every series of which something is public, or an agency's, by the catalogue's order, with its last period alone. One query."""
    found = Publication.objects.filter(until_at=None).select_related("series__agency", "series__about")
    rows = (found.filter(series__agency=agency) if agency else found).order_by("series", "-ends_on", "-pk")
    order = {code: place for place, code in enumerate(indicators())}
    lines = [line for row in rows.distinct("series") if (line := _shown(row.series, [row]))]
    return sorted(lines, key=lambda one: (order[one.indicator.code], one.about_name, one.series))


def changes(*, agency: int = 0, limit: int = PAGE) -> list[Shown]:
    """Figures as they were made public or corrected last, the newest first: each a series with this one period. Two queries."""
    found = Publication.objects.filter(until_at=None).select_related("series__agency", "series__about")
    return _each((found.filter(series__agency=agency) if agency else found).order_by("-since_at", "-pk")[:limit])


def let_out(since: datetime) -> list[tuple[int, int, datetime]]:
    """Figures made public or corrected since a moment: row of the log, agency, the moment. One query."""
    found = Publication.objects.filter(until_at=None, since_at__gte=since)
    return [(pk, agency or 0, at) for pk, agency, at in found.values_list("pk", "series__agency", "since_at")]


def points_of(rows: Sequence[int]) -> dict[int, Shown]:
    """What is public of these rows of the log, each a series with this one period. Two queries."""
    found = Publication.objects.filter(until_at=None, pk__in=rows).select_related("series__agency", "series__about")
    return {line.last.publication: line for line in _each(found)}


def _each(rows: Iterable[Publication]) -> list[Shown]:
    """Open rows of the log, each a series with this one period and what it corrects. One query besides theirs."""
    rows, log = list(rows), dict[int, list[Publication]]()
    for row in Publication.objects.filter(figure__in=[one.figure_id for one in rows]).order_by("-pk"):
        log.setdefault(row.figure_id, []).append(row)
    return [line for row in rows if (line := _shown(row.series, log[row.figure_id]))]


def extents() -> dict[int, Extent]:
    """What is public of each series, by its key. One query."""
    found = Publication.objects.filter(until_at=None).values("series")
    told = found.annotate(first=Min("ends_on"), last=Max("ends_on"), count=Count("pk"), at=Max("since_at"))
    return {row["series"]: Extent(row["first"], row["last"], row["count"], row["at"]) for row in told}


def public_series(after: int, limit: int) -> list[int]:
    """The keys of series that are public, above `after`, in their order."""
    found = Publication.objects.filter(until_at=None, series__gt=after).order_by("series")
    return list(found.values_list("series", flat=True).distinct()[:limit])


def _shown(series: Series, rows: Sequence[Publication]) -> Shown | None:
    """A series by its log, the last period first; None where nothing is public, or the catalogue has the indicator no more."""
    indicator = series.indicator
    former: dict[int, list[Publication]] = {}
    for row in rows:
        former.setdefault(row.figure_id, []).append(row)
    points = tuple(_point(row, former[row.figure_id]) for row in rows if row.until_at is None)
    if indicator is None or not points:
        return None
    about = "" if series.about.parent_id is None else series.about.name
    return Shown(series.pk, series.slug, series.agency_id, series.agency.name, indicator, about, points)


def _point(row: Publication, log: Sequence[Publication]) -> Point:
    """`log`: every row of the figure, the last first."""
    corrections = tuple(
        Correction(old.amount, old.until_at, new.reason)
        for new, old in zip(log, log[1:], strict=False)
        if old.until_at and new.reason
    )
    return Point(
        period=row.when, amount=row.amount, publisher=row.publisher, document=row.document, link=row.link, note=row.note,
        since_at=row.since_at, digest=digest(row), figure=row.figure_id, publication=row.pk, corrections=corrections,
    )  # fmt: skip


def visible_to(actor: Actor, on: date) -> QuerySet[Figure]:
    """Figures that a person may see inside the house: those of their agencies."""
    agencies = agencies_of(actor, on) if actor.account is not None else []
    return Figure.objects.filter(series__agency__in=agencies).select_related("series__agency", "series__about")


def one(actor: Actor, pk: int, on: date) -> Figure:
    """A figure that a person may see; Hidden alike when it is not there and when it is not theirs."""
    found = visible_to(actor, on).filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def series_of(actor: Actor, pk: int, on: date) -> Series:
    """A series that a person may see; Hidden alike when it is not there and when it is not theirs."""
    agencies = agencies_of(actor, on) if actor.account is not None else []
    found = _with_names(Series.objects.filter(pk=pk, agency__in=agencies)).first()
    if found is None:
        raise Hidden
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """Dòng dãy số liệu trong danh sách của cán bộ. `waits_for`: whose turn it is with one of its figures."""

    id: int
    name: str
    group: str
    unit: str
    about: str
    agency: str
    last: Amount | None
    period: str
    waits_for: str
    waiting: int


def rows(actor: Actor, on: date, *, after: int = 0, limit: int = PAGE) -> tuple[list[Row], int]:
    """Series of a person's agencies with their last public figure and whose turn it is; and the key of the next page. Four queries."""
    found = _with_names(Series.objects.filter(agency__in=agencies_of(actor, on), pk__gt=after)).order_by("pk")
    series = list(found[: limit + 1])
    keys = [one.pk for one in series[:limit]]
    out = Publication.objects.filter(until_at=None, series__in=keys)
    last = {row.series_id: row for row in out.order_by("series", "-ends_on", "-pk").distinct("series")}
    waiting = Figure.objects.filter(series__in=keys, state__in=(State.SUBMITTED, State.DRAFT, State.REVISED))
    owed = list(waiting.only("series", "sheet").order_by("-pk"))
    turns = Task.objects.filter(ended_at=None, about__in={one.turn for one in owed})
    held = dict(turns.annotate(holder=Subquery(LAST_HOLDER)).values_list("about", "holder"))
    holders = {one.series_id: held[one.turn] for one in owed if one.turn in held}
    counts = Counter(one.series_id for one in owed)
    lines = [_row(one, last.get(one.pk), holders.get(one.pk, ""), counts[one.pk]) for one in series[:limit]]
    return lines, lines[-1].id if len(series) > limit else 0


def _row(series: Series, out: Publication | None, holder: str, waiting: int) -> Row:
    indicator = series.indicator
    return Row(
        id=series.pk, name=series.name, group=indicator.group if indicator else "", unit=indicator.unit if indicator and indicator.type != "rank" else "",
        about=series.about.name, agency=series.agency.name, last=out.amount if out else None,
        period=out.when.words if out else "", waits_for=holder, waiting=waiting,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Dòng số liệu của một dãy, cho cán bộ. `public`: what stands on the portal now."""

    id: int
    period: str
    amount: Amount
    state_name: str
    public: Amount | None
    publisher: str
    document: str


def figures_of(series: Series, *, after: int = 0, limit: int = PAGE) -> tuple[list[FigureRow], int]:
    """Figures of a series, the last period first; and the key of the next page (0 = none). Three queries at most."""
    found = Figure.objects.filter(series=series.pk).order_by("-ends_on", "-pk")
    edge = Figure.objects.filter(pk=after, series=series.pk).first() if after else None
    if edge:
        found = found.filter(ends_on__lte=edge.ends_on).exclude(ends_on=edge.ends_on, pk__gte=edge.pk)
    some = list(found[: limit + 1])
    out = Publication.objects.filter(until_at=None, figure__in=[one.pk for one in some])
    public = {row.figure_id: row.amount for row in out}
    lines = [
        FigureRow(
            one.pk, one.when.name, one.amount, NAMES[State(one.state)], public.get(one.pk), one.publisher, one.document
        )
        for one in some[:limit]
    ]
    return lines, lines[-1].id if len(some) > limit else 0


def log_of(figure: Figure) -> list[Publication]:
    """Every time that a figure was public, the last first."""
    return list(Publication.objects.filter(figure=figure.pk).order_by("-pk"))


def places(agency: int) -> list[Unit]:
    """The areas about which an agency may keep figures: that of the agency above it first, then its own.

    A commune counts for itself alone; for the whole province a Sở does.
    """
    own = Unit.objects.select_related("parent").get(pk=agency)
    above = own.parent if own.parent and own.parent.is_agency and not own.kind.startswith(COMMUNE) else None
    return [above, own] if above else [own]

"""Reading work files and plans: what a person may see, the lists, the plan of a year."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.vietnamese.text import fold
from tram.workfiles.models import Heading, Plan, WorkFile
from tram.workfiles.policy import SEES_ALL
from tram.workfiles.rules import kept_until, retentions, years_in_words
from tram.workfiles.states import AT_THE_UNIT, COLLECTING, NAMES, RIGHTS_NAMES, Rights, State

PAGE, MOST_SEARCHED = 25, 500


def visible_to(actor: Actor, on: date) -> QuerySet[WorkFile]:
    """Files a person may see, in any of their hats: who made it, the unit's head, the unit where it is not restricted,
    the agency's clerk, archivist, office chief and leaders. A file opens no letter that lies in it.
    """
    hats = list(actor.worn(on))
    grants = [grant for hat in hats for grant in hat.grants if grant.valid(on)]
    return WorkFile.objects.filter(
        Q(agency__in={grant.unit for grant in grants if grant.role in SEES_ALL})
        | Q(unit__in={grant.unit for grant in grants if grant.role == "unit_head"})
        | Q(creator__in=[hat.post for hat in hats])
        | Q(unit__in={hat.unit for hat in hats}, rights=Rights.OPEN)
    )


def readers(file: WorkFile) -> tuple[str, ...]:
    """The reader keys of a file: the same set that `visible_to` asks for."""
    own = [f"post.{file.creator_id}", f"unit_head.{file.unit_id}"]
    if file.rights == Rights.OPEN:
        own.append(f"unit.{file.unit_id}")
    return (*own, *(f"{role}.{file.agency_id}" for role in ("clerk", "archivist", "office_chief", "leader")))


def one(actor: Actor, pk: int, on: date) -> WorkFile:
    """A file that a person may see; Hidden alike when it is not there and when it is not theirs."""
    found = visible_to(actor, on).select_related("agency", "unit", "heading").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """Dòng hồ sơ trong danh sách."""

    id: int
    url: str
    notation: str
    year: int
    title: str
    state: str
    state_name: str
    unit: int
    unit_name: str
    creator_name: str
    maintenance: str
    rights_name: str
    start_date: date | None
    end_date: date | None
    doc_total: int
    page_total: int
    due_on: date | None
    kept_until: date | None
    description: str
    was_planned: bool

    @property
    def span(self) -> str:
        """Thời gian tài liệu: "05/01/2026 – 20/11/2026"."""
        return " – ".join(day.strftime("%d/%m/%Y") for day in (self.start_date, self.end_date) if day)


def rows_of(files: Iterable[WorkFile]) -> list[Row]:
    """Files as rows; the units must have been read with them."""
    return [
        Row(
            id=f.pk, url=f.url, notation=f.notation, year=f.year, title=f.title, state=f.state,
            state_name=NAMES[State(f.state)], unit=f.unit_id, unit_name=f.unit.name, creator_name=f.creator_name,
            maintenance=years_in_words(f.retention_years), rights_name=RIGHTS_NAMES[Rights(f.rights)],
            start_date=f.start_date, end_date=f.end_date, doc_total=f.doc_total, page_total=f.page_total,
            due_on=f.due_on, kept_until=kept_until(f.end_date, f.retention_years), description=f.description,
            was_planned=f.was_planned,
        )
        for f in files
    ]  # fmt: skip


FOLDERS: dict[str, tuple[str, tuple[State, ...]]] = {
    "dang-mo": ("Đang mở", (State.OPEN,)),
    "du-kien": ("Dự kiến mở", (State.PLANNED,)),
    "da-ket-thuc": ("Đã kết thúc", AT_THE_UNIT),
    "luu-tru": ("Lưu trữ", (State.TRANSFERRED, State.ARCHIVED, State.DISPOSED)),
    "tat-ca": ("Tất cả", tuple(State)),
}


def work_files(
    actor: Actor, on: date, *, folder: str = "dang-mo", year: int = 0, unit: int = 0, after: int = 0, limit: int = PAGE
) -> tuple[list[Row], int]:
    """Files that a person may see, newest first; and the key of the next page (0 = none). One query."""
    found = visible_to(actor, on)
    if folder != "tat-ca":
        found = found.filter(state__in=FOLDERS[folder][1])
    if year:
        found = found.filter(year=year)
    if unit:
        found = found.filter(unit=unit)
    if after:
        found = found.filter(pk__lt=after)
    rows = rows_of(found.select_related("unit").order_by("-pk")[: limit + 1])
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def fillable(actor: Actor, on: date, *, text: str = "", limit: int = 30) -> list[Row]:
    """Files into which this person may put papers, in any of their hats: their own, those of a unit they head; last
    changed first. `text`, with marks or without, must stand in title or notation. One query, of no more than 500 files.
    """
    hats = list(actor.worn(on))
    headed = {grant.unit for hat in hats for grant in hat.grants if grant.role == "unit_head" and grant.valid(on)}
    found = WorkFile.objects.filter(Q(creator__in=[hat.post for hat in hats]) | Q(unit__in=headed))
    found = found.filter(state__in=COLLECTING).select_related("unit").order_by("-changed_at", "-pk")
    wanted = fold(text)
    rows = rows_of(found[: MOST_SEARCHED if wanted else limit])
    return [row for row in rows if wanted in fold(f"{row.notation} {row.title}")][:limit]


@dataclass(frozen=True, slots=True)
class PlanPart:
    """Đề mục trong danh mục: a heading with its lines."""

    unit: int
    title: str
    symbol: str
    rows: list[Row]


def plan_in(agency: int, year: int) -> Plan | None:
    """The agency's plan of a year."""
    return Plan.objects.select_related("agency").filter(agency=agency, year=year).first()


def lines_of(plan: Plan) -> QuerySet[WorkFile]:
    """What was planned."""
    return WorkFile.objects.filter(heading__plan=plan, was_planned=True)


def plan_parts(plan: Plan) -> list[PlanPart]:
    """The headings of a plan in their order with the lines that were planned: two queries. The plan is published in the
    agency; what was opened beside it is not told here.
    """
    lines: dict[int, list[Row]] = {}
    planned = list(lines_of(plan).select_related("unit").order_by("number"))
    for file, row in zip(planned, rows_of(planned), strict=True):
        kept = retentions().get(file.planned_retention)
        words = years_in_words(kept.years) if kept else row.maintenance
        lines.setdefault(file.heading_id, []).append(replace(row, title=file.planned_title, maintenance=words))
    headings = Heading.objects.filter(plan=plan).order_by("order", "pk")
    return [
        PlanPart(heading.unit_id, heading.title, heading.symbol, lines[heading.pk])
        for heading in headings
        if heading.pk in lines
    ]


def plan_years(agency: int) -> list[int]:
    """The years for which there is a plan, the newest first."""
    return list(Plan.objects.filter(agency=agency).order_by("-year").values_list("year", flat=True)[:20])

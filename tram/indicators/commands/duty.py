"""Parts that the commands of figures share: whose turn it is lies as work in an inbox, and those who show figures are told."""

from collections.abc import Iterable
from datetime import datetime

from tram.indicators.models import Figure, Sheet
from tram.indicators.sockets import faces
from tram.kernel.actors import LEADERS, Actor
from tram.organisation.models import Post, Unit
from tram.organisation.queries import calendar_of, seat_asked, seats_of_agency
from tram.tasks.commands.give import Subject, assign
from tram.tasks.commands.work import fulfil
from tram.tasks.events import Kind
from tram.tasks.models import Task

WITHIN = 3
"""Working days in which a figure that waits is approved or sent back."""


def lock(figure: Figure) -> Figure:
    """Part: the figure as it is now, locked."""
    found = Figure.objects.select_for_update(of=("self",)).select_related("series__agency", "series__about")
    return found.get(pk=figure.pk)


def ask_approver(actor: Actor, at: datetime, figure: Figure) -> None:
    """Part: the figure waits for the head of the writer's own part of the agency, else for a leader; never for the writer."""
    post = _approver(actor, at, figure.agency_id, figure.writer_id)
    _give(at, figure, Kind.APPROVE, post, "Duyệt số liệu", f"{figure.writer_name} đã nhập")


def _approver(actor: Actor, at: datetime, agency: int, writer: int) -> int | None:
    on, but, unit = at.date(), {writer}, actor.acting.unit if actor.acting else agency
    seat = seat_asked([["unit_head"]], unit, on, but) or seat_asked(
        [["deputy_director", "vice_chair"], sorted(LEADERS)], agency, on, but
    )
    return seat.post if seat else None


def ask_writer(at: datetime, figure: Figure, reason: str) -> None:
    """Part: a figure that came back waits for whoever entered it; for the agency where they sit there no more."""
    post = _own_post(at, figure.agency_id, figure.writer_id)
    _give(at, figure, Kind.HANDLE, post, "Xem lại số liệu", reason)


def _own_post(at: datetime, agency: int, account: int) -> int | None:
    seats = seats_of_agency(agency, at.date())
    return next((seat.post for seat in seats if seat.account == account), None)


def ask_about_sheet(actor: Actor, at: datetime, sheet: Sheet, kind: Kind, count: int, reason: str = "") -> None:
    """Part: what came with a sheet waits as one piece of work: for whoever approves it, or, given back, for whoever brought it."""
    is_back = kind is Kind.HANDLE
    find = (
        _own_post(at, sheet.agency_id, sheet.bringer_id)
        if is_back
        else _approver(actor, at, sheet.agency_id, sheet.bringer_id)
    )
    title = f"{'Xem lại' if is_back else 'Duyệt'} {count} số liệu: {sheet.name}"[:300]
    about = Subject(sheet.ref, f"/chi-tieu/cho-duyet?bang={sheet.pk}", title, "Chỉ tiêu · bảng số liệu")
    _assign(at, sheet.agency, kind, find, about, reason or f"{sheet.bringer_name} đã nhập từ bảng")


def end_duty(at: datetime, figure: Figure, result: str) -> None:
    """Part: what was asked about the figure has happened."""
    for task in Task.objects.filter(about=figure.ref, ended_at=None).order_by("pk"):
        fulfil(actor=Actor.system(), at=at, task=task, result=result)
    if figure.sheet_id is not None:
        _leave(at, figure, figure.sheet_id)


def hold_sheets(figures: Iterable[int]) -> None:
    """Part: who lets figures leave their sheets does so one after another: of two at once each would leave the end to the other."""
    sheets = Sheet.objects.filter(pk__in=Figure.objects.filter(pk__in=figures).values("sheet"))
    list(sheets.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _leave(at: datetime, figure: Figure, sheet: int) -> None:
    """It goes its own way; with the last of them the work about their sheet is done."""
    hold_sheets([figure.pk])
    figure.sheet = None
    figure.save(update_fields=["sheet"])
    if not Figure.objects.filter(sheet=sheet).exists():
        for task in Task.objects.filter(about=Sheet(pk=sheet).ref, ended_at=None).order_by("pk"):
            fulfil(actor=Actor.system(), at=at, task=task, result="Đã xem hết các số liệu của bảng")


def tell(actor: Actor, at: datetime, figure: Figure) -> None:
    """Part: the rooms that show figures are told, in this transaction, that what is public has changed."""
    for _room, face in faces.items():
        face.changed(actor=actor, at=at, series=figure.series_id, agency=figure.agency_id)


def _give(at: datetime, figure: Figure, kind: Kind, post: int | None, title: str, note: str) -> None:
    told = f"{figure.series.name}, {figure.when.words}"
    about = Subject(
        figure.ref, f"/chi-tieu/so-lieu/{figure.pk}", f"{title}: {told}"[:300], f"Chỉ tiêu · {figure.amount.text}"
    )
    _assign(at, figure.series.agency, kind, post, about, note)


def _assign(at: datetime, agency: Unit, kind: Kind, post: int | None, about: Subject, note: str) -> None:
    seat = Post.objects.select_related("unit").get(pk=post) if post else None
    assign(
        actor=Actor.system(), at=at, kind=kind, unit=seat.unit if seat else agency, post=seat, about=about,
        due_on=calendar_of(agency.pk).add(at.date(), WITHIN), note=note[:500],
    )  # fmt: skip

"""Parts that the commands of figures share: whose turn it is lies as work in an inbox, and those who show figures are told."""

from datetime import datetime

from tram.indicators.models import Figure
from tram.indicators.sockets import faces
from tram.kernel.actors import LEADERS, Actor
from tram.organisation.models import Post
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
    on, but = at.date(), {figure.writer_id}
    unit = actor.acting.unit if actor.acting else figure.agency_id
    seat = seat_asked([["unit_head"]], unit, on, but) or seat_asked(
        [["deputy_director", "vice_chair"], sorted(LEADERS)], figure.agency_id, on, but
    )
    _give(at, figure, Kind.APPROVE, seat.post if seat else None, "Duyệt số liệu", f"{figure.writer_name} đã nhập")


def ask_writer(at: datetime, figure: Figure, reason: str) -> None:
    """Part: a figure that came back waits for whoever entered it; for the agency where they sit there no more."""
    seats = seats_of_agency(figure.agency_id, at.date())
    own = next((seat for seat in seats if seat.account == figure.writer_id), None)
    _give(at, figure, Kind.HANDLE, own.post if own else None, "Xem lại số liệu", reason)


def end_duty(at: datetime, figure: Figure, result: str) -> None:
    """Part: what was asked about the figure has happened."""
    for task in Task.objects.filter(about=figure.ref, ended_at=None).order_by("pk"):
        fulfil(actor=Actor.system(), at=at, task=task, result=result)


def tell(actor: Actor, at: datetime, figure: Figure) -> None:
    """Part: the rooms that show figures are told, in this transaction, that what is public has changed."""
    for _room, face in faces.items():
        face.changed(actor=actor, at=at, series=figure.series_id, agency=figure.agency_id)


def _give(at: datetime, figure: Figure, kind: Kind, post: int | None, title: str, note: str) -> None:
    seat = Post.objects.select_related("unit").get(pk=post) if post else None
    told = f"{figure.series.name}, {figure.when.words}"
    about = Subject(
        figure.ref, f"/chi-tieu/so-lieu/{figure.pk}", f"{title}: {told}"[:300], f"Chỉ tiêu · {figure.amount.text}"
    )
    assign(
        actor=Actor.system(), at=at, kind=kind, unit=seat.unit if seat else figure.series.agency, post=seat, about=about,
        due_on=calendar_of(figure.agency_id).add(at.date(), WITHIN), note=note[:500],
    )  # fmt: skip

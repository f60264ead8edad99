"""What figures plug into lower rooms: the work about them, their line of the menu."""

from datetime import date, datetime

from django.http import HttpRequest

from tram.indicators.commands.duty import lock
from tram.indicators.commands.figures import take_back
from tram.indicators.commands.sheets import take_back_all
from tram.indicators.models import Figure, Sheet
from tram.indicators.policy import agencies_of, may_list
from tram.indicators.queries.figures import visible_to
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import WrongState
from tram.tasks.models import Task
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


class FigureWork:
    """Who has to act on a figure, as work in their inbox (tasks.givers)."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        lock(Figure(pk=parse_ref(about).pk))

    def ends_itself(self, *, kind: str) -> bool:
        """Always: by a step on the figure's page."""
        return True

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Whoever sees the figure reads what is reported of the work about it."""
        return visible_to(actor, on).filter(pk=parse_ref(about).pk).exists()

    def began(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """The figure stays as it is until a step is taken."""

    def handed(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Whoever holds the work works in the agency, so nothing is to be opened."""

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Not in the inbox."""
        raise WrongState("Việc này xong theo bước làm ở trang số liệu: duyệt, trả lại, sửa hoặc bỏ.")

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Given back: to whoever entered it."""
        take_back(actor=actor, at=at, figure=Figure(pk=parse_ref(task.about).pk), reason=reason)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Recalled by a leader: the same."""
        self.returned(actor=actor, at=at, task=task, reason=reason or "Thu hồi việc đã giao")


class SheetWork(FigureWork):
    """The same of figures that wait together, as the sheet brought them (tasks.givers)."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked: its figures first, as whoever approves them does."""
        found = Figure.objects.filter(sheet=parse_ref(about).pk).select_for_update().order_by("pk")
        list(found.values_list("pk", flat=True))

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Whoever sees the figures of its agency."""
        return Sheet.objects.filter(pk=parse_ref(about).pk, agency__in=agencies_of(actor, on)).exists()

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Not in the inbox."""
        raise WrongState("Việc này xong khi từng số liệu của bảng được duyệt, trả lại, sửa hoặc bỏ.")

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Given back: to whoever brought it."""
        take_back_all(actor=actor, at=at, sheet=Sheet(pk=parse_ref(task.about).pk), reason=reason)


def menu(request: HttpRequest) -> list[NavItem]:
    """What stands in the side menu of whoever enters, approves or reads an agency's figures."""
    may = may_list(request_actor(request), clock.local_day(clock.now()))
    return [NavItem("/chi-tieu", "Chỉ tiêu, số liệu", "chart", 46)] if may else []

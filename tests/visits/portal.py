"""A portal that is read: sums of the last month and this one, populations of a few communes and departments."""

from collections.abc import Iterable
from datetime import date, datetime

from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.organisation.models import RoleGrant, Unit
from tram.visits.commands.counting import write_down
from tram.visits.commands.figures import enter_population
from tram.visits.queries import circle_of
from tram.visits.rules import Batch, back, month_of
from tram.visits.sockets import Page

SOURCE = "Niên giám thống kê tỉnh Lào Cai 2025"
ARTICLE = "tests.page/1"


class Pages:
    """Whoever shows one page, of one agency (visits.shown)."""

    def __init__(self, agency: int) -> None:
        self.agency = agency

    def public(self, pages: Iterable[str]) -> dict[str, Page]:
        return {page: Page("Bài đang đăng", "/tin/bai-1", self.agency) for page in pages if page == ARTICLE}


def read_by_people(at: datetime, chair: Actor) -> None:
    """What the agencies of a province were read; `chair` enters how many people live in its first ten communes."""
    on = local_day(at)
    agencies = list(Unit.objects.filter(parent=circle_of(chair.agency), is_agency=True).order_by("order", "pk"))
    sums = {
        (f"portal.{page}/{unit.pk}", unit.pk, month): [(unit.pk * 7919 + turn * 131) % 4200 + 60, (unit.pk * 31) % 400]
        for unit in agencies
        for turn, page in enumerate(("front", "contacts", "schedule"))
        for month in (back(on, 1), month_of(on))
    }
    write_down(actor=Actor.system(), at=at, batch=Batch(sums))
    for number, unit in enumerate([unit for unit in agencies if unit.kind == "commune"][:10]):
        enter_population(
            actor=chair, at=at, agency=unit, people=4210 + number * 1733, since=back(on, 3),
            counted_on=date(on.year - 1, 12, 31), source=SOURCE,
        )  # fmt: skip


def chair_of_the_province() -> str:
    """The login of who chairs the topmost agency."""
    top = Unit.objects.get(is_agency=True, parent=None)
    grant = RoleGrant.objects.filter(unit=top, role="chair", post__appointments__until=None).first()
    appointment = grant.post.appointments.select_related("account").first() if grant else None
    assert appointment
    return appointment.account.login

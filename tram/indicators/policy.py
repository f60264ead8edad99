"""Who enters a figure, who approves it, who sees what is not public yet."""

from collections.abc import Callable, Collection
from datetime import date

from tram.indicators.models import Figure, Sheet
from tram.kernel.actors import LEADERS, WORKERS, Actor, Hat
from tram.kernel.verdicts import Verdict, allow_if, allowed

APPROVING = frozenset({"unit_head", *LEADERS})
"""Who answers for a figure; whoever does the agency's own work enters and sees them (docs/decisions/0036-figures.md)."""


def _works_in(hat: Hat, agency: int, roles: Collection[str], on: date) -> bool:
    """Whether a hat of the agency carries one of these roles over the agency or over its own part of it."""
    places = (agency, hat.unit)
    return (
        hat.agency == agency
        and hat.valid(on)
        and any(grant.role in roles and grant.unit in places and grant.valid(on) for grant in hat.grants)
    )


def agencies_of(actor: Actor, on: date) -> list[int]:
    """The agencies whose figures a person sees inside the house, in any of their hats: that of the acting hat first."""
    hats = sorted(actor.worn(on), key=lambda hat: hat is not actor.acting)
    return list(dict.fromkeys(hat.agency for hat in hats if _works_in(hat, hat.agency, WORKERS, on)))


def may_list(actor: Actor, on: date) -> Verdict:
    """Open the list of figures: whoever does the own work of some agency."""
    return allow_if(agencies_of(actor, on), "Mục này dành cho người làm chuyên môn và lãnh đạo của cơ quan.")


def may_enter(actor: Actor, agency: int, on: date) -> Verdict:
    """Enter a figure for an agency: whoever does its own work."""
    hat = actor.acting
    return allow_if(
        hat is not None and _works_in(hat, agency, WORKERS, on),
        "Chỉ người làm chuyên môn và lãnh đạo của cơ quan nhập số liệu.",
    )


def may_write(actor: Actor, figure: Figure, on: date) -> Verdict:
    """Change what was entered, submit it, drop what was begun: the same."""
    return may_enter(actor, figure.agency_id, on)


def may_decide(actor: Actor, figure: Figure, on: date) -> Verdict:
    """Send a figure back, take it from the public: heads of the agency's parts and its leaders."""
    hat = actor.acting
    return allow_if(
        hat is not None and _works_in(hat, figure.agency_id, APPROVING, on),
        "Chỉ trưởng phòng hoặc lãnh đạo của cơ quan duyệt số liệu.",
    )


def may_approve(actor: Actor, figure: Figure, on: date) -> Verdict:
    """Make a figure public: the same, but not whoever entered it."""
    return may_decide(actor, figure, on) & allow_if(
        actor.account != figure.writer_id, "Người nhập không tự duyệt; người khác duyệt."
    )


def may_take(actor: Actor, sheet: Sheet, on: date) -> Verdict:
    """Enter what a sheet tells: whoever brought it, while they do the agency's own work."""
    return may_enter(actor, sheet.agency_id, on) & allow_if(
        actor.account == sheet.bringer_id, "Bảng này người khác đưa vào; người ấy xem lại rồi nhập."
    )


def may_take_back(actor: Actor) -> Verdict:
    """Work about a figure came back: told inside the house, which asked the rights on the work."""
    return allowed if actor.is_system else allow_if(actor.account is not None, "Đăng nhập rồi làm lại việc này.")


RULES: dict[str, Callable[[Actor, Figure, date], Verdict]] = {
    "approve": may_approve,
    "submit": may_write,
    "write": may_write,
    "send_back": may_decide,
    "drop": may_write,
    "withdraw": may_decide,
}

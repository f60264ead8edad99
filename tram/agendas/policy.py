"""Who keeps the weekly schedule of an agency's leaders, and who lets the public see it."""

from datetime import date

from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.organisation.models import Unit

KEEPERS = ("office_chief", *sorted(LEADERS))


def may_see(actor: Actor) -> Verdict:
    """Everybody of the agency sees its schedule; of another agency what is public."""
    return allow_if(actor.agency, "Đăng nhập bằng tài khoản của cơ quan để xem lịch tuần.")


def may_keep(actor: Actor, agency: Unit, on: date) -> Verdict:
    """Write the week, let the public see it, take it back: the office chief and the leaders, in their own agency."""
    return allow_if(
        any(actor.holds(role, agency.pk, on) for role in KEEPERS),
        "Chỉ chánh văn phòng hoặc lãnh đạo cơ quan ghi, công khai và gỡ lịch tuần.",
    )

"""Who says how the site of an agency looks."""

from datetime import date

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if, allowed
from tram.organisation.models import Unit


def may_dress(actor: Actor, agency: Unit, on: date) -> Verdict:
    """The agency's office chief, its leaders, its administrator; in their own agency alone."""
    keeps = any(actor.holds(role, agency.pk, on) for role in ("office_chief", "admin_org", "admin_province"))
    return allow_if(
        keeps or actor.leads(agency.pk, on),
        "Chỉ chánh văn phòng, lãnh đạo hoặc quản trị cơ quan đặt diện mạo trang của cơ quan.",
    )


def may_close(actor: Actor) -> Verdict:
    """Take a picture from the public for what was seen on it: told inside the house, which asked its rights."""
    return allowed if actor.is_system else allow_if(actor.account is not None, "Đăng nhập rồi làm lại việc này.")

"""Who says what the public may know of an agency and its people; and of which people."""

from datetime import date

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.organisation.models import Post, Unit

LEADING = 50
"""Below this rank of positions.yaml stand those who lead: of them the public is told (NĐ 42/2022/NĐ-CP Điều 4)."""


def may_publish(actor: Actor, agency: Unit, on: date) -> Verdict:
    """The agency's office chief, its leaders, its administrator; in their own agency alone."""
    keeps = any(actor.holds(role, agency.pk, on) for role in ("office_chief", "admin_org"))
    return allow_if(
        keeps or actor.leads(agency.pk, on),
        "Chỉ chánh văn phòng, lãnh đạo hoặc quản trị cơ quan công bố danh bạ của cơ quan.",
    )


def may_be_listed(post: Post) -> Verdict:
    """Only who leads the agency or a part of it."""
    return allow_if(
        post.rank < LEADING, "Cổng chỉ công bố lãnh đạo cơ quan và lãnh đạo đơn vị; vị trí này không thuộc diện ấy."
    )

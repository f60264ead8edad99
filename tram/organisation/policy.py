"""Who may change the organisation, and who may use its books."""

from datetime import date

from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Verdict, allow_if, allowed
from tram.organisation.models import NumberBook, Post, Unit


def may_arrange(actor: Actor, unit: Unit | None, on: date) -> Verdict:
    """Set up units, posts and people: the agency's administrator in their agency, the province's everywhere."""
    if actor.is_system:
        return allowed
    agency = unit.agency_id if unit else None
    return allow_if(
        rules_all(actor, on) or (agency and actor.holds("admin_org", agency, on)),
        "Chỉ quản trị cơ quan được sửa tổ chức của cơ quan mình; việc chung của tỉnh do quản trị tỉnh làm.",
    )


def may_place(actor: Actor, unit: Unit, on: date) -> Verdict:
    """Move or end a unit: a part by who arranges its agency, an agency by the province's administrator alone."""
    return may_arrange(actor, None if unit.is_agency else unit, on)


def may_grant(actor: Actor, role: str, unit: Unit, on: date) -> Verdict:
    """Give a role over a unit: who arranges the unit; the province's administration only by its administrator."""
    province = role == "admin_province" and not (actor.is_system or rules_all(actor, on))
    return may_arrange(actor, unit, on) & allow_if(not province, "Chỉ quản trị tỉnh giao được quyền quản trị tỉnh.")


def rules_all(actor: Actor, on: date) -> bool:
    """Whether the acting hat is the province's administrator."""
    hat = actor.acting
    return hat is not None and hat.valid(on) and any(g.role == "admin_province" and g.valid(on) for g in hat.grants)


def may_delegate(actor: Actor, giver: Post, role: str, unit: Unit, on: date) -> Verdict:
    """Only one's own role can be lent, from one's own seat, and never one that was lent to oneself."""
    hat = actor.acting
    own = hat is not None and hat.post == giver.pk and hat.principal is None
    granted = giver.grants.filter(role=role, unit=unit, since__lte=on).exclude(until__lt=on).exists()
    return allow_if(own and granted, "Chỉ ủy quyền được quyền của chính mình; quyền được ủy quyền không ủy quyền tiếp.")


def may_set_absence(actor: Actor, post: Post, on: date) -> Verdict:
    """Oneself, one's unit head, a leader or the administrator of the agency."""
    unit = post.unit
    hat = actor.acting
    mine = hat is not None and hat.post == post.pk and hat.principal is None
    above = actor.holds("unit_head", unit.pk, on) or actor.leads(unit.agency_id or 0, on)
    return allow_if(
        mine or above or may_arrange(actor, unit, on),
        "Chỉ người giữ vị trí, lãnh đạo của họ hoặc quản trị cơ quan được ghi vắng mặt.",
    )


def may_keep(actor: Actor, book: NumberBook, on: date) -> Verdict:
    """Use the book: the agency's clerk (NĐ 30/2020 Điều 15, 22)."""
    return allow_if(
        actor.is_system or actor.holds("clerk", book.agency_id, on), f"Chỉ văn thư cơ quan được dùng sổ “{book.name}”."
    )


def may_lock(actor: Actor, book: NumberBook, on: date) -> Verdict:
    """Lock or close a book: the clerk, the office chief or a leader of the agency."""
    roles = ("clerk", "office_chief", *LEADERS)
    return allow_if(
        actor.is_system or any(actor.holds(role, book.agency_id, on) for role in roles),
        "Chỉ văn thư, chánh văn phòng hoặc lãnh đạo cơ quan được khóa sổ.",
    )

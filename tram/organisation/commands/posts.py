"""Posts and people: seats, roles, appointments, delegation, absence."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from tram.audit.commands import atomic, record
from tram.identity.models import Account
from tram.kernel.actors import ROLES, Actor
from tram.kernel.verdicts import Invalid
from tram.organisation.models import Absence, Appointment, Delegation, Post, RoleGrant, Unit
from tram.organisation.policy import may_arrange, may_delegate, may_grant, may_set_absence, rules_all
from tram.organisation.sockets import seatings
from tram.vietnamese.text import tidy


@atomic
def create_post(
    *, actor: Actor, at: datetime, unit: Unit, title: str, since: date, rank: int = 100, roles: list[str] | None = None
) -> Post:
    """Create a seat in a unit with its usual roles: leaders', clerks' and administrators' roles reach the whole agency."""
    may_arrange(actor, unit, at.date()).or_refuse()
    post = Post.objects.create(unit=unit, title=tidy(title), rank=rank, since=since)
    record(
        actor=actor, at=at, what="organisation.post_created", about=post.ref, agency=unit.agency_id, title=post.title
    )
    for role in roles or []:
        grant_role(
            actor=actor, at=at, post=post, role=role, unit=reach(role, unit), since=since, cause=f"vị trí {post.title}"
        )
    return post


def reach(role: str, unit: Unit) -> Unit:
    """The unit over which a role is usually held: specialists and unit heads their unit, all others their agency."""
    if role in ("specialist", "unit_head") or unit.agency is None:
        return unit
    return unit.agency


def _must_shorten(what: str, ends: date | None, until: date) -> None:
    """Ending is not lengthening: what has an end gets an earlier one or none."""
    if ends and until > ends:
        raise Invalid({"until": f"{what} hết ngày {ends:%d/%m/%Y}; chọn ngày đó hoặc trước đó."})


@atomic
def end_post(*, actor: Actor, at: datetime, post: Post, until: date) -> Post:
    """End a seat; whoever sits there leaves it the same day, and its roles end, also those given for longer."""
    may_arrange(actor, post.unit, at.date()).or_refuse()
    _must_shorten("Vị trí này", post.until, until)
    coming = post.appointments.filter(since__gt=until).select_related("account").order_by("since").first()
    if until < post.since or coming:
        reason = f"{coming.account.name} giữ vị trí này" if coming else "Vị trí này có"
        since = coming.since if coming else post.since
        raise Invalid({"until": f"{reason} từ {since:%d/%m/%Y}; chọn ngày đó hoặc sau đó."})
    post.until = until
    post.save(update_fields=["until"])
    lasting = Q(until=None) | Q(until__gt=until)
    post.appointments.filter(lasting).update(until=until)
    post.grants.filter(lasting).update(until=until)
    record(
        actor=actor,
        at=at,
        what="organisation.post_ended",
        about=post.ref,
        agency=post.unit.agency_id,
        title=post.title,
        until=until,
    )
    _tell(actor, at, post)
    return post


def _tell(actor: Actor, at: datetime, post: Post) -> None:
    for _room, room in seatings.items():
        room.changed(actor=actor, at=at, agency=post.unit.agency_id or 0)


@atomic
def grant_role(
    *, actor: Actor, at: datetime, post: Post, role: str, unit: Unit, since: date, cause: str, until: date | None = None
) -> RoleGrant:
    """Give a seat a role over a unit, with the cause that gave it."""
    may_grant(actor, role, unit, at.date()).or_refuse()
    if post.unit.agency_id != unit.agency_id and not (actor.is_system or rules_all(actor, at.date())):
        raise Invalid({"unit": "Chỉ quản trị tỉnh giao được quyền ở cơ quan khác. Chọn đơn vị cùng cơ quan."})
    if role not in ROLES:
        raise Invalid({"role": f"Không có quyền tên “{role}”. Chọn một quyền trong danh sách."})
    grant = RoleGrant.objects.create(post=post, role=role, unit=unit, since=since, until=until, cause=cause)
    record(
        actor=actor,
        at=at,
        what="organisation.role_granted",
        about=post.ref,
        agency=unit.agency_id,
        role=ROLES[role],
        unit=unit.pk,
        cause=cause,
    )
    return grant


@atomic
def withdraw_role(*, actor: Actor, at: datetime, grant: RoleGrant, until: date) -> RoleGrant:
    """Take a role back after the day `until`. Raises Invalid where that would lengthen it: giving is another right."""
    may_arrange(actor, grant.unit, at.date()).or_refuse()
    _must_shorten("Quyền này", grant.until, until)
    grant.until = until
    grant.save(update_fields=["until"])
    record(
        actor=actor,
        at=at,
        what="organisation.role_withdrawn",
        about=grant.post.ref,
        agency=grant.unit.agency_id,
        role=ROLES[grant.role],
        until=until,
    )
    return grant


@atomic
def appoint(
    *,
    actor: Actor,
    at: datetime,
    post: Post,
    account: Account,
    since: date,
    decision: str = "",
    until: date | None = None,
) -> Appointment:
    """Put a person in a seat. A seat has one holder at a time: whoever sat there leaves the day before.

    Raises Invalid where the days do not fit those of the seat or of another holder.
    """
    may_arrange(actor, post.unit, at.date()).or_refuse()
    sitting = post.appointments.filter(until=None).select_for_update().first()
    if sitting:
        if since <= sitting.since:
            raise Invalid(
                {"since": f"{sitting.account.name} giữ vị trí này từ {sitting.since:%d/%m/%Y}; chọn ngày sau đó."}
            )
        sitting.until = since - timedelta(days=1)
        sitting.save(update_fields=["until"])
    _must_fit(post, since, until)
    appointment = Appointment.objects.create(post=post, account=account, since=since, until=until, decision=decision)
    record(
        actor=actor,
        at=at,
        what="organisation.appointed",
        about=post.ref,
        agency=post.unit.agency_id,
        name=account.name,
        account=account.pk,
        title=post.title,
        since=since,
        decision=decision,
    )
    _tell(actor, at, post)
    return appointment


def _must_fit(post: Post, since: date, until: date | None) -> None:
    """The days are days of the seat, and of no other holder."""
    if until and until < since:
        raise Invalid({"until": "Ngày kết thúc phải từ ngày bắt đầu trở đi."})
    if post.until and post.until < since:
        raise Invalid({"since": f"Vị trí này đã kết thúc ngày {post.until:%d/%m/%Y}. Lập vị trí mới."})
    others = post.appointments.exclude(until__lt=since).select_related("account").order_by("since")
    other = (others.filter(since__lte=until) if until else others).first()
    if other:
        days = f"từ {other.since:%d/%m/%Y}" + (f" đến {other.until:%d/%m/%Y}" if other.until else "")
        raise Invalid({"since": f"{other.account.name} giữ vị trí này {days}; chọn ngày khác."})


@atomic
def end_appointment(*, actor: Actor, at: datetime, appointment: Appointment, until: date) -> Appointment:
    """A person leaves a seat after the day `until`; their rights end with it."""
    may_arrange(actor, appointment.post.unit, at.date()).or_refuse()
    if until < appointment.since:
        raise Invalid({"until": f"Phân công này bắt đầu {appointment.since:%d/%m/%Y}; chọn ngày đó hoặc sau đó."})
    _must_shorten("Phân công này", appointment.until, until)
    appointment.until = until
    appointment.save(update_fields=["until"])
    post = appointment.post
    record(
        actor=actor,
        at=at,
        what="organisation.appointment_ended",
        about=post.ref,
        agency=post.unit.agency_id,
        name=appointment.account.name,
        title=post.title,
        until=until,
    )
    _tell(actor, at, post)
    return appointment


@atomic
def delegate(
    *,
    actor: Actor,
    at: datetime,
    giver: Post,
    taker: Post,
    role: str,
    unit: Unit,
    since: date,
    until: date,
    document: str,
) -> Delegation:
    """Lend one's role in writing and for a time (ủy quyền); it cannot be lent on."""
    may_delegate(actor, giver, role, unit, at.date()).or_refuse()
    errors = {}
    if until < since:
        errors["until"] = "Ngày kết thúc phải từ ngày bắt đầu trở đi."
    if taker.unit.agency_id != giver.unit.agency_id:
        errors["taker"] = "Chỉ ủy quyền cho người cùng cơ quan."
    if not document:
        errors["document"] = "Ghi số văn bản ủy quyền, ví dụ 12/GUQ-SKHCN."
    if errors:
        raise Invalid(errors)
    lent = Delegation.objects.create(
        giver=giver, taker=taker, role=role, unit=unit, since=since, until=until, document=document
    )
    record(
        actor=actor,
        at=at,
        what="organisation.delegated",
        about=taker.ref,
        agency=unit.agency_id,
        role=ROLES[role],
        until=until,
        document=document,
        giver=giver.pk,
    )
    return lent


@atomic
def end_delegation(*, actor: Actor, at: datetime, delegation: Delegation, until: date) -> Delegation:
    """Take a lent role back before its day."""
    may_set_absence(actor, delegation.giver, at.date()).or_refuse()
    _must_shorten("Ủy quyền này", delegation.until, until)
    delegation.until = until
    delegation.save(update_fields=["until"])
    record(
        actor=actor,
        at=at,
        what="organisation.delegation_ended",
        about=delegation.taker.ref,
        agency=delegation.unit.agency_id,
        role=ROLES[delegation.role],
        until=until,
    )
    return delegation


@atomic
def set_absence(
    *, actor: Actor, at: datetime, post: Post, substitute: Post, since: date, until: date, reason: str
) -> Absence:
    """The holder of a post is away; the substitute acts for them on those days ("A thay B")."""
    may_set_absence(actor, post, at.date()).or_refuse()
    errors = {}
    if until < since:
        errors["until"] = "Ngày trở lại phải từ ngày bắt đầu vắng trở đi."
    if substitute.pk == post.pk:
        errors["substitute"] = "Chọn một vị trí khác làm thay."
    elif substitute.unit.agency_id != post.unit.agency_id:
        errors["substitute"] = "Người làm thay phải cùng cơ quan."
    if errors:
        raise Invalid(errors)
    absence = Absence.objects.create(post=post, substitute=substitute, since=since, until=until, reason=reason)
    record(
        actor=actor,
        at=at,
        what="organisation.absence_set",
        about=post.ref,
        agency=post.unit.agency_id,
        since=since,
        until=until,
        substitute=substitute.title,
        reason=reason,
    )
    return absence


@atomic
def end_absence(*, actor: Actor, at: datetime, absence: Absence, until: date) -> Absence:
    """The holder is back; the substitute's hat ends after the day `until`."""
    may_set_absence(actor, absence.post, at.date()).or_refuse()
    if until > absence.until:
        raise Invalid({"until": f"Đã ghi vắng đến {absence.until:%d/%m/%Y}; vắng thêm thì ghi một lần vắng mới."})
    absence.until = until
    absence.save(update_fields=["until"])
    record(
        actor=actor,
        at=at,
        what="organisation.absence_ended",
        about=absence.post.ref,
        agency=absence.post.unit.agency_id,
        until=until,
    )
    return absence

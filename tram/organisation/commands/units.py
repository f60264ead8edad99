"""Units in time: create, rename, move, abolish; identification codes; the areas of the map."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, WrongState, allow_if
from tram.organisation.commands.posts import end_post
from tram.organisation.models import AgencyCode, Area, Post, Unit, UnitSuccession, UnitVersion
from tram.organisation.policy import may_arrange, may_place
from tram.organisation.sockets import ties_above
from tram.organisation.states import CODE_SCHEMES
from tram.vietnamese.text import fold, tidy


def search_key(name: str, abbr: str) -> str:
    """What a unit is found by: its abbreviation and its name without marks."""
    return fold(f"{abbr} {name}")


@atomic
def create_unit(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    name: str,
    abbr: str,
    parent: Unit | None,
    since: date,
    is_agency: bool = False,
    area: Area | None = None,
    order: int = 0,
) -> Unit:
    """Create an agency (own books, own seal; by the province's administrator) or a part of one, below `parent`."""
    may_arrange(actor, None if is_agency else parent, at.date()).or_refuse()
    name, abbr = tidy(name), tidy(abbr)
    if not name or not abbr:
        raise Invalid({"name": "Nhập tên đơn vị và chữ viết tắt dùng trong ký hiệu văn bản, ví dụ STTTT."})
    if not (is_agency or parent):
        raise Invalid({"parent": "Chọn cơ quan mà đơn vị này thuộc về."})
    unit = Unit.objects.create(
        kind=kind,
        is_agency=is_agency,
        parent=parent,
        name=name,
        abbr=abbr,
        search_key=search_key(name, abbr),
        order=order,
        area=area,
        founded_on=since,
        agency=None if is_agency else parent and parent.agency,
    )
    _settle(unit, parent, since)
    agency = unit.agency_id
    record(actor=actor, at=at, what="organisation.unit_created", about=unit.ref, agency=agency, name=name, kind=kind)
    return unit


def _settle(unit: Unit, parent: Unit | None, since: date) -> None:
    if unit.is_agency:
        unit.agency = unit
        unit.save(update_fields=["agency"])
    UnitVersion.objects.create(unit=unit, name=unit.name, abbr=unit.abbr, parent=parent, since=since)


@atomic
def rename_unit(
    *, actor: Actor, at: datetime, unit: Unit, name: str, abbr: str, since: date, decision: str
) -> UnitVersion:
    """Rename a unit from a day on. Old papers keep the old name; both names find it."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    may_arrange(actor, unit, at.date()).or_refuse()
    last = _last_version(unit)
    version = _new_version(last, since=since, name=tidy(name), abbr=tidy(abbr), parent=last.parent, decision=decision)
    apply_version(unit, version, at.date())
    record(
        actor=actor, at=at, what="organisation.unit_renamed", about=unit.ref, agency=unit.agency_id, before=last.name,
        name=version.name, since=since, decision=decision,
    )  # fmt: skip
    return version


@atomic
def move_unit(
    *, actor: Actor, at: datetime, unit: Unit, parent: Unit, since: date, decision: str, reason: str
) -> UnitVersion:
    """Put a unit below another parent from a day on: a part within its agency, an agency below another agency.

    Raises Invalid where the place does not fit, WrongState for a unit that has ended.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    may_place(actor, unit, at.date()).or_refuse()
    last = _last_version(unit)
    _must_fit_below(unit, last, parent, since)
    version = _new_version(last, since=since, name=last.name, abbr=last.abbr, parent=parent, decision=decision)
    apply_version(unit, version, at.date())
    record(
        actor=actor, at=at, what="organisation.unit_moved", about=unit.ref, agency=unit.agency_id, name=version.name,
        parent=parent.pk, parent_name=parent.name, since=since, decision=decision, reason=reason,
    )  # fmt: skip
    return version


def _must_fit_below(unit: Unit, last: UnitVersion, parent: Unit, since: date) -> None:
    wrong = ""
    if unit.pk in lineage(parent):
        wrong = f"{parent.name} thuộc {unit.name}, nên {unit.name} không thể chuyển vào đó."
    elif parent.abolished_on and parent.abolished_on < since:
        wrong = f"{parent.name} chấm dứt hoạt động sau ngày {parent.abolished_on:%d/%m/%Y}. Chọn đơn vị còn hoạt động."
    elif parent.pk == last.parent_id:
        wrong = f"{unit.name} đang thuộc {parent.name}. Chọn đơn vị khác."
    elif unit.is_agency and not parent.is_agency:
        wrong = f"{unit.name} là cơ quan có sổ và con dấu riêng, nên cấp trên phải là một cơ quan."
    elif not unit.is_agency and parent.agency_id != unit.agency_id:
        wrong = "Sang cơ quan khác thì lập đơn vị mới ở cơ quan nhận, rồi chấm dứt đơn vị này và ghi đơn vị kế thừa."
    if wrong:
        raise Invalid({"parent": wrong})


@atomic
def abolish_unit(
    *, actor: Actor, at: datetime, unit: Unit, on: date, decision: str, successors: list[Unit], reason: str
) -> Unit:
    """End a unit after the day `on`, its seats with it; `successors` take over. Nothing of it is deleted.

    Books stay open for papers that come late. Raises Invalid while parts still belong to it, and when
    the day has passed and work of it is still open; WrongState for a unit that has ended.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    may_place(actor, unit, at.date()).or_refuse()
    last = _last_version(unit)
    _must_stand_empty(unit, last, on, at.date())
    _must_outlive(unit, successors, on)
    unit.abolished_on = on
    unit.save(update_fields=["abolished_on"])
    last.until = on
    last.save(update_fields=["until"])
    for post in Post.objects.filter(Q(until=None) | Q(until__gt=on), unit=unit).select_related("unit").order_by("pk"):
        end_post(actor=actor, at=at, post=post, until=on)
    for successor in successors:
        UnitSuccession.objects.create(old=unit, new=successor, on=on, decision=decision)
    record(
        actor=actor, at=at, what="organisation.unit_abolished", about=unit.ref, agency=unit.agency_id, name=last.name,
        on=on, decision=decision, successors=[successor.pk for successor in successors], reason=reason,
    )  # fmt: skip
    return unit


def _must_stand_empty(unit: Unit, last: UnitVersion, on: date, today: date) -> None:
    if on < last.since:
        raise Invalid({"on": f"Chọn ngày từ {last.since:%d/%m/%Y} trở đi, ngày của tên đang dùng."})
    parts = UnitVersion.objects.filter(Q(until=None) | Q(until__gt=on), parent=unit).order_by("unit__order", "unit_id")
    names = list(parts.values_list("name", flat=True)[:4])
    if names:
        more = ", …" if len(names) > 3 else ""
        told = f"{', '.join(names[:3])}{more} còn thuộc {unit.name}. Chuyển đi hoặc chấm dứt các đơn vị ấy trước."
        raise Invalid({"on": told})
    left = [tie.words for tie in ties_above(unit, on) if tie.is_open] if on < today else []
    if left:
        raise Invalid(
            {"on": f"Ngày này đã qua mà còn {', '.join(left)}. Giải quyết hoặc chuyển hết, hay chọn ngày khác."}
        )


def _must_outlive(unit: Unit, successors: list[Unit], on: date) -> None:
    for successor in successors:
        if successor.pk == unit.pk:
            raise Invalid({"successors": f"{unit.name} không tự kế thừa mình. Chọn đơn vị khác, hoặc để trống."})
        if successor.abolished_on and successor.abolished_on <= on:
            told = f"{successor.name} chấm dứt hoạt động sau ngày {successor.abolished_on:%d/%m/%Y}. Chọn đơn vị khác."
            raise Invalid({"successors": told})


def _last_version(unit: Unit) -> UnitVersion:
    """The version that has no end. Raises WrongState for a unit that has ended, or will."""
    if unit.abolished_on:
        raise WrongState(f"{unit.name} đã chấm dứt hoạt động sau ngày {unit.abolished_on:%d/%m/%Y}.")
    return unit.versions.select_related("parent").get(until=None)


def _new_version(
    last: UnitVersion, *, since: date, name: str, abbr: str, parent: Unit | None, decision: str
) -> UnitVersion:
    if since <= last.since:
        raise Invalid({"since": f"Ngày có hiệu lực phải sau {last.since:%d/%m/%Y}, ngày của tên đang dùng."})
    last.until = since - timedelta(days=1)
    last.save(update_fields=["until"])
    return UnitVersion.objects.create(
        unit=last.unit, name=name, abbr=abbr, parent=parent, since=since, decision=decision
    )


@atomic
def turn_units(*, actor: Actor, at: datetime) -> int:
    """Make today's the names and parents whose day has come since they were decided; how many units changed.

    Each change was recorded when it was decided, and is recorded as having come once more. Run twice, it does nothing.
    """
    today = at.date()
    allow_if(actor.is_system, "Việc này chạy tự động mỗi đêm.").or_refuse()
    current = UnitVersion.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    due = [v for v in current.select_related("unit").order_by("unit_id") if _words(v) != _words(v.unit)]
    for version in due:
        unit = Unit.objects.select_for_update().get(pk=version.unit_id)
        apply_version(unit, version, today)
        record(
            actor=actor, at=at, what="organisation.unit_turned", about=unit.ref, agency=unit.agency_id,
            name=version.name, since=version.since,
        )  # fmt: skip
    return len(due)


def _words(thing: Unit | UnitVersion) -> tuple[str, str, int | None]:
    return thing.name, thing.abbr, thing.parent_id


def apply_version(unit: Unit, version: UnitVersion, on: date) -> None:
    """Make a version today's, when its day has come; `turn_units` does it for days that came meanwhile."""
    if version.since > on:
        return
    unit.name, unit.abbr, unit.parent = version.name, version.abbr, version.parent
    unit.search_key = search_key(version.name, version.abbr)
    unit.save(update_fields=["name", "abbr", "parent", "search_key"])


def lineage(unit: Unit | None) -> list[int]:
    """The unit and everything above it, nearest first."""
    line: list[int] = []
    while unit is not None:
        line.append(unit.pk)
        unit = unit.parent
    return line


@atomic
def give_code(*, actor: Actor, at: datetime, unit: Unit, scheme: str, code: str, since: date) -> AgencyCode:
    """Give an agency its identification code in one scheme, from a day on; the code before it ends there."""
    may_arrange(actor, unit, at.date()).or_refuse()
    taken = AgencyCode.objects.filter(scheme=scheme, code=code, until=None).exclude(unit=unit).first()
    if taken:
        raise Invalid({"code": f"Mã {code} đang thuộc {taken.unit.name}. Kết thúc mã ở đó trước."})
    unit.codes.filter(scheme=scheme, until=None).update(until=since - timedelta(days=1))
    given = AgencyCode.objects.create(unit=unit, scheme=scheme, code=code, since=since)
    record(
        actor=actor,
        at=at,
        what="organisation.code_given",
        about=unit.ref,
        agency=unit.agency_id,
        scheme=CODE_SCHEMES.get(scheme, scheme),
        code=code,
    )
    return given

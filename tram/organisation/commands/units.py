"""Units in time: create, rename, move, abolish; identification codes; the areas of the map (domain.md 3.1, 7)."""

from datetime import date, datetime, timedelta

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import AgencyCode, Area, Unit, UnitSuccession, UnitVersion
from tram.organisation.policy import may_arrange
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
    """Create an agency (own books, own seal) or a part of one, below `parent`."""
    may_arrange(actor, parent, at.date()).or_refuse()
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
    before = unit.name
    version = _new_version(unit, since=since, name=tidy(name), abbr=tidy(abbr), parent=unit.parent, decision=decision)
    apply_version(unit, version, at.date())
    record(
        actor=actor,
        at=at,
        what="organisation.unit_renamed",
        about=unit.ref,
        agency=unit.agency_id,
        before=before,
        name=version.name,
        since=since,
        decision=decision,
    )
    return version


@atomic
def move_unit(*, actor: Actor, at: datetime, unit: Unit, parent: Unit, since: date, decision: str) -> UnitVersion:
    """Put a unit below another parent from a day on."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    may_arrange(actor, unit, at.date()).or_refuse()
    if unit.pk in lineage(parent):
        raise Invalid({"parent": f"{parent.name} thuộc {unit.name}, nên {unit.name} không thể chuyển vào đó."})
    version = _new_version(unit, since=since, name=unit.name, abbr=unit.abbr, parent=parent, decision=decision)
    apply_version(unit, version, at.date())
    record(
        actor=actor,
        at=at,
        what="organisation.unit_moved",
        about=unit.ref,
        agency=unit.agency_id,
        name=unit.name,
        parent=parent.pk,
        since=since,
        decision=decision,
    )
    return version


@atomic
def abolish_unit(*, actor: Actor, at: datetime, unit: Unit, on: date, decision: str, successors: list[Unit]) -> Unit:
    """End a unit after the day `on`; `successors` take over. Nothing of it is deleted."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    may_arrange(actor, unit, at.date()).or_refuse()
    if unit.abolished_on:
        raise WrongState(f"{unit.name} đã chấm dứt hoạt động từ {unit.abolished_on:%d/%m/%Y}.")
    last = unit.versions.get(until=None)
    if on < last.since:
        raise Invalid({"on": f"Chọn ngày từ {last.since:%d/%m/%Y} trở đi, ngày của tên đang dùng."})
    unit.abolished_on = on
    unit.save(update_fields=["abolished_on"])
    last.until = on
    last.save(update_fields=["until"])
    for successor in successors:
        UnitSuccession.objects.create(old=unit, new=successor, on=on, decision=decision)
    record(
        actor=actor,
        at=at,
        what="organisation.unit_abolished",
        about=unit.ref,
        agency=unit.agency_id,
        name=unit.name,
        on=on,
        decision=decision,
        successors=[successor.pk for successor in successors],
    )
    return unit


def _new_version(unit: Unit, *, since: date, name: str, abbr: str, parent: Unit | None, decision: str) -> UnitVersion:
    last = unit.versions.get(until=None)
    if since <= last.since:
        raise Invalid({"since": f"Ngày có hiệu lực phải sau {last.since:%d/%m/%Y}, ngày của tên đang dùng."})
    last.until = since - timedelta(days=1)
    last.save(update_fields=["until"])
    return UnitVersion.objects.create(unit=unit, name=name, abbr=abbr, parent=parent, since=since, decision=decision)


def apply_version(unit: Unit, version: UnitVersion, on: date) -> None:
    """Make a version today's, when its day has come; the nightly job calls it for days that came meanwhile."""
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
        scheme=scheme,
        code=code,
    )
    return given

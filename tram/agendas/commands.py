"""Commands on the weekly schedule: items are entered, amended and dropped in the house; a week is let out in one act, and taken back."""

from datetime import date, datetime, time
from typing import Any, NamedTuple

from tram.agendas.models import Item, Publication
from tram.agendas.policy import may_keep
from tram.agendas.queries import Week, entries_to_publish, public_week, published
from tram.agendas.rules import Entry
from tram.agendas.sockets import faces
from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.organisation.models import Unit
from tram.vietnamese.dates import short


class Told(NamedTuple):
    """Một mục lịch như được ghi."""

    day: date
    begins: time
    what: str
    ends: time | None = None
    place: str = ""
    chair: str = ""
    is_public: bool = True


@atomic
def enter(*, actor: Actor, at: datetime, agency: Unit, told: Told) -> Item:
    """Write an item into the agency's schedule. Outsiders see nothing of it before the week is published."""
    actor = entitled(actor, agency, may_keep, at.date())
    _must_fit(told)
    item = Item.objects.create(agency=agency, **told._asdict())
    _record(actor, at, item, what="agendas.entered")
    return item


@atomic
def amend(*, actor: Actor, at: datetime, item: Item, told: Told) -> Item:
    """Write an item anew; what is public of it stays until the week is published again."""
    item = _lock(item)
    actor = entitled(actor, item.agency, may_keep, at.date())
    _must_fit(told)
    for name, value in told._asdict().items():
        setattr(item, name, value)
    item.save(update_fields=list(told._fields))
    _record(actor, at, item, what="agendas.amended")
    return item


@atomic
def drop(*, actor: Actor, at: datetime, item: Item) -> None:
    """Take an item out of the schedule; what is public of it stays until the week is published again."""
    item = _lock(item)
    actor = entitled(actor, item.agency, may_keep, at.date())
    item.dropped_at = at
    item.save(update_fields=["dropped_at"])
    _record(actor, at, item, what="agendas.dropped")


def _lock(item: Item) -> Item:
    found = Item.objects.select_for_update(of=("self",)).select_related("agency").get(pk=item.pk)
    if found.dropped_at:
        raise WrongState("Mục này đã được bỏ khỏi lịch.")
    return found


def _must_fit(told: Told) -> None:
    wrong = {}
    if not told.what:
        wrong["what"] = "Ghi việc gì, ví dụ “Họp giao ban tháng 11”."
    if told.ends and told.ends <= told.begins:
        wrong["ends"] = "Giờ kết thúc phải sau giờ bắt đầu."
    if wrong:
        raise Invalid(wrong)


@atomic
def publish(*, actor: Actor, at: datetime, agency: Unit, monday: date) -> Publication:
    """Let everybody see the public items of a week as they stand now; a public week anew, with what changed.

    Raises WrongState where there is nothing to see and where all of it is public already.
    """
    agency = Unit.objects.select_for_update(no_key=True).get(pk=agency.pk)
    actor = entitled(actor, agency, may_keep, at.date())
    entries = entries_to_publish(agency.pk, monday)
    editions = published(agency.pk, monday)
    before = editions[0] if editions and editions[0].until_at is None else None
    if before is None and not entries:
        raise WrongState(
            "Tuần này chưa có mục nào để công khai. Ghi lịch, hoặc đánh dấu mục là công khai, rồi bấm lại."
        )
    was = [Entry.unpacked(one) for one in before.items] if before else []
    if before and was == entries:
        raise WrongState("Cổng đang cho xem lịch tuần này đúng như vậy.")
    if before:
        _end(before, at, "Công khai lại")
    assert actor.account is not None, "a person makes it public"
    out = Publication.objects.create(
        agency=agency, monday=monday, edition=editions[0].edition + 1 if editions else 1,
        items=[one.packed() for one in entries], publisher_id=actor.account, publisher_name=actor.name, since_at=at,
    )  # fmt: skip
    shown = public_week(agency.pk, monday)
    assert isinstance(shown, Week), "it was let out just now"
    told = {"items": len(entries), "edition": out.edition, "digest": shown.digest}
    _record_week(actor, at, out, what="agendas.published", **told)
    _tell(actor, at, agency.pk)
    return out


@atomic
def withdraw(*, actor: Actor, at: datetime, agency: Unit, monday: date, reason: str) -> None:
    """Take a week from the public at once. The reason stays in the house."""
    agency = Unit.objects.select_for_update(no_key=True).get(pk=agency.pk)
    actor = entitled(actor, agency, may_keep, at.date())
    need_reason(reason, "Lịch có việc chưa được công khai")
    out = next(iter(published(agency.pk, monday)), None)
    if out is None or out.until_at is not None:
        raise WrongState("Lịch tuần này không ở trên cổng.")
    _end(out, at, reason.strip())
    _record_week(actor, at, out, what="agendas.withdrawn", reason=out.ended_for)
    _tell(actor, at, agency.pk)


def _end(out: Publication, at: datetime, why: str) -> None:
    out.until_at, out.ended_for = at, why[:500]
    out.save(update_fields=["until_at", "ended_for"])


def _tell(actor: Actor, at: datetime, agency: int) -> None:
    for _room, face in faces.items():
        face.changed(actor=actor, at=at, agency=agency)


def _record(actor: Actor, at: datetime, item: Item, *, what: str) -> None:
    record(actor=actor, at=at, what=what, about=item.ref, agency=item.agency_id, day=short(item.day), title=item.what)


def _record_week(actor: Actor, at: datetime, out: Publication, *, what: str, **more: Any) -> None:
    record(
        actor=actor, at=at, what=what, about=out.agency.ref, agency=out.agency_id, monday=short(out.monday), publication=out.pk, **more,
    )  # fmt: skip

"""Commands on what the public may know of an agency and its people: told by an act, told anew, taken back."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.contacts.models import Publication
from tram.contacts.policy import may_be_listed, may_publish
from tram.contacts.queries import about_of, digest, open_rows
from tram.contacts.rules import Told as Told
from tram.contacts.rules import must_fit
from tram.contacts.sockets import faces
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import WrongState, need_reason
from tram.organisation.models import Post, Unit
from tram.organisation.queries import seat


@atomic
def publish_agency(*, actor: Actor, at: datetime, agency: Unit, told: Told) -> Publication:
    """Let everybody know what the agency does and how it is reached; anew where it stands there already.

    Raises Refused for others, Invalid for what cannot be reached, WrongState where the same is public.
    """
    agency = _lock(agency)
    actor = entitled(actor, agency, may_publish, at.date())
    must_fit(told, is_agency=True)
    return _publish(actor, at, agency, told, agency.name)


@atomic
def publish_person(*, actor: Actor, at: datetime, post: Post, told: Told) -> Publication:
    """Let everybody know who holds a leading post, which part of the work is theirs and how they are reached.

    A spokesperson needs telephone and e-mail. Raises WrongState for an empty post and before the agency itself is public.
    """
    agency = _lock(Unit(pk=post.unit.agency_id))
    actor = entitled(actor, agency, may_publish, at.date())
    may_be_listed(post).or_refuse()
    must_fit(told, is_agency=False)
    holder = seat(post.pk, at.date())
    if holder is None or holder.account is None:
        raise WrongState("Vị trí này đang khuyết, chưa có người để công bố.")
    if not open_rows(agency.pk).filter(post=None).exists():
        raise WrongState("Công bố thông tin liên hệ của cơ quan trước, rồi đến từng người.")
    return _publish(actor, at, agency, told, holder.name, post=post.pk, account=holder.account)


def _publish(
    actor: Actor, at: datetime, agency: Unit, told: Told, name: str, post: int | None = None, account: int | None = None
) -> Publication:
    before = open_rows(agency.pk).filter(post=post).first()
    if before and (before.name, before.account_id, Told.of(before)) == (name, account, told):
        raise WrongState("Cổng đang cho xem đúng như vậy.")
    if before:
        _end(before, at, "Công bố lại")
    assert actor.account is not None, "a person makes it public"
    out = Publication.objects.create(
        agency=agency, post_id=post, account_id=account, name=name, publisher_id=actor.account, publisher_name=actor.name,
        since_at=at, **told._asdict(),
    )  # fmt: skip
    what = "contacts.person_published" if post else "contacts.agency_published"
    _record(actor, at, out, what=what, digest=digest(out))
    tell(actor, at, agency.pk)
    return out


@atomic
def withdraw_agency(*, actor: Actor, at: datetime, agency: Unit, reason: str) -> None:
    """Take the agency and all its people from the public at once. The reason stays in the house."""
    agency = _lock(agency)
    actor = entitled(actor, agency, may_publish, at.date())
    need_reason(reason, "Cơ quan chuyển trụ sở, đang sửa địa chỉ")
    card = open_rows(agency.pk).filter(post=None).first()
    if card is None:
        raise WrongState("Cơ quan không còn ở trên cổng.")
    people = list(open_rows(agency.pk).exclude(post=None).select_related("post"))
    for row in people:
        _end(row, at, reason.strip())
        _record(actor, at, row, what="contacts.person_withdrawn", reason=row.ended_for)
    _end(card, at, reason.strip())
    _record(actor, at, card, what="contacts.agency_withdrawn", reason=card.ended_for, people=len(people))
    tell(actor, at, agency.pk)


@atomic
def withdraw_person(*, actor: Actor, at: datetime, post: Post, reason: str) -> None:
    """Take one person from the public at once."""
    agency = _lock(Unit(pk=post.unit.agency_id))
    actor = entitled(actor, agency, may_publish, at.date())
    need_reason(reason, "Đang điều động")
    out = open_rows(agency.pk).filter(post=post).first()
    if out is None:
        raise WrongState("Người này không còn ở trên cổng.")
    _end(out, at, reason.strip())
    _record(actor, at, out, what="contacts.person_withdrawn", reason=out.ended_for)
    tell(actor, at, agency.pk)


def tell(actor: Actor, at: datetime, agency: int) -> None:
    """Part: the rooms that show contacts are told, in this transaction, that what is public has changed."""
    for _room, face in faces.items():
        face.changed(actor=actor, at=at, agency=agency)


def _lock(agency: Unit) -> Unit:
    """One act on an agency's contacts at a time."""
    return Unit.objects.select_for_update(no_key=True).get(pk=agency.pk)


def _end(out: Publication, at: datetime, why: str) -> None:
    out.until_at, out.ended_for = at, why[:500]
    out.save(update_fields=["until_at", "ended_for"])


def _record(actor: Actor, at: datetime, out: Publication, *, what: str, **more: object) -> None:
    record(
        actor=actor, at=at, what=what, about=about_of(out), agency=out.agency_id, name=out.name, publication=out.pk,
        **({"title": out.post.title} if out.post else {}), **more,
    )  # fmt: skip

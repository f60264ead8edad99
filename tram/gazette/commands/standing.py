"""Parts of the commands: an open row ends, the days on which documents hold are derived anew, whoever shows them is told."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from tram.files.queries import Card
from tram.gazette.models import Link, Paper, Publication
from tram.gazette.queries.log import held_still, open_row
from tram.gazette.queries.relations import Target, linked, links_to
from tram.gazette.rules import days_of
from tram.gazette.sockets import faces
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid, WrongState
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.proofs import is_in_force


def must_fit(reviewed: bool, since: date | None, until: date | None) -> None:
    """Raise Invalid without `reviewed` and for days that do not fit."""
    wrong = {}
    if not reviewed:
        wrong["reviewed"] = "Đọc lại văn bản và các tệp rồi đánh dấu ô này; người đánh dấu chịu trách nhiệm."
    if until and not since:
        wrong["effective_on"] = "Nhập ngày bắt đầu có hiệu lực, vì đã nhập ngày hết hiệu lực."
    elif since and until and until < since:
        wrong["effective_until"] = "Ngày hết hiệu lực không đứng trước ngày bắt đầu có hiệu lực."
    if wrong:
        raise Invalid(wrong)


def none_locked(held: Sequence[Card]) -> Sequence[Card]:
    """The cards as they are, and stay until the command commits: a stamp of secrecy seen meanwhile waits, and closes what came out."""
    now = held_still([card.id for card in held])
    if any(card.is_locked for card in now):
        raise WrongState("Một tệp của văn bản đang khóa vì nghi mang dấu độ mật. Văn thư trả lời về tệp ấy trước đã.")
    return now


def locked(paper: Paper) -> Paper:
    """The paper as it is now, locked until the command commits."""
    return Paper.objects.select_for_update(of=["self"]).get(pk=paper.pk)


def let_out(thing: Outgoing | Paper, actor: Actor, at: datetime, slug: str, told: dict[str, Any]) -> Publication:
    """Part: a new open row in the place of the present one, at the address that the first of them got."""
    of: dict[str, Any] = {"letter": thing} if isinstance(thing, Outgoing) else {"paper": thing}
    earliest = Publication.objects.filter(**of).order_by("pk").first()
    assert actor.account is not None, "a person lets it out"
    if before := open_row(thing):
        end(before, at, "Công khai lại")
    return Publication.objects.create(
        **of, agency_id=thing.agency_id, slug=earliest.slug if earliest else slug, publisher_id=actor.account,
        publisher_name=actor.name, first_at=earliest.first_at if earliest else at, since_at=at, **told,
    )  # fmt: skip


def link(out: Publication, targets: Iterable[Target]) -> None:
    """Write what a document says of others."""
    Link.objects.bulk_create(
        Link(
            publication=out, agency_id=out.agency_id, how=one.how, code=one.code, issued_date=one.day, slug=one.slug,
            from_on=out.effective_on or out.issued_date,
        )
        for one in targets
    )  # fmt: skip


def end(out: Publication, at: datetime, why: str) -> None:
    """A row ends, once."""
    out.until_at, out.ended_for = at, why
    out.save(update_fields=["until_at", "ended_for"])


def stand(at: datetime, rows: Iterable[Publication]) -> None:
    """Derive when these hold from what stands open now."""
    for out in rows:
        letter = out.letter
        ended_on = local_day(letter.changed_at) if letter and not is_in_force(letter) else None
        links = [(one.how, one.from_on) for one in links_to(out)]
        days = days_of(out.effective_on, out.effective_until, links, ended_on)
        if (days.lapses, days.changed) != (out.lapses_on, out.changed_on):
            out.lapses_on, out.changed_on = days.lapses, days.changed
            out.save(update_fields=["lapses_on", "changed_on"])


def tell(actor: Actor, at: datetime, out: Publication, *, is_less: bool, before: Sequence[Publication] = ()) -> None:
    """Part: the rooms that show documents are told, in this transaction, what has changed: of this one and of those that it names.

    `before`: those that the row which ended named.
    """
    around = {one.pk: one for one in (*before, *linked(out))}
    stand(at, around.values())
    if out.until_at is None:
        stand(at, [out])
    for _room, face in faces.items():
        face.changed(actor=actor, at=at, ref=out.ref, agency=out.agency_id, is_less=is_less)
        for one in around.values():
            face.changed(actor=actor, at=at, ref=one.ref, agency=one.agency_id, is_less=False)

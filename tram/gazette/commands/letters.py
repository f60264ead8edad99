"""Commands on what of a letter is public: published in one act, taken back, closed when a stamp of secrecy is seen."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.gazette.commands.standing import end, let_out, locked, must_fit, none_locked, tell
from tram.gazette.models import Paper, Publication
from tram.gazette.policy import may_be_public, may_close, may_publish, may_withdraw
from tram.gazette.queries.log import files_of, holding, kinds, open_row, signer_of
from tram.gazette.queries.public import as_shown, digest
from tram.gazette.queries.relations import linked
from tram.gazette.rules import LONGEST_REASON, slug_of, topics
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.outgoing.commands.cards import lock
from tram.outgoing.models import Outgoing

SECRET = "Tệp mang dấu độ mật"


@atomic
def publish(
    *, actor: Actor, at: datetime, letter: Outgoing, reviewed: bool, effective_on: date | None = None,
    effective_until: date | None = None, left_out: Collection[UUID] = (), topic: str = "",
) -> Publication:  # fmt: skip
    """Make a letter public with its page and its annexes but those `left_out`; a public one anew, with what is told now.

    `reviewed`: the actor has read it again for what nobody outside may know. Both days are the first and the last on which
    the letter holds. Raises Refused for what may never be public, Invalid without `reviewed` and for days that do not
    fit, WrongState while a file is locked and where all of this stands on the portal already.
    """
    letter = lock(letter)
    actor = entitled(actor, letter, may_publish, at.date())
    may_be_public(letter).or_refuse()
    must_fit(reviewed, effective_on, effective_until)
    held = none_locked(files_of(letter))
    shown = [held[0], *(card for card in held[1:] if card.id not in left_out)]
    files = [{"id": str(card.id), "sha256": card.sha256} for card in shown]
    before = open_row(letter)
    agreed = (effective_on, effective_until, files, topic if topic in topics() else "")
    if before and (before.effective_on, before.effective_until, before.files, before.topic) == agreed:
        raise WrongState("Văn bản đang công khai đúng như vậy.")
    assert letter.issued_date is not None, "what has left has its day"
    out = let_out(
        letter, actor, at, slug_of(kinds()[letter.kind], letter.code, letter.issued_date, letter.pk),
        {
            "kind": letter.kind, "code": letter.code, "subject": letter.subject, "issued_date": letter.issued_date,
            "signer": signer_of(letter), "effective_on": agreed[0], "effective_until": agreed[1], "files": files,
            "topic": agreed[3],
        },
    )  # fmt: skip
    record(
        actor=actor, at=at, what="gazette.published", about=letter.ref, agency=letter.agency_id, code=letter.code,
        slug=out.slug, files=len(files), publication=out.pk, effective_on=effective_on and effective_on.isoformat(),
        effective_until=effective_until and effective_until.isoformat(), digest=digest(as_shown(out, at)),
    )  # fmt: skip
    tell(actor, at, out, is_less=before is not None)
    return out


@atomic
def withdraw(*, actor: Actor, at: datetime, letter: Outgoing, reason: str) -> Publication:
    """Take a letter from the public at once: its page, its files, and where lists, feeds and the search name it.

    The reason stays in the house. Raises WrongState for a letter that is not public, Invalid without a reason.
    """
    return take_back(actor, at, lock(letter), reason)


@atomic
def withdraw_paper(*, actor: Actor, at: datetime, paper: Paper, reason: str) -> Publication:
    """Take it from the public at once. The reason stays in the house; raises as `withdraw`."""
    return take_back(actor, at, locked(paper), reason)


def take_back(actor: Actor, at: datetime, thing: Outgoing | Paper, reason: str) -> Publication:
    """Part: a letter or paper that is locked, taken from the public for a reason."""
    actor = entitled(actor, thing, may_withdraw, at.date())
    need_reason(reason, "Phụ lục có số điện thoại riêng của công dân")
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"Lý do dài quá {LONGEST_REASON} chữ. Viết ngắn lại."})
    out = open_row(thing)
    if out is None:
        raise WrongState("Văn bản này không còn ở trên cổng.")
    _ended(actor, at, out, "gazette.withdrawn", reason.strip())
    return out


@atomic
def close(*, actor: Actor, at: datetime, file: UUID) -> None:
    """A stamp of secrecy was seen on a file: each document that shows it leaves the portal until a person publishes it again."""
    may_close(actor).or_refuse()
    for thing in holding(file):
        out = open_row(lock(thing) if isinstance(thing, Outgoing) else locked(thing))
        if out is not None:
            _ended(actor, at, out, "gazette.closed", SECRET)


def _ended(actor: Actor, at: datetime, out: Publication, what: str, why: str) -> None:
    named = linked(out)
    end(out, at, why)
    record(
        actor=actor, at=at, what=what, about=out.about, agency=out.agency_id, code=out.code, reason=why,
        publication=out.pk,
    )  # fmt: skip
    tell(actor, at, out, is_less=True, before=named)

"""Commands on what of a letter is public: published in one act, taken back, closed when a stamp of secrecy is seen."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.gazette.models import Publication
from tram.gazette.policy import may_be_public, may_close, may_publish, may_withdraw
from tram.gazette.queries import as_shown, digest, files_of, holding, open_row, signer_of
from tram.gazette.rules import LONGEST_REASON, slug_of
from tram.gazette.sockets import faces
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.outgoing.commands.cards import lock
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.proofs import kind_names

SECRET = "Tệp mang dấu độ mật"


@atomic
def publish(
    *, actor: Actor, at: datetime, letter: Outgoing, reviewed: bool, effective_on: date | None = None,
    effective_until: date | None = None, left_out: Collection[UUID] = (),
) -> Publication:  # fmt: skip
    """Make a letter public with its page and its annexes but those `left_out`; a public one anew, with what is told now.

    `reviewed`: the actor has read it again for what nobody outside may know. Both days are the first and the last on which
    the letter holds. Raises Refused for what may never be public, Invalid without `reviewed` and for days that do not
    fit, WrongState while a file is locked and where all of this stands on the portal already.
    """
    letter = lock(letter)
    actor = entitled(actor, letter, may_publish, at.date())
    may_be_public(letter).or_refuse()
    _must_fit(reviewed, effective_on, effective_until)
    held = files_of(letter)
    if any(card.is_locked for card in held):
        raise WrongState("Một tệp của văn bản đang khóa vì nghi mang dấu độ mật. Văn thư trả lời về tệp ấy trước đã.")
    shown = [held[0], *(card for card in held[1:] if card.id not in left_out)]
    files = [{"id": str(card.id), "sha256": card.sha256} for card in shown]
    before = open_row(letter)
    if before and (before.effective_on, before.effective_until, before.files) == (effective_on, effective_until, files):
        raise WrongState("Văn bản đang công khai đúng như vậy.")
    if before:
        _end(before, at, "Công khai lại")
    out = _let_out(letter, actor, at, files, effective_on, effective_until)
    record(
        actor=actor, at=at, what="gazette.published", about=letter.ref, agency=letter.agency_id, code=letter.code,
        slug=out.slug, files=len(files), publication=out.pk, effective_on=effective_on and effective_on.isoformat(),
        effective_until=effective_until and effective_until.isoformat(), digest=digest(as_shown(out, at)),
    )  # fmt: skip
    tell(actor, at, letter, is_less=before is not None)
    return out


def _must_fit(reviewed: bool, since: date | None, until: date | None) -> None:
    wrong = {}
    if not reviewed:
        wrong["reviewed"] = "Đọc lại văn bản và các tệp rồi đánh dấu ô này; người đánh dấu chịu trách nhiệm."
    if until and not since:
        wrong["effective_on"] = "Nhập ngày bắt đầu có hiệu lực, vì đã nhập ngày hết hiệu lực."
    elif since and until and until < since:
        wrong["effective_until"] = "Ngày hết hiệu lực không đứng trước ngày bắt đầu có hiệu lực."
    if wrong:
        raise Invalid(wrong)


def _let_out(
    letter: Outgoing, actor: Actor, at: datetime, files: list[dict[str, str]], since: date | None, until: date | None
) -> Publication:
    assert actor.account is not None and letter.issued_date is not None, "a person lets out what was issued"
    earliest = Publication.objects.filter(letter=letter).order_by("pk").first()
    name = kind_names()[letter.kind]
    return Publication.objects.create(
        letter=letter, agency_id=letter.agency_id, kind=letter.kind, code=letter.code, subject=letter.subject,
        slug=earliest.slug if earliest else slug_of(name, letter.code, letter.issued_date, letter.pk),
        issued_date=letter.issued_date, signer=signer_of(letter), effective_on=since, effective_until=until, files=files,
        publisher_id=actor.account, publisher_name=actor.name, first_at=earliest.first_at if earliest else at, since_at=at,
    )  # fmt: skip


@atomic
def withdraw(*, actor: Actor, at: datetime, letter: Outgoing, reason: str) -> Publication:
    """Take a letter from the public at once: its page, its files, and where lists, feeds and the search name it.

    The reason stays in the house. Raises WrongState for a letter that is not public, Invalid without a reason.
    """
    letter = lock(letter)
    actor = entitled(actor, letter, may_withdraw, at.date())
    need_reason(reason, "Phụ lục có số điện thoại riêng của công dân")
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"Lý do dài quá {LONGEST_REASON} chữ. Viết ngắn lại."})
    out = open_row(letter)
    if out is None:
        raise WrongState("Văn bản này không còn ở trên cổng.")
    _end(out, at, reason.strip())
    record(
        actor=actor, at=at, what="gazette.withdrawn", about=letter.ref, agency=letter.agency_id, code=letter.code,
        reason=out.ended_for, publication=out.pk,
    )  # fmt: skip
    tell(actor, at, letter, is_less=True)
    return out


@atomic
def close(*, actor: Actor, at: datetime, file: UUID) -> None:
    """A stamp of secrecy was seen on a file: every letter that shows it leaves the portal until a person publishes it again."""
    may_close(actor).or_refuse()
    for pk in holding(file):
        letter = lock(Outgoing(pk=pk))
        out = open_row(letter)
        if out is None:
            continue
        _end(out, at, SECRET)
        record(
            actor=actor, at=at, what="gazette.closed", about=letter.ref, agency=letter.agency_id, code=letter.code,
            reason=SECRET, publication=out.pk,
        )  # fmt: skip
        tell(actor, at, letter, is_less=True)


def tell(actor: Actor, at: datetime, letter: Outgoing, *, is_less: bool) -> None:
    """Part: the rooms that show documents are told, in this transaction, that what is public of one has changed."""
    for _room, face in faces.items():
        face.changed(actor=actor, at=at, letter=letter.pk, agency=letter.agency_id, is_less=is_less)


def _end(out: Publication, at: datetime, why: str) -> None:
    out.until_at, out.ended_for = at, why
    out.save(update_fields=["until_at", "ended_for"])

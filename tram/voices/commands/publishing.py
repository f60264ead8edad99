"""Commands on what of a question is public: let out with its answer by a second person, taken back at once."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled, wear
from tram.kernel.verdicts import WrongState
from tram.voices.commands.answering import must_have_seen
from tram.voices.commands.duty import end_duty, lock, must_say_why, tell
from tram.voices.models import Publication, Voice
from tram.voices.policy import may_decide, may_publish
from tram.voices.queries import contact_of, open_row
from tram.voices.rules import digest_of, holds, slug_of
from tram.voices.states import MOVES

GIVES_AWAY = "Lời sẽ đăng còn thư điện tử hoặc số điện thoại của người hỏi. Trả lại để bỏ chỗ ấy trước khi đăng."

NAME_GIVES_AWAY = (
    "Họ tên sẽ đăng có thư điện tử hoặc số điện thoại của người hỏi. Xóa thông tin người hỏi rồi đăng không tên."
)


@atomic
def publish(*, actor: Actor, at: datetime, voice: Voice, seen: int) -> Publication:
    """Let question and answer out, in the words that were `seen`; by another person than who worded the answer.

    Raises Refused, WrongState for another answer than the one seen, Invalid where a way to reach the asker stands in it.
    """
    voice = lock(voice)
    actor = wear(actor, voice, may_decide, at.date())
    may_publish(actor, voice, at.date()).or_refuse()
    state = MOVES.after(voice.state, "publish")
    must_have_seen(voice, seen)
    if not voice.answer and not voice.is_opinion:
        raise WrongState("Câu hỏi chưa có câu trả lời. Soạn câu trả lời rồi đăng.")
    contact = contact_of(voice)
    shown = f"{voice.title}\n{voice.text}\n{voice.answer}"
    if contact and (holds(shown, contact.email) or holds(shown, contact.phone)):
        raise WrongState(GIVES_AWAY)
    if contact and voice.shows_name and (holds(voice.name, contact.email) or holds(voice.name, contact.phone)):
        raise WrongState(NAME_GIVES_AWAY)
    assert actor.account is not None, "a person lets it out"
    earliest = Publication.objects.filter(voice=voice).order_by("pk").first()
    out = Publication.objects.create(
        voice=voice, agency_id=voice.agency_id, article_id=voice.article_id,
        draft_id=voice.draft_id, slug=earliest.slug if earliest else slug_of(voice.title, voice.pk),
        title=voice.title, text=voice.text, answer=voice.answer, publisher_id=actor.account, publisher_name=actor.name,
        first_at=earliest.first_at if earliest else at, since_at=at,
    )  # fmt: skip
    voice.state, voice.settled_at = state, at
    voice.save(update_fields=["state", "settled_at"])
    record(
        actor=actor, at=at, what="voices.published", about=voice.ref, agency=voice.agency_id, version=voice.version,
        number=voice.pk, publication=out.pk, digest=digest_of(out.title, out.text, out.answer),
    )  # fmt: skip
    end_duty(at, voice, "Đã đăng")
    tell(actor, at, voice)
    return out


@atomic
def withdraw(*, actor: Actor, at: datetime, voice: Voice, reason: str) -> Voice:
    """Take question and answer from the public at once. The reason stays in the house. Raises Invalid without one."""
    voice = lock(voice)
    actor = entitled(actor, voice, may_decide, at.date())
    must_say_why(reason, "Câu trả lời sai mức phí, đang sửa")
    state, out = MOVES.after(voice.state, "withdraw"), open_row(voice)
    if out is None:
        raise WrongState("Câu hỏi này không còn ở trên cổng.")
    out.until_at, out.ended_for = at, reason.strip()
    out.save(update_fields=["until_at", "ended_for"])
    voice.state = state
    voice.save(update_fields=["state"])
    record(actor=actor, at=at, what="voices.withdrawn", about=voice.ref, agency=voice.agency_id, reason=out.ended_for)
    tell(actor, at, voice)
    return voice

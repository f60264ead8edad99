"""Commands of an agency on a question: have it answered, answer it, return an answer, pass it on, set it aside."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Unit
from tram.voices.commands.duty import ask_desk, ask_publisher, ask_unit, due_from, end_duty, lock, must_say_why
from tram.voices.models import Voice
from tram.voices.policy import may_answer, may_ask, may_decide, may_take_back
from tram.voices.queries import held_by, takers
from tram.voices.rules import longest
from tram.voices.states import MOVES, OPEN, State

SEEN_OTHER = "{name} vừa lưu bản {version} của câu trả lời. Mở lại trang để đọc bản ấy rồi làm tiếp."


def must_have_seen(voice: Voice, seen: int) -> None:
    """Raises WrongState where somebody saved another answer meanwhile."""
    if voice.version != seen:
        raise WrongState(SEEN_OTHER.format(name=voice.answerer_name, version=voice.version))


def must_be_a_question(voice: Voice) -> None:
    """Raises WrongState for what a reader says of an article or a draft, which stays with its agency."""
    if voice.is_opinion:
        raise WrongState("Ý kiến về bài, về dự thảo ở lại cơ quan đã đăng.")


@atomic
def answer(*, actor: Actor, at: datetime, voice: Voice, title: str, text: str, answer: str, seen: int) -> Voice:
    """Word an answer, and the question as it would be published: shortened, without personal data. What was typed stays.
    What a reader says of an article or a draft needs no answer.

    It waits for another person, who lets it out. Raises Invalid for what is missing or too long, WrongState where
    somebody saved another answer than the one that was `seen`.
    """
    voice = lock(voice)
    holds = voice.pk in held_by(actor, at.date())
    actor = entitled(actor, voice, lambda who, one, on: may_answer(who, one, on, holds=holds), at.date())
    state = MOVES.after(voice.state, "answer")
    must_have_seen(voice, seen)
    told = {"title": voice.title if voice.is_opinion else title.strip(), "text": text.strip(), "answer": answer.strip()}
    names = {"title": "việc được hỏi", "text": "câu hỏi như sẽ đăng", "answer": "câu trả lời"}
    needed = ("text",) if voice.is_opinion else tuple(names)
    wrong = {field: f"Nhập {names[field]}." for field in needed if not told[field]}
    wrong |= {
        field: f"Viết ngắn lại, nhiều nhất {longest(field)} chữ; hiện có {len(words)}."
        for field, words in told.items()
        if len(words) > longest(field) and not (field == "title" and voice.is_opinion)
    }
    if wrong:
        raise Invalid(wrong)
    voice.state, voice.version, voice.reason = state, voice.version + 1, ""
    voice.settled_at = None
    voice.title, voice.text, voice.answer = told["title"], told["text"], told["answer"]
    voice.answerer_id, voice.answerer_name = actor.account, actor.name
    voice.save()
    record(actor=actor, at=at, what="voices.answered", about=voice.ref, agency=voice.agency_id, version=voice.version)
    end_duty(at, voice, f"Đã soạn câu trả lời, bản {voice.version}")
    ask_publisher(at, voice)
    return voice


@atomic
def send_back(*, actor: Actor, at: datetime, voice: Voice, reason: str) -> Voice:
    """Return an answer with the reason: it is to be worded anew. Raises Invalid without a reason."""
    voice = lock(voice)
    actor = entitled(actor, voice, may_decide, at.date())
    must_say_why(reason, "Nêu rõ mức phí và nơi nộp")
    voice.state = MOVES.after(voice.state, "send_back")
    voice.save(update_fields=["state"])
    record(actor=actor, at=at, what="voices.sent_back", about=voice.ref, agency=voice.agency_id, reason=reason.strip())
    end_duty(at, voice, "Đã trả lại để soạn lại")
    ask_desk(at, voice, f"{actor.name}: {reason.strip()}"[:500])
    return voice


@atomic
def entrust(*, actor: Actor, at: datetime, voice: Voice, unit: Unit, note: str = "") -> Voice:
    """Have it answered by a part of the agency: it lies in that unit's inbox, whose people see the question from then on."""
    voice = lock(voice)
    actor = entitled(actor, voice, may_decide, at.date())
    MOVES.after(voice.state, "entrust")
    if unit.agency_id != voice.agency_id or unit.abolished_on is not None:
        raise Invalid({"unit": "Chọn một đơn vị của cơ quan trong danh sách."})
    record(
        actor=actor, at=at, what="voices.entrusted", about=voice.ref, agency=voice.agency_id, unit=unit.name
    )  # fmt: skip
    end_duty(at, voice, f"Đã giao {unit.name} soạn câu trả lời")
    ask_unit(at, voice, unit, note[:500])
    return voice


@atomic
def pass_on(*, actor: Actor, at: datetime, voice: Voice, to: Unit, reason: str) -> Voice:
    """Give it to another agency, whose matter it is: work and question move there, and the days begin anew.

    Raises Invalid without a reason and for an agency that nobody may ask.
    """
    voice = lock(voice)
    actor = entitled(actor, voice, may_decide, at.date())
    must_say_why(reason, "Cấp phép xây dựng thuộc Sở Xây dựng")
    must_be_a_question(voice)
    state = MOVES.after(voice.state, "pass_on")
    may_ask(to.pk != voice.agency_id and any(unit.pk == to.pk for unit in takers(at.date()))).or_refuse()
    told = {"about": voice.ref, "to": to.name, "reason": reason.strip()}
    due_on = due_from(to.pk, at.date())
    for agency in (voice.agency_id, to.pk):
        record(
            actor=actor, at=at, what="voices.passed_on", agency=agency, due_on=f"{due_on:%d/%m/%Y}", **told
        )  # fmt: skip
    end_duty(at, voice, f"Đã chuyển {to.name}")
    voice.state, voice.agency, voice.due_on = state, to, due_on
    voice.answer, voice.answerer, voice.answerer_name = "", None, ""
    voice.version += 1
    voice.save()
    ask_desk(at, voice, f"{actor.name}: {reason.strip()}"[:500])
    return voice


@atomic
def set_aside(*, actor: Actor, at: datetime, voice: Voice, reason: str) -> Voice:
    """Neither answer nor publish it; whoever asked reads the reason by their code. Raises Invalid without one."""
    voice = lock(voice)
    actor = entitled(actor, voice, may_decide, at.date())
    must_say_why(reason, "Câu hỏi đã được trả lời ở mục Văn bản ngày 12/11")
    voice.state, voice.reason, voice.settled_at = MOVES.after(voice.state, "set_aside"), reason.strip(), at
    voice.save(update_fields=["state", "reason", "settled_at"])
    record(actor=actor, at=at, what="voices.set_aside", about=voice.ref, agency=voice.agency_id, reason=voice.reason)
    end_duty(at, voice, "Không đăng câu hỏi")
    return voice


@atomic
def take_back(*, actor: Actor, at: datetime, voice: Voice, reason: str) -> None:
    """Work about it was given back or recalled: it lies with whoever answers readers again."""
    may_take_back(actor).or_refuse()
    voice = lock(voice)
    if voice.state in OPEN:
        record(
            actor=actor, at=at, what="voices.sent_back", about=voice.ref, agency=voice.agency_id, reason=reason
        )  # fmt: skip
        if voice.state == State.ANSWERED:
            voice.state = MOVES.after(voice.state, "send_back")
            voice.save(update_fields=["state"])
        ask_desk(at, voice, reason[:500])

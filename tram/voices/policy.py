"""Who may do what with a question. Two persons: who worded an answer does not publish it."""

from collections.abc import Callable
from datetime import date

from tram.kernel.actors import LEADERS, Actor, wear
from tram.kernel.verdicts import Verdict, allow_if, allowed
from tram.voices.models import Draft, Voice
from tram.voices.states import DraftState

DESK = ("editor", "publisher", "office_chief", *sorted(LEADERS))
"""Who answers for what an agency tells outsiders (NĐ 42/2022/NĐ-CP): its editors and publishers, its office chief, its leaders."""


def on_desk(actor: Actor, agency: int, on: date) -> bool:
    """Whether the acting hat belongs to them."""
    return any(actor.holds(role, agency, on) for role in DESK)


def may_ask(takes_questions: bool) -> Verdict:
    """Ask an agency something: everybody, of one where somebody sits who would answer."""
    return allow_if(takes_questions, "Chọn cơ quan trong danh sách.")


def may_comment(takes_comments: bool) -> Verdict:
    """Say something of an article: everybody, of one that takes opinions still."""
    return allow_if(takes_comments, "Bài này không nhận ý kiến, hoặc đã hết thời gian nhận.")


def may_opine(takes_opinions: bool) -> Verdict:
    """Say something of a draft: everybody, to the end of its last day."""
    return allow_if(takes_opinions, "Đã hết thời gian nhận ý kiến về dự thảo này.")


def may_list(actor: Actor) -> Verdict:
    """Open the list: whoever has signed in; it shows what they may see."""
    return allow_if(actor.account is not None, "Đăng nhập để xem câu hỏi.")


def may_open_desk(actor: Actor, on: date) -> Verdict:
    """Have the questions in one's menu, in any of one's hats."""
    desk = any(grant.role in DESK and grant.valid(on) for hat in actor.worn(on) for grant in hat.grants)
    return allow_if(desk, "Chỉ người làm cổng của cơ quan có mục này trong thực đơn.")


def may_answer(actor: Actor, voice: Voice, on: date, *, holds: bool = False) -> Verdict:
    """Word an answer: the desk of the agency, and whoever holds the work about it (`holds`)."""
    return allow_if(
        holds or on_desk(actor, voice.agency_id, on),
        "Chỉ biên tập cổng, lãnh đạo hoặc người được giao soạn câu trả lời.",
    )


def may_decide(actor: Actor, voice: Voice, on: date) -> Verdict:
    """Have it answered by others, pass it on, set it aside, take it from the public, erase who asked: the desk."""
    return allow_if(
        on_desk(actor, voice.agency_id, on), "Chỉ biên tập cổng, chánh văn phòng hoặc lãnh đạo cơ quan làm bước này."
    )


def may_publish(actor: Actor, voice: Voice, on: date) -> Verdict:
    """Let it out: the desk, but not whoever worded the answer. What a reader says of an article or a draft may have none."""
    return may_decide(actor, voice, on) & allow_if(
        actor.account != voice.answerer_id or (voice.is_opinion and not voice.answer),
        "Người soạn câu trả lời không tự đăng; người khác duyệt.",
    )


def may_propose(actor: Actor, agency: int, on: date) -> Verdict:
    """Word a draft for the public: the desk of the agency."""
    return allow_if(
        on_desk(actor, agency, on), "Chỉ biên tập cổng, chánh văn phòng hoặc lãnh đạo cơ quan đưa dự thảo lên cổng."
    )


def may_handle(actor: Actor, draft: Draft, on: date) -> Verdict:
    """Revise a draft, return it, sum opinions up, take it from the public: the desk."""
    return may_propose(actor, draft.agency_id, on)


def may_publish_draft(actor: Actor, draft: Draft, on: date) -> Verdict:
    """Let a draft or its summary out: the desk, but nobody whose words nobody else has agreed to yet."""
    wrote = (draft.summer_id,) if draft.state == DraftState.SUMMED else (draft.writer_id, draft.summer_id)
    return may_handle(actor, draft, on) & allow_if(
        actor.account not in wrote, "Người soạn không tự đăng; người khác duyệt."
    )


def may_close(actor: Actor) -> Verdict:
    """Take a draft from the public for what was seen on its file: told inside the house, which asked its rights."""
    return allowed if actor.is_system else allow_if(actor.account is not None, "Đăng nhập rồi làm lại việc này.")


def may_tidy(actor: Actor) -> Verdict:
    """Erase what was kept long enough: the clockwork alone."""
    return allow_if(actor.is_system, "Việc này do hệ thống làm theo giờ.")


def may_take_back(actor: Actor) -> Verdict:
    """Work about a question came back: told inside the house, which asked the rights on the work."""
    return allowed if actor.is_system else allow_if(actor.account is not None, "Đăng nhập rồi làm lại việc này.")


RULES: dict[str, Callable[[Actor, Voice, date], Verdict]] = {
    "publish": may_publish,
    "send_back": may_decide,
    "entrust": may_decide,
    "pass_on": may_decide,
    "set_aside": may_decide,
    "withdraw": may_decide,
    "forget": may_decide,
}
DRAFT_RULES: dict[str, Callable[[Actor, Draft, date], Verdict]] = {
    "publish": may_publish_draft,
    "revise": may_handle,
    "send_back": may_handle,
    "summarise": may_handle,
    "withdraw": may_handle,
}


def verdicts(actor: Actor, voice: Voice, on: date, *, holds: bool) -> dict[str, Verdict]:
    """What this person may do with a question in any of their hats, whatever its state."""
    worn = wear(actor, voice, may_decide, on)
    told = {step: rule(worn, voice, on) for step, rule in RULES.items()}
    return {"answer": may_answer(worn, voice, on, holds=holds), **told}

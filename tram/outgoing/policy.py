"""Who may do what with outgoing documents, and why not (domain: NĐ 30/2020 Điều 10–18; the agency's own regulation)."""

from collections.abc import Callable
from datetime import date

from tram.kernel.actors import LEADERS, WORKERS, Actor, wear
from tram.kernel.verdicts import Verdict, allow_if
from tram.organisation.queries import posts_carrying
from tram.outgoing.models import Opinion, Outgoing
from tram.outgoing.states import BEFORE_APPROVAL, MOVES, WRITABLE, State

SEES_BOOK = (*sorted(LEADERS), "clerk", "office_chief")
Permit = Callable[[Actor, Outgoing, date], Verdict]


def may_draft(actor: Actor, on: date) -> Verdict:
    """Begin a draft: whoever does the agency's own work, and who leads it, in the unit of their post."""
    hat = actor.acting
    held = {grant.role for grant in hat.grants if grant.valid(on)} if hat is not None and hat.valid(on) else set()
    return allow_if(held & WORKERS, "Chỉ người làm chuyên môn, lãnh đạo đơn vị và lãnh đạo cơ quan soạn văn bản đi.")


def _sits(actor: Actor, post: int | None, on: date) -> bool:
    hat = actor.acting
    return hat is not None and hat.valid(on) and hat.post == post


def may_write(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Change, ask opinions, submit, take back, withdraw: the drafter and the head of the drafting unit."""
    return allow_if(
        _sits(actor, document.drafter_id, on) or actor.holds("unit_head", document.unit_id, on),
        "Chỉ người soạn và lãnh đạo đơn vị soạn được sửa dự thảo.",
    )


def may_check_content(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Answer for the content: the head of the drafting unit; a leader of the agency (Điều 12.1)."""
    return allow_if(
        actor.holds("unit_head", document.unit_id, on) or actor.leads(document.agency_id, on),
        "Chỉ lãnh đạo đơn vị soạn kiểm tra nội dung dự thảo (Điều 12.1 Nghị định 30/2020/NĐ-CP).",
    )


def may_check_form(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Answer for the form: the office chief; in an agency without one its clerk (Điều 12.2)."""
    agency = document.agency_id
    alone = actor.holds("clerk", agency, on) and not posts_carrying("office_chief", agency, on)
    return allow_if(
        actor.holds("office_chief", agency, on) or alone,
        "Chỉ người được giao kiểm tra thể thức (chánh văn phòng) làm bước này (Điều 12.2 Nghị định 30/2020/NĐ-CP).",
    )


def may_present(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Put the checked draft before the signer: who wrote it, or who checked its form."""
    return may_write(actor, document, on) | may_check_form(actor, document, on)


def may_decide(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Approve and sign: the very person before whom it lies (Điều 11: who signs approves the draft)."""
    return allow_if(_sits(actor, document.signer_id, on), "Chỉ người được trình ký duyệt và ký văn bản này.")


def may_send_back(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Return the draft: whose turn it is to check, approve or number it."""
    match document.state:
        case State.UNIT_REVIEW:
            return may_check_content(actor, document, on)
        case State.CONTENT_CHECKED | State.FORMAT_CHECKED:
            return may_check_form(actor, document, on)
        case State.PRESENTED:
            return may_decide(actor, document, on)
    return may_decide(actor, document, on) | may_keep(actor, document, on)


def may_keep(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Make the page, number, seal, issue, send on: the agency's clerk (Điều 15–18)."""
    return allow_if(
        actor.holds("clerk", document.agency_id, on), "Chỉ văn thư cơ quan cấp số, đóng dấu và phát hành văn bản."
    )


def may_make_paper(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Make the page that will be signed: the clerk or the signer."""
    return may_keep(actor, document, on) | may_decide(actor, document, on)


def may_recall(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Recall a letter that left: the clerk on the agency's written decision, a leader of the agency."""
    return may_keep(actor, document, on) | allow_if(
        actor.leads(document.agency_id, on), "Chỉ lãnh đạo cơ quan hoặc văn thư thu hồi văn bản đã phát hành."
    )


def may_give_opinion(actor: Actor, opinion: Opinion, on: date) -> Verdict:
    """Answer when one's unit is asked: who holds the task, anybody of the unit while it lies in its inbox."""
    hat, task = actor.acting, opinion.task
    mine = (
        hat is not None and hat.valid(on) and (hat.post == task.post_id if task.post_id else hat.unit == task.unit_id)
    )
    return allow_if(mine, "Chỉ người đang giữ việc góp ý của đơn vị được hỏi trả lời.")


def answering(actor: Actor, opinion: Opinion, on: date) -> Actor:
    """The actor in the hat that may answer; raises Refused with the reason when none may."""
    worn = (actor, *(actor.wearing(hat.post) for hat in actor.worn(on)))
    found = next((who for who in worn if may_give_opinion(who, opinion, on)), actor)
    may_give_opinion(found, opinion, on).or_refuse()
    return found


def may_list(actor: Actor) -> Verdict:
    """Open the list: whoever has signed in; it shows what they may read."""
    return allow_if(actor.account is not None, "Đăng nhập để xem văn bản đi.")


def may_see_book(actor: Actor, agency: int, on: date) -> Verdict:
    """See the register of outgoing documents: clerk, office chief, leaders."""
    return allow_if(
        any(actor.holds(role, agency, on) for role in SEES_BOOK),
        "Chỉ văn thư, chánh văn phòng hoặc lãnh đạo cơ quan được xem sổ văn bản đi.",
    )


def may_told(actor: Actor) -> Verdict:
    """Keep what the room that received a letter, or work about it, reports: told inside the house alone."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")


def may_save(actor: Actor, document: Outgoing, on: date) -> Verdict:
    """Save another version: who writes it; while the head of the unit checks it, the head alone."""
    if document.state == State.UNIT_REVIEW:
        return may_check_content(actor, document, on)
    return may_write(actor, document, on)


PERMITS: dict[str, Permit] = {
    "save": may_save,
    "ask": may_write,
    "submit": may_write,
    "check_content": may_check_content,
    "check_form": may_check_form,
    "present": may_present,
    "approve": may_decide,
    "make_paper": may_make_paper,
    "sign": may_decide,
    "sign_on_paper": may_keep,
    "number": may_keep,
    "seal": may_keep,
    "issue": may_keep,
    "send_back": may_send_back,
    "take_back": may_write,
    "withdraw": may_write,
    "void": may_keep,
    "recall": may_recall,
}


def _fits(document: Outgoing, step: str) -> bool:
    """Whether the state of the letter leaves room for the step."""
    state, has_page = document.state, document.paper_id is not None
    match step:
        case "save":
            return state in WRITABLE
        case "ask":
            return state in BEFORE_APPROVAL and state != State.PRESENTED
        case "make_paper":
            return state == State.APPROVED and not has_page
        case "sign":
            return state == State.APPROVED and has_page
        case "sign_on_paper":
            return state == State.APPROVED
        case "seal":
            return state == State.NUMBERED and not document.is_on_paper
        case "issue":
            return state == (State.NUMBERED if document.is_on_paper else State.SEALED)
    return MOVES.can(state, step)


def steps(actor: Actor, document: Outgoing, on: date) -> list[str]:
    """The steps that fit the letter's state and this person's rights now, in any of their hats, the main one first."""
    return [
        step
        for step, permit in PERMITS.items()
        if _fits(document, step) and permit(wear(actor, document, permit, on), document, on)
    ]

"""Who may do what with incoming documents."""

from datetime import date

from tram.documents.models import Direction, Incoming
from tram.documents.states import MOVES
from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Verdict, allow_if

SEES_ALL = frozenset({*LEADERS, "clerk", "office_chief"})
SEES_SECRET = frozenset({"clerk", "director", "chair"})
"""Rows of the secret book: who keeps it and the head of the agency; all others by name."""


def may_register(actor: Actor, agency: int, on: date) -> Verdict:
    """Receive, register, correct, return, print: the agency's clerk."""
    return allow_if(actor.holds("clerk", agency, on), "Chỉ văn thư cơ quan được nhận và vào sổ văn bản đến.")


def may_present(actor: Actor, document: Incoming, on: date) -> Verdict:
    """Put a document before a leader: the clerk or the office chief."""
    agency = document.agency_id
    return allow_if(
        actor.holds("clerk", agency, on) or actor.holds("office_chief", agency, on),
        "Chỉ văn thư hoặc chánh văn phòng được trình văn bản.",
    )


def may_direct(actor: Actor, document: Incoming, on: date) -> Verdict:
    """Give direction: a leader of the agency, or whom a leader lent that role in writing, as office chiefs are."""
    return allow_if(
        actor.leads(document.agency_id, on),
        "Chỉ lãnh đạo cơ quan, hoặc người được lãnh đạo ủy quyền bằng văn bản, được cho ý kiến chỉ đạo.",
    )


def may_recall_direction(actor: Actor, direction: Direction, on: date) -> Verdict:
    """Take a direction back: who gave it, or the head of the agency."""
    agency = direction.document.agency_id
    mine = direction.by_post_id in actor.posts(on)
    head = actor.holds("director", agency, on) or actor.holds("chair", agency, on)
    return allow_if(mine or head, "Chỉ người đã cho ý kiến hoặc thủ trưởng cơ quan được thu hồi ý kiến chỉ đạo.")


def may_close(actor: Actor, document: Incoming, on: date) -> Verdict:
    """Close a document that carries no running work: the clerk, the office chief, a leader."""
    agency = document.agency_id
    return allow_if(
        any(actor.holds(role, agency, on) for role in SEES_ALL),
        "Chỉ văn thư, chánh văn phòng hoặc lãnh đạo cơ quan được kết thúc văn bản.",
    )


def may_print_book(actor: Actor, agency: int, on: date, *, is_secret: bool = False) -> Verdict:
    """See, print and export a book: whoever sees all of it."""
    if is_secret:
        return allow_if(
            any(actor.holds(role, agency, on) for role in SEES_SECRET),
            "Chỉ văn thư và thủ trưởng cơ quan được xem và in sổ văn bản mật.",
        )
    return allow_if(
        any(actor.holds(role, agency, on) for role in SEES_ALL),
        "Chỉ văn thư, chánh văn phòng hoặc lãnh đạo cơ quan được xem và in sổ.",
    )


def may_take_in(actor: Actor) -> Verdict:
    """A letter comes from, or is recalled by, another agency here: told inside the house, which asked the sender's rights."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")


def may_answer(actor: Actor, document: Incoming, on: date) -> Verdict:
    """Say that an answer left: the clerk who issued it."""
    return allow_if(
        actor.holds("clerk", document.agency_id, on),
        "Chỉ văn thư phát hành văn bản trả lời được ghi văn bản đã trả lời.",
    )


def may_list(actor: Actor) -> Verdict:
    """Open the list of incoming documents: whoever has signed in; it shows what they may read."""
    return allow_if(actor.account is not None, "Đăng nhập để xem văn bản đến.")


def may_step(step: str, actor: Actor, document: Incoming, on: date) -> Verdict:
    """The right that a step asks for, whatever the document's state."""
    match step:
        case "present":
            return may_present(actor, document, on)
        case "direct":
            return may_direct(actor, document, on)
        case "close":
            return may_close(actor, document, on)
    return may_register(actor, document.agency_id, on)


def steps(actor: Actor, document: Incoming, on: date) -> set[str]:
    """The steps that fit the document's state and this person's rights now: what its page offers."""
    clerk = bool(may_register(actor, document.agency_id, on))
    numbered = document.arrival_number is not None
    asked = {
        "direct": may_direct(actor, document, on),
        "present": numbered and may_present(actor, document, on),
        "close": numbered and may_close(actor, document, on),
        "cancel": numbered and clerk,
    }
    found = {step for step, allowed in asked.items() if allowed and MOVES.can(document.state, step)}
    if clerk and numbered:
        found |= {"correct"} if document.secrecy else {"correct", "add_file"}
    return found

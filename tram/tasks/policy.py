"""Who may do what with a piece of work, and why not."""

from collections.abc import Callable
from datetime import date

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if, allowed
from tram.organisation.models import Post, Unit
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.tasks.rules.verbs import VERBS
from tram.tasks.sockets import giver_of
from tram.tasks.states import MOVES, OPEN, RUNNING, State

Permit = Callable[[Actor, Task, date], Verdict]


def _hats(actor: Actor, task: Task) -> list[Actor]:
    """The actor in each hat: those whose turn it is, who hold or who gave the task come first, then the one they wear."""
    posts = [hat.post for hat in actor.hats]
    first = dict.fromkeys((task.turn_post_id, task.post_id, task.handed_by_id, task.giver_post_id))
    own = [post for post in first if post in posts]
    others = [post for post in posts if post not in own]
    return [*(actor.wearing(post) for post in own), actor, *(actor.wearing(post) for post in others)]


def wear(actor: Actor, task: Task, may: Permit, on: date) -> Actor:
    """The actor in the hat that may: the one inbox shows the work of all hats, so a page need not choose one.

    The hats whose turn it is, who hold or who gave the task come first, so that a substitute's act is "A thay B".
    """
    return next((who for who in _hats(actor, task) if may(who, task, on)), actor)


def entitled(actor: Actor, task: Task, may: Permit, on: date) -> Actor:
    """The actor in the hat that may do it; raises Refused with the reason when none may."""
    worn = wear(actor, task, may, on)
    may(worn, task, on).or_refuse()
    return worn


NOT_A_GIVER = "Chỉ lãnh đạo cơ quan, chánh văn phòng hoặc lãnh đạo đơn vị được giao việc này."


def may_assign(actor: Actor, kind: str, unit: Unit, on: date) -> Verdict:
    """Give work: leaders and office chiefs in their agency, heads in their unit, clerks what leaders must direct and
    what a signed paper of the agency gives (asked as "direct").

    An opinion, a check, an approval may be asked by everybody of the agency: the room of the thing has asked whether.
    """
    if actor.is_system:
        return allowed
    agency = unit.agency_id or 0
    above = actor.leads(agency, on) or actor.holds("office_chief", agency, on) or actor.holds("unit_head", unit.pk, on)
    clerk = kind in (Kind.DIRECT, Kind.INFORM) and actor.holds("clerk", agency, on)
    asked = kind in (Kind.COMMENT, Kind.REVIEW, Kind.APPROVE) and agency and actor.agency == agency
    return allow_if(above or clerk or asked, NOT_A_GIVER)


def holds_task(actor: Actor, task: Task, on: date) -> bool:
    """Whether the acting hat is the task's holder, or a member of the unit in whose inbox it lies."""
    hat = actor.acting
    if hat is None or not hat.valid(on):
        return False
    return hat.post == task.post_id if task.post_id else hat.unit == task.unit_id


def heads(actor: Actor, task: Task, on: date) -> bool:
    """Whether the acting hat heads the task's unit or leads its agency."""
    return actor.holds("unit_head", task.unit_id, on) or actor.leads(task.agency_id, on)


def may_work(actor: Actor, task: Task, on: date) -> Verdict:
    """Accept, report, submit, finish, return, ask for more time: the holder."""
    return allow_if(holds_task(actor, task, on), "Chỉ người đang giữ việc được làm bước này.")


def may_answer_for(actor: Actor, task: Task, on: date) -> Verdict:
    """Give back or hide: the holder; out of a unit's inbox only its head, because it touches everybody there."""
    own = holds_task(actor, task, on) if task.post_id else heads(actor, task, on)
    return allow_if(own, "Chỉ người đang giữ việc, hoặc lãnh đạo đơn vị khi việc ở hộp chung, được làm bước này.")


def may_claim(actor: Actor, task: Task, on: date) -> Verdict:
    """Take a task out of the unit's inbox: anybody of the unit."""
    free = task.post_id is None and holds_task(actor, task, on)
    return allow_if(free, "Chỉ người trong đơn vị nhận được việc còn ở hộp việc chung của đơn vị.")


def may_share_out(actor: Actor, task: Task, on: date) -> Verdict:
    """Give a unit's task to somebody: the unit's head and leaders of the agency."""
    return allow_if(heads(actor, task, on), "Chỉ lãnh đạo đơn vị phân việc cho người trong đơn vị mình.")


def may_hand(actor: Actor, task: Task, to: Post, on: date) -> Verdict:
    """Give a unit's task to a person: the unit's head to people of the unit, a leader to anybody of the agency."""
    inside = to.unit_id == task.unit_id and actor.holds("unit_head", task.unit_id, on)
    leader = to.unit.agency_id == task.agency_id and actor.leads(task.agency_id, on)
    return allow_if(inside or leader, "Chỉ lãnh đạo đơn vị phân việc cho người trong đơn vị mình.")


def may_move(actor: Actor, task: Task, on: date) -> Verdict:
    """Move a task to another unit: leaders, the office chief, the unit's head."""
    return allow_if(
        heads(actor, task, on) or actor.holds("office_chief", task.agency_id, on),
        "Chỉ lãnh đạo đơn vị đang giữ việc, chánh văn phòng hoặc lãnh đạo cơ quan được chuyển việc.",
    )


def may_transfer(actor: Actor, task: Task, to: Unit, on: date) -> Verdict:
    """Move a task to that unit: only within the agency."""
    same = to.agency_id == task.agency_id and (to.abolished_on is None or to.abolished_on >= on)
    return may_move(actor, task, on) & allow_if(same, "Chỉ chuyển việc trong cùng cơ quan.")


def may_unhand(actor: Actor, task: Task, on: date) -> Verdict:
    """Take back what one handed out: whoever handed it."""
    hat = actor.acting
    mine = hat is not None and hat.valid(on) and hat.post == task.handed_by_id
    return allow_if(mine, "Chỉ người đã phân việc được rút lại.")


def may_judge(actor: Actor, task: Task, on: date) -> Verdict:
    """Confirm a submitted task or send it back: whose turn it is, or a leader of the agency."""
    hat = actor.acting
    turn = hat is not None and hat.valid(on) and hat.post == task.turn_post_id
    return allow_if(turn or actor.leads(task.agency_id, on), "Chỉ người giao việc được xác nhận kết quả.")


def may_recall(actor: Actor, task: Task, on: date) -> Verdict:
    """Take work back: who gave it, or a leader of the agency."""
    hat = actor.acting
    mine = hat is not None and hat.valid(on) and hat.post == task.giver_post_id
    leads = actor.leads(task.agency_id, on)
    return allow_if(actor.is_system or mine or leads, "Chỉ người đã giao việc hoặc lãnh đạo cơ quan được thu hồi.")


def may_set_due(actor: Actor, task: Task, on: date) -> Verdict:
    """Change a deadline: who gave the work, a leader; the unit's head only to an earlier day (asked in the command)."""
    return may_recall(actor, task, on) | allow_if(
        actor.holds("unit_head", task.unit_id, on), "Chỉ người giao việc được đổi hạn. Người làm thì xin gia hạn."
    )


def may_fulfil(actor: Actor, task: Task) -> Verdict:
    """Say that what the work asked for came about: the room that gave it, which has asked its own rights, in the agency."""
    return allow_if(actor.is_system or actor.agency == task.agency_id, "Chỉ cơ quan giữ việc kết thúc được việc này.")


def may_inherit(actor: Actor) -> Verdict:
    """Pass on the work of an empty seat: the installation's own."""
    return allow_if(actor.is_system, "Chỉ hệ thống tự chuyển việc của vị trí không còn người giữ.")


def may_blank(actor: Actor) -> Verdict:
    """Take the words of work away: the installation's own, when the thing was a state secret."""
    return allow_if(actor.is_system, "Chỉ hệ thống xóa lời của việc khi hủy văn bản mật.")


def may_see(actor: Actor, task: Task, on: date) -> Verdict:
    """Read a task: its holder and unit head, its giver, the confirmer, the office chief and leaders of the agency."""
    posts = actor.posts(on)
    own = {task.post_id, task.turn_post_id, task.giver_post_id, task.handed_by_id} & set(posts)
    hats = list(actor.worn(on))
    in_unit = task.post_id is None and any(hat.unit == task.unit_id for hat in hats)
    headed = any(hat.holds("unit_head", task.unit_id, on) for hat in hats)
    above = any(
        hat.holds(role, task.agency_id, on)
        for hat in hats
        for role in ("director", "deputy_director", "chair", "vice_chair", "office_chief")
    )
    return allow_if(own or in_unit or headed or above, "Bạn không thấy được mục này.")


PERMITS: dict[str, Permit] = {
    "tra-loi-gia-han": may_judge,
    "xac-nhan": may_judge,
    "lam-lai": may_judge,
    "phan": may_share_out,
    "nhan-ve-minh": may_claim,
    "nop": may_work,
    "xong": may_work,
    "nhan": may_work,
    "tien-do": may_work,
    "gia-han": may_work,
    "chuyen": may_move,
    "an": may_answer_for,
    "hien-lai": may_answer_for,
    "doi-han": may_set_due,
    "tra-lai": may_answer_for,
    "thu-hoi": may_recall,
    "ket-thuc": may_recall,
}


def is_request(task: Task) -> bool:
    """Whether the task asks to answer a wish for more time about another task."""
    return task.about.startswith("tasks.task/")


def _fits(task: Task, slug: str) -> bool:
    """Whether the state of the task leaves room for the verb."""
    running = task.state in RUNNING
    match slug:
        case "tra-loi-gia-han":
            return running and is_request(task)
        case "xong" if task.kind == Kind.DIRECT or _ends_on_its_page(task):
            return False
        case "xac-nhan" | "lam-lai":
            return task.state == State.SUBMITTED
        case "phan" | "chuyen" | "an":
            return running and not is_request(task)
        case "gia-han":
            dated = task.due_on is not None and task.post_id is not None
            return running and dated and task.kind != Kind.INFORM and not is_request(task)
        case "hien-lai":
            return task.state in OPEN and task.hidden_until is not None
        case "doi-han":
            return task.state in OPEN and not is_request(task)
        case "nhan" if task.state != State.ASSIGNED or task.post_id is None:
            return False
    return MOVES[Kind(task.kind)].can(task.state, VERBS[slug].move) and not is_request(task)


def _ends_on_its_page(task: Task) -> bool:
    giver = giver_of(task.about)
    return giver is not None and giver.ends_itself(kind=task.kind)


def verbs(actor: Actor, task: Task, on: date) -> list[str]:
    """The steps this person may take with the task now, in any of their hats, the main one first. No query."""
    hats = _hats(actor, task)
    return [slug for slug, may in PERMITS.items() if _fits(task, slug) and any(may(who, task, on) for who in hats)]

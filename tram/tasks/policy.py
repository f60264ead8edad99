"""Who may do what with a piece of work, and why not."""

from datetime import date

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if, allowed
from tram.organisation.models import Post, Unit
from tram.tasks.events import Kind
from tram.tasks.models import Task


def may_assign(actor: Actor, kind: str, unit: Unit, on: date) -> Verdict:
    """Give work: leaders and office chiefs in their agency, heads in their unit, clerks what leaders must direct."""
    if actor.is_system:
        return allowed
    agency = unit.agency_id or 0
    above = actor.leads(agency, on) or actor.holds("office_chief", agency, on) or actor.holds("unit_head", unit.pk, on)
    clerk = kind in (Kind.DIRECT, Kind.INFORM) and actor.holds("clerk", agency, on)
    return allow_if(above or clerk, "Chỉ lãnh đạo cơ quan, chánh văn phòng hoặc lãnh đạo đơn vị được giao việc này.")


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


def may_claim(actor: Actor, task: Task, on: date) -> Verdict:
    """Take a task out of the unit's inbox: anybody of the unit."""
    free = task.post_id is None and holds_task(actor, task, on)
    return allow_if(free, "Chỉ người trong đơn vị nhận được việc còn ở hộp việc chung của đơn vị.")


def may_hand(actor: Actor, task: Task, to: Post, on: date) -> Verdict:
    """Give a unit's task to a person: the unit's head to people of the unit, a leader to anybody of the agency."""
    inside = to.unit_id == task.unit_id and actor.holds("unit_head", task.unit_id, on)
    leader = to.unit.agency_id == task.agency_id and actor.leads(task.agency_id, on)
    return allow_if(inside or leader, "Chỉ lãnh đạo đơn vị phân việc cho người trong đơn vị mình.")


def may_transfer(actor: Actor, task: Task, to: Unit, on: date) -> Verdict:
    """Move a task to another unit of the same agency: leaders, the office chief, the unit's head."""
    above = heads(actor, task, on) or actor.holds("office_chief", task.agency_id, on)
    return allow_if(
        above and to.agency_id == task.agency_id,
        "Chỉ lãnh đạo đơn vị đang giữ việc, chánh văn phòng hoặc lãnh đạo cơ quan được chuyển việc trong cùng cơ quan.",
    )


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

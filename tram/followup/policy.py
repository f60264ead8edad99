"""Who follows whose work, who may remind, who may urge by letter, and why not (domain: QĐ 42/2014/QĐ-TTg; NĐ 30/2020 Điều 24)."""

from datetime import date

from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.tasks.models import Task

ABOVE = frozenset({*LEADERS, "office_chief"})
LETTERS = "documents.incoming/"
"""How the work about incoming letters begins: that much of the agency's work its clerk follows (Điều 24.2)."""


def headed_units(actor: Actor, on: date) -> set[int]:
    """The units that a person heads, in any of their hats."""
    return _over(actor, {"unit_head"}, on)


def overseen_agencies(actor: Actor, on: date) -> set[int]:
    """The agencies whose work a person oversees, in any of their hats: as leader or office chief."""
    return _over(actor, ABOVE, on)


def kept_agencies(actor: Actor, on: date) -> set[int]:
    """The agencies whose incoming letters a person keeps as clerk."""
    return _over(actor, {"clerk"}, on)


def _over(actor: Actor, roles: frozenset[str] | set[str], on: date) -> set[int]:
    return {grant.unit for hat in actor.worn(on) for grant in hat.grants if grant.role in roles and grant.valid(on)}


def may_follow(actor: Actor, on: date) -> Verdict:
    """See what is late: heads in their unit, leaders and the office chief in their agency, its clerk for letters."""
    return may_measure(actor, on) | allow_if(
        kept_agencies(actor, on),
        "Trang này dành cho lãnh đạo đơn vị, lãnh đạo cơ quan, chánh văn phòng và văn thư theo dõi việc quá hạn.",
    )


def may_measure(actor: Actor, on: date) -> Verdict:
    """See figures of work: heads of their unit, leaders and the office chief of their agency."""
    return allow_if(
        headed_units(actor, on) or overseen_agencies(actor, on),
        "Thống kê công việc dành cho lãnh đạo đơn vị, chánh văn phòng và lãnh đạo cơ quan.",
    )


def may_count_books(actor: Actor, agency: int, on: date) -> Verdict:
    """See how many letters came and left: whoever sees the books."""
    return allow_if(
        any(actor.holds(role, agency, on) for role in ("clerk", *sorted(ABOVE))),
        "Thống kê văn bản dành cho văn thư, chánh văn phòng và lãnh đạo cơ quan.",
    )


def oversees(actor: Actor, task: Task, on: date) -> bool:
    """Whether the acting hat heads the unit, or oversees the agency, in which the work lies."""
    above = any(actor.holds(role, task.agency_id, on) for role in sorted(ABOVE))
    return above or actor.holds("unit_head", task.unit_id, on)


def may_remind(actor: Actor, task: Task, on: date) -> Verdict:
    """Remind who holds the work: whoever follows it; nobody reminds themselves."""
    keeps = task.about.startswith(LETTERS) and actor.holds("clerk", task.agency_id, on)
    follows = allow_if(
        oversees(actor, task, on) or keeps,
        "Chỉ lãnh đạo đơn vị, lãnh đạo cơ quan, chánh văn phòng và văn thư nhắc việc mình theo dõi.",
    )
    in_own_box = task.turn_post_id is None and task.turn_unit_id in headed_units(actor, on)
    return (
        follows
        & allow_if(task.turn_post_id not in actor.posts(on), "Việc này đang ở chính bạn nên không cần nhắc.")
        & allow_if(not in_own_box, "Việc này ở hộp chung của đơn vị bạn. Phân cho một người rồi hãy nhắc người đó.")
    )


def may_have_feed(actor: Actor) -> Verdict:
    """Have one's deadlines read by one's calendar: everybody with an account."""
    return allow_if(actor.account is not None, "Đăng nhập rồi tạo lịch hạn của mình.")


def may_urge(actor: Actor, agency: int, on: date) -> Verdict:
    """Draft the letter that urges: the office chief and leaders, in their own drafts; the installation for them."""
    above = any(actor.holds(role, agency, on) for role in sorted(ABOVE))
    return allow_if(
        actor.is_system or above, "Chỉ chánh văn phòng và lãnh đạo cơ quan soạn công văn đôn đốc các đơn vị."
    )

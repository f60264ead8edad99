"""Who may do what with work files, and why not (domain: NĐ 30/2020 Điều 28–31; Luật Lưu trữ 33/2024/QH15)."""

from collections.abc import Callable
from datetime import date

from tram.kernel.actors import LEADERS, WORKERS, Actor, Thing, wear
from tram.kernel.verdicts import Verdict, allow_if
from tram.organisation.models import Unit
from tram.workfiles.models import Disposal, HandOver, Plan, WorkFile
from tram.workfiles.states import MOVES, State

FILERS = WORKERS | {"clerk"}
"""Who has one of these roles opens files in the unit of their post (Điều 29)."""
SEES_ALL = frozenset({*LEADERS, "clerk", "archivist", "office_chief"})
HIS_FILE = "Chỉ người lập hồ sơ và lãnh đạo đơn vị được sửa hồ sơ này."


def fits(actor: Actor, thing: Thing, rule: Callable[[Actor, Thing, date], Verdict], on: date) -> bool:
    """Whether some hat of theirs may."""
    return bool(rule(wear(actor, thing, rule, on), thing, on))


def _keeps(actor: Actor, agency: int, on: date) -> bool:
    """Whether the agency's archive is theirs: the archivist's, and the clerk's, who does that work too in most agencies."""
    return actor.holds("archivist", agency, on) or actor.holds("clerk", agency, on)


def may_list(actor: Actor) -> Verdict:
    """Open the lists: whoever has signed in; they show what they may see."""
    return allow_if(actor.account is not None, "Đăng nhập để xem hồ sơ công việc.")


def may_see_archive(actor: Actor, agency: int, on: date) -> Verdict:
    """See every file's hand-over and disposal: archive, leaders, office chief."""
    return allow_if(
        any(actor.holds(role, agency, on) for role in SEES_ALL),
        "Chỉ văn thư, lưu trữ, chánh văn phòng hoặc lãnh đạo cơ quan xem danh sách hủy hồ sơ.",
    )


def may_begin_plan(actor: Actor, agency: int, on: date) -> Verdict:
    """Begin the year's plan, copy last year's, put it before the head: the archive, the office chief (Điều 28)."""
    return allow_if(
        _keeps(actor, agency, on) or actor.holds("office_chief", agency, on),
        "Chỉ văn thư, lưu trữ hoặc chánh văn phòng bắt đầu và trình danh mục hồ sơ của cơ quan.",
    )


def may_plan(actor: Actor, unit: Unit, on: date) -> Verdict:
    """Write lines under a unit's heading: its people, and whoever begins the plan."""
    return may_open(actor, unit, on) | may_begin_plan(actor, unit.agency_id or 0, on)


def may_approve_plan(actor: Actor, plan: Plan, on: date) -> Verdict:
    """Approve or return the plan: the agency's head or a deputy (Điều 28)."""
    return allow_if(actor.leads(plan.agency_id, on), "Chỉ lãnh đạo cơ quan duyệt danh mục hồ sơ.")


def may_open(actor: Actor, unit: Unit, on: date) -> Verdict:
    """Open a file in a unit: whoever does its work, its head (Điều 29)."""
    hat = actor.acting
    works = (
        hat is not None
        and hat.valid(on)
        and hat.unit == unit.pk
        and any(grant.role in FILERS and grant.valid(on) for grant in hat.grants)
    )
    return allow_if(
        works or actor.holds("unit_head", unit.pk, on), "Chỉ người làm việc của đơn vị và lãnh đạo đơn vị mở hồ sơ."
    )


def may_fill(actor: Actor, file: WorkFile, on: date) -> Verdict:
    """Put papers in, take them out, describe, close: the file's creator, the head of the unit."""
    hat = actor.acting
    mine = hat is not None and hat.valid(on) and hat.post == file.creator_id
    return allow_if(mine or actor.holds("unit_head", file.unit_id, on), HIS_FILE)


def may_entrust(actor: Actor, file: WorkFile, on: date) -> Verdict:
    """Give the file to another person of the unit, open a closed one again: the head of the unit, a leader."""
    return allow_if(
        actor.holds("unit_head", file.unit_id, on) or actor.leads(file.agency_id, on),
        "Chỉ lãnh đạo đơn vị hoặc lãnh đạo cơ quan làm việc này với hồ sơ.",
    )


def may_keep_back(actor: Actor, file: WorkFile, on: date) -> Verdict:
    """Let the unit keep a file that is due, for two years at most: a leader, in writing (Điều 30)."""
    return allow_if(actor.leads(file.agency_id, on), "Chỉ lãnh đạo cơ quan đồng ý cho đơn vị giữ lại hồ sơ đến hạn.")


def may_receive(actor: Actor, hand_over: HandOver, on: date) -> Verdict:
    """Take files into the agency's archive: the archivist, the clerk."""
    return allow_if(
        _keeps(actor, hand_over.agency_id, on), "Chỉ người làm lưu trữ hoặc văn thư nhận hồ sơ vào lưu trữ cơ quan."
    )


def may_hand_back(actor: Actor, hand_over: HandOver, on: date) -> Verdict:
    """Return what was handed over: the archive, or who handed it over."""
    hat = actor.acting
    mine = hat is not None and hat.valid(on) and hat.post == hand_over.post_id
    return may_receive(actor, hand_over, on) | allow_if(mine, "Chỉ lưu trữ hoặc người giao nộp trả lại hồ sơ.")


def may_propose(actor: Actor, agency: int, on: date) -> Verdict:
    """Propose files for disposal: the archive."""
    return allow_if(
        _keeps(actor, agency, on), "Chỉ người làm lưu trữ hoặc văn thư đề nghị hủy hồ sơ hết thời hạn bảo quản."
    )


def may_decide_disposal(actor: Actor, disposal: Disposal, on: date) -> Verdict:
    """Decide on a disposal: a leader who did not propose it."""
    return allow_if(actor.leads(disposal.agency_id, on), "Chỉ lãnh đạo cơ quan quyết định hủy hồ sơ.") & allow_if(
        actor.account != disposal.proposer_id, "Người đề nghị hủy không tự quyết định; một lãnh đạo khác quyết định."
    )


def may_fall_due(actor: Actor) -> Verdict:
    """Let a file's day come: the clockwork alone."""
    return allow_if(actor.is_system, "Việc này do hệ thống làm mỗi ngày.")


def steps(actor: Actor, file: WorkFile, on: date) -> set[str]:
    """The steps that fit the file's state and this person's rights now, in any of their hats: what its page offers."""
    asked = {
        "open": may_fill, "close": may_fill, "reopen": may_entrust, "keep_back": may_keep_back, "hand_over": may_fill,
    }  # fmt: skip
    found = {verb for verb, permit in asked.items() if MOVES.can(file.state, verb) and fits(actor, file, permit, on)}
    if file.state in (State.PLANNED, State.OPEN):
        found |= {"fill"} if fits(actor, file, may_fill, on) else set()
        found |= {"entrust"} if fits(actor, file, may_entrust, on) else set()
    if file.state == State.OPEN:
        found |= {"describe"} if "fill" in found else set()
    if file.due_on is None:
        found -= {"keep_back", "hand_over"}
    return found


def may_file(actor: Actor, on: date) -> Verdict:
    """Choose a file for letters: whoever does the agency's work; the file and each letter are asked besides."""
    roles = {grant.role for hat in actor.worn(on) for grant in hat.grants if grant.valid(on)}
    return allow_if(roles & FILERS, "Chỉ người làm việc của cơ quan đưa văn bản vào hồ sơ.")

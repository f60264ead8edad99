"""Commands on the file plan of a year: begun or copied, lines of each unit, put before the head, approved."""

from collections.abc import Sequence
from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.organisation.models import Post, Unit
from tram.organisation.queries import seat
from tram.tasks.events import Kind
from tram.vietnamese.text import tidy
from tram.workfiles.commands.cards import (
    LEADS,
    Told,
    end_work,
    give_to_role,
    heading_of,
    lock_plan,
    next_number,
    plan_of,
)
from tram.workfiles.models import Heading, Plan, WorkFile
from tram.workfiles.policy import may_approve_plan, may_begin_plan, may_plan
from tram.workfiles.rules import LONGEST_TITLE, MOST_AT_ONCE, notation_of, retentions
from tram.workfiles.states import PLAN_MOVES, PlanState, State


def creator_name(post: Post, at: datetime) -> str:
    """Who makes up the file, as the plan says it: who sits in the seat that day, else the seat."""
    found = seat(post.pk, at.date())
    return (f"{found.name}, {post.title}" if found and found.name else f"{post.title}, {post.unit.name}")[:240]


def _must_be_drawn(plan: Plan) -> None:
    if plan.state != PlanState.DRAWING:
        raise WrongState(
            f"Danh mục hồ sơ năm {plan.year} đã trình hoặc đã duyệt nên không thêm bớt dòng; hồ sơ ngoài danh mục cứ mở."
        )


def new_file(
    *, heading: Heading, plan: Plan, unit: Unit, title: str, retention: str, post: Post, at: datetime,
    rights: str = "open", description: str = "", state: State = State.OPEN,
) -> WorkFile:  # fmt: skip
    """Part: a file under the next number of its heading; raises Invalid for what is missing."""
    title, kept = tidy(title), retentions().get(retention)
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(
            {"title": f"Nhập tiêu đề hồ sơ, không quá {LONGEST_TITLE} chữ, ví dụ “Hồ sơ về dự toán năm 2027”."}
        )
    if kept is None:
        raise Invalid({"retention": "Chọn thời hạn bảo quản trong bảng."})
    number, is_planned = next_number(heading), state == State.PLANNED
    return WorkFile.objects.create(
        agency_id=plan.agency_id, unit=unit, heading=heading, year=plan.year, number=number,
        notation=notation_of(number, heading.symbol), title=title, state=state, was_planned=is_planned,
        planned_title=title if is_planned else "", planned_retention=kept.code if is_planned else "",
        retention=kept.code, retention_years=kept.years, rights=rights, creator=post,
        creator_name=creator_name(post, at), description=description[:500],
        start_date=None if is_planned else at.date(), began_at=at, changed_at=at,
    )  # fmt: skip


@atomic
def begin_plan(*, actor: Actor, at: datetime, agency: Unit, year: int) -> Plan:
    """Begin the plan of a year with the lines of the year before that it does not have yet (NĐ 30/2020 Điều 28).

    A line goes to the same seat again. Raises WrongState once the plan was put before the head, Invalid for a year that
    is neither this nor the next.
    """
    actor = entitled(actor, agency.pk, may_begin_plan, at.date())
    if year not in (at.year, at.year + 1):
        raise Invalid({"year": f"Lập danh mục cho năm {at.year} hoặc {at.year + 1}."})
    plan = lock_plan(plan_of(agency.pk, year, actor=actor, at=at))
    _must_be_drawn(plan)
    had = set(WorkFile.objects.filter(heading__plan=plan).values_list("unit", "planned_title"))
    last = WorkFile.objects.filter(agency=agency, year=year - 1, was_planned=True, unit__abolished_on=None)
    copied = 0
    for line in last.select_related("unit", "creator__unit").order_by("heading__order", "number"):
        title = line.planned_title.replace(str(year - 1), str(year))
        if (line.unit_id, title) not in had and line.planned_retention in retentions():
            new_file(
                heading=heading_of(plan, line.unit), plan=plan, unit=line.unit, title=title, retention=line.planned_retention,
                post=line.creator, rights=line.rights, state=State.PLANNED, at=at,
            )  # fmt: skip
            copied += 1
    record(actor=actor, at=at, what="workfiles.plan_begun", about=plan.ref, year=year, copied=copied)
    return plan


@atomic
def add_lines(
    *, actor: Actor, at: datetime, unit: Unit, year: int, titles: Sequence[str], retention: str, post: Post
) -> list[WorkFile]:
    """Write files that a unit means to open in a year into its part of the plan, for the seat that will make them up."""
    actor = entitled(actor, unit, may_plan, at.date())
    wanted = [title for title in map(tidy, titles) if title]
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise Invalid({"titles": f"Nhập mỗi tiêu đề hồ sơ một dòng, không quá {MOST_AT_ONCE} dòng một lần."})
    if year not in (at.year, at.year + 1):
        raise Invalid({"titles": f"Lập danh mục cho năm {at.year} hoặc {at.year + 1}."})
    if post.unit_id != unit.pk:
        raise Invalid({"post": f"Người lập hồ sơ phải thuộc {unit.name}."})
    plan = lock_plan(plan_of(unit.agency_id or unit.pk, year, actor=actor, at=at))
    _must_be_drawn(plan)
    heading = heading_of(plan, unit)
    made = [
        new_file(
            heading=heading, plan=plan, unit=unit, title=title, retention=retention, post=post, state=State.PLANNED,
            at=at,
        )
        for title in wanted
    ]  # fmt: skip
    record(
        actor=actor, at=at, what="workfiles.lines_added", about=plan.ref, count=len(made),
        notations=", ".join(file.notation for file in made), files=[file.pk for file in made],
    )  # fmt: skip
    return made


@atomic
def drop_line(*, actor: Actor, at: datetime, line: WorkFile) -> None:
    """Take a line that nobody has opened out of a plan that is still drawn up; its number is not given again."""
    actor = entitled(actor, line.unit, may_plan, at.date())
    plan = lock_plan(line.heading.plan)
    _must_be_drawn(plan)
    found = WorkFile.objects.select_for_update().filter(pk=line.pk, state=State.PLANNED).first()
    if found is None:
        raise WrongState("Hồ sơ này đã mở nên không bỏ khỏi danh mục được nữa.")
    notation, title = found.notation, found.title
    found.delete()
    record(actor=actor, at=at, what="workfiles.line_dropped", about=plan.ref, notation=notation, title=title)


@atomic
def submit_plan(*, actor: Actor, at: datetime, plan: Plan) -> Plan:
    """Put the plan before the head of the agency; raises Invalid while it has no line."""
    plan = lock_plan(plan)
    actor = entitled(actor, plan.agency_id, may_begin_plan, at.date())
    plan.state = PLAN_MOVES.after(plan.state, "submit")
    if not WorkFile.objects.filter(heading__plan=plan, was_planned=True).exists():
        raise Invalid({"year": "Danh mục chưa có dòng nào. Thêm hồ sơ dự kiến mở của các đơn vị rồi trình."})
    plan.save(update_fields=["state"])
    told = Told(plan.ref, plan.url, f"Duyệt danh mục hồ sơ năm {plan.year}")
    give_to_role(told, Kind.APPROVE, LEADS, plan.agency, actor=actor, at=at)
    record(actor=actor, at=at, what="workfiles.plan_submitted", about=plan.ref, year=plan.year)
    return plan


@atomic
def return_plan(*, actor: Actor, at: datetime, plan: Plan, reason: str) -> Plan:
    """Send the plan back to be drawn anew, with the reason."""
    plan = lock_plan(plan)
    actor = entitled(actor, plan, may_approve_plan, at.date())
    plan.state = PLAN_MOVES.after(plan.state, "return")
    need_reason(reason, "Phòng Chuyển đổi số còn thiếu hồ sơ về an toàn thông tin")
    plan.save(update_fields=["state"])
    end_work(plan.ref, actor=actor, at=at, result=f"Trả lại: {reason}")
    record(actor=actor, at=at, what="workfiles.plan_returned", about=plan.ref, reason=reason)
    return plan


@atomic
def approve_plan(*, actor: Actor, at: datetime, plan: Plan, ground: str) -> Plan:
    """Approve the plan by a written decision, for instance "Quyết định 02/QĐ-SKHCN ngày 05/01/2027" (Điều 28)."""
    plan = lock_plan(plan)
    actor = entitled(actor, plan, may_approve_plan, at.date())
    plan.state = PLAN_MOVES.after(plan.state, "approve")
    if not tidy(ground):
        raise Invalid({"ground": "Nhập văn bản ban hành danh mục, ví dụ “Quyết định 02/QĐ-SKHCN ngày 05/01/2027”."})
    plan.ground, plan.approved_by, plan.approved_at = tidy(ground)[:200], actor.name, at
    plan.save(update_fields=["state", "ground", "approved_by", "approved_at"])
    end_work(plan.ref, actor=actor, at=at, result=f"Đã duyệt theo {plan.ground}")
    count = WorkFile.objects.filter(heading__plan=plan, was_planned=True).count()
    record(
        actor=actor,
        at=at,
        what="workfiles.plan_approved",
        about=plan.ref,
        year=plan.year,
        count=count,
        ground=plan.ground,
    )
    return plan

"""Opinions on a draft: asked of several units at once, each by a day; what they answer stays with the draft."""

from collections.abc import Sequence
from datetime import date, datetime

from tram.audit.commands import atomic, record
from tram.files.models import File
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.organisation.models import Unit
from tram.outgoing.commands.cards import content_of, give, lock, must_own, show, tell_drafter
from tram.outgoing.models import Opinion, Outgoing
from tram.outgoing.policy import answering, may_told, may_write
from tram.outgoing.states import BEFORE_APPROVAL, MOVES, STANCE_NAMES, Asked, Stance, State
from tram.tasks.commands.work import fulfil
from tram.tasks.events import Kind


@atomic
def ask_opinions(
    *, actor: Actor, at: datetime, document: Outgoing, units: Sequence[Unit], due_on: date, note: str = ""
) -> list[Opinion]:
    """Ask units of the agency about the present version, all at once, each as a task (góp ý) with its day.

    Raises Invalid when a unit is not of the agency, is the drafter's own, has ended or is asked already.
    """
    document = lock(document)
    actor = entitled(actor, document, may_write, at.date())
    if document.state not in BEFORE_APPROVAL or document.state == State.PRESENTED:
        raise WrongState(f"Dự thảo đang ở bước “{MOVES.name(document.state)}” nên không xin ý kiến được nữa.")
    asked = [Unit.objects.get(pk=unit.pk) for unit in units]
    wrong = _mistakes(document, asked, due_on, at.date())
    if wrong:
        raise Invalid(wrong)
    made = []
    for unit in asked:
        task = give(document, Kind.COMMENT, unit, actor=actor, at=at, note=note, due_on=due_on)
        made.append(
            Opinion.objects.create(document=document, version=document.version, unit=unit, task=task, due_on=due_on)
        )
    record(
        actor=actor, at=at, what="outgoing.opinions_asked", about=document.ref, agency=document.agency_id,
        units=", ".join(unit.name for unit in asked), number=document.version, due_on=f"{due_on:%d/%m/%Y}",
        asked=[unit.pk for unit in asked],
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return made


def _mistakes(document: Outgoing, units: Sequence[Unit], due_on: date, today: date) -> dict[str, str]:
    wrong = {}
    if due_on < today:
        wrong["due_on"] = f"Hạn góp ý phải từ hôm nay ({today:%d/%m/%Y}) trở đi."
    if not content_of(document).body:
        wrong["body"] = "Dự thảo chưa có nội dung để xin ý kiến."
    waiting = set(document.opinions.filter(state=Asked.WAITING).values_list("unit", flat=True))
    for unit in units:
        ended = unit.abolished_on is not None and unit.abolished_on < today
        if unit.agency_id != document.agency_id or unit.is_agency or ended:
            wrong["units"] = (
                f"{unit.name} không phải đơn vị đang hoạt động của cơ quan. Hỏi cơ quan khác thì gửi công văn."
            )
        elif unit.pk == document.unit_id:
            wrong["units"] = f"{unit.name} là đơn vị soạn. Chọn đơn vị khác."
        elif unit.pk in waiting:
            wrong["units"] = f"{unit.name} đang được hỏi, chưa trả lời. Bỏ đơn vị này khỏi lần hỏi mới."
    if not units or len({unit.pk for unit in units}) != len(units):
        wrong["units"] = "Chọn ít nhất một đơn vị để xin ý kiến, mỗi đơn vị một lần."
    return wrong


def _locked(document: Outgoing, opinion: Opinion) -> Opinion:
    found = Opinion.objects.select_related("task", "unit").select_for_update(of=("self",))
    opinion = found.get(pk=opinion.pk, document=document)
    if opinion.state != Asked.WAITING:
        raise WrongState(f"Việc góp ý của {opinion.unit.name} đã kết thúc. Tải lại trang để xem.")
    return opinion


@atomic
def give_opinion(
    *, actor: Actor, at: datetime, document: Outgoing, opinion: Opinion, stance: Stance, text: str = "",
    marked: File | None = None,
) -> Opinion:  # fmt: skip
    """A unit answers: agrees, agrees with changes, disagrees; words are needed unless it agrees; a marked copy may come.

    Raises Invalid without words, Hidden for a file that somebody else brought, WrongState when it was answered.
    """
    document = lock(document)
    opinion = _locked(document, opinion)
    actor = answering(actor, opinion, at.date())
    if stance != Stance.AGREES and not text.strip() and marked is None:
        raise Invalid({"text": "Nhập chỗ cần sửa hoặc lý do không nhất trí, hay kèm bản có đánh dấu."})
    if marked:
        must_own(actor, [marked])
    hat = actor.acting
    assert hat is not None
    opinion.state, opinion.stance, opinion.text, opinion.marked = Asked.GIVEN, stance, text.strip(), marked
    opinion.by_name, opinion.given_at = f"{actor.name}, {hat.title}", at
    opinion.save()
    told = STANCE_NAMES[stance] + (f": {opinion.text}" if opinion.text else "")
    fulfil(actor=actor, at=at, task=opinion.task, result=told)
    record(
        actor=actor, at=at, what="outgoing.opinion_given", about=document.ref, agency=document.agency_id,
        unit=opinion.unit.name, number=opinion.version, stance=stance, stance_name=STANCE_NAMES[stance],
        text=opinion.text, marked=marked and marked.ref,
    )  # fmt: skip
    tell_drafter(
        document, "outgoing.opinion_given", actor=actor, at=at, unit=opinion.unit.name, number=opinion.version,
        stance_name=STANCE_NAMES[stance],
    )  # fmt: skip
    return opinion


@atomic
def recall_opinion(*, actor: Actor, at: datetime, document: Outgoing, opinion: Opinion, reason: str) -> Opinion:
    """The drafter needs a unit's opinion no more; what it had read stays readable to it."""
    document = lock(document)
    actor = entitled(actor, document, may_write, at.date())
    opinion = _locked(document, opinion)
    need_reason(reason, "Đã trao đổi trực tiếp")
    opinion.state = Asked.RECALLED
    opinion.save(update_fields=["state"])
    fulfil(actor=actor, at=at, task=opinion.task, result=f"Không cần ý kiến nữa: {reason}")
    record(
        actor=actor, at=at, what="outgoing.opinion_recalled", about=document.ref, agency=document.agency_id,
        unit=opinion.unit.name, reason=reason,
    )  # fmt: skip
    return opinion


@atomic
def let_go(*, actor: Actor, at: datetime, document: Outgoing, task: int, reason: str, declined: bool) -> None:
    """The work of giving an opinion was given back (`declined`) or recalled in the inbox: the draft waits no more."""
    may_told(actor).or_refuse()
    document = lock(document)
    opinion = Opinion.objects.select_related("unit").filter(document=document, task=task, state=Asked.WAITING).first()
    if opinion is None:
        return
    opinion.state = Asked.DECLINED if declined else Asked.RECALLED
    opinion.text = reason
    opinion.save(update_fields=["state", "text"])
    what = "outgoing.opinion_declined" if declined else "outgoing.opinion_recalled"
    words = {"unit": opinion.unit.name, "reason": reason or "chưa ai xem"}
    record(actor=actor, at=at, what=what, about=document.ref, agency=document.agency_id, **words)
    tell_drafter(document, what, actor=actor, at=at, **words)

"""Commands on an open file: opened, described, given to another, papers put in and taken out."""

from collections.abc import Sequence
from datetime import datetime

from tram.audit.commands import atomic, record
from tram.documents.models import Incoming
from tram.documents.queries import visible_to as incoming_visible_to
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden, Invalid, WrongState, need_reason
from tram.organisation.models import Post, Unit
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import visible_to as outgoing_visible_to
from tram.vietnamese.text import tidy
from tram.workfiles.commands.cards import heading_of, lock, plan_of, show
from tram.workfiles.commands.plan import creator_name, new_file
from tram.workfiles.models import Paper, WorkFile
from tram.workfiles.policy import may_entrust, may_fill, may_open
from tram.workfiles.queries.contents import day_of
from tram.workfiles.rules import LONGEST_NOTE, LONGEST_TITLE, MOST_AT_ONCE, retentions
from tram.workfiles.states import COLLECTING, MOVES, Rights, State

Letter = Incoming | Outgoing


@atomic
def open_file(
    *, actor: Actor, at: datetime, unit: Unit, title: str, retention: str, rights: Rights = Rights.OPEN,
    description: str = "", papers: Sequence[Letter] = (),
) -> WorkFile:  # fmt: skip
    """Open a file beside the plan, empty or by its first papers, under the next number of the unit (Điều 29.1).

    It is the actor's own. Raises Invalid for what is missing and for a paper that no file takes, Hidden for one that
    they may not read.
    """
    actor = entitled(actor, unit, may_open, at.date())
    assert actor.acting is not None, "who may open a file has a post"
    post = Post.objects.select_related("unit").get(pk=actor.acting.post)
    plan = plan_of(unit.agency_id or unit.pk, at.year, actor=actor, at=at)
    file = new_file(
        heading=heading_of(plan, unit), plan=plan, unit=unit, title=title, retention=retention, post=post,
        rights=rights, description=tidy(description), at=at,
    )  # fmt: skip
    put_in = _put_in(file, papers, actor=actor, at=at)
    show(file, actor=actor, at=at)
    record(
        actor=actor, at=at, what="workfiles.opened", about=file.ref, notation=file.notation, title=file.title,
        retention=retention, papers=put_in,
    )  # fmt: skip
    return file


@atomic
def open_planned(*, actor: Actor, at: datetime, file: WorkFile) -> WorkFile:
    """Open a file that the plan foresees, before its first paper comes."""
    file = lock(file)
    actor = entitled(actor, file, may_fill, at.date())
    _begin(file, at)
    file.save(update_fields=["state", "start_date", "changed_at"])
    show(file, actor=actor, at=at)
    record(
        actor=actor, at=at, what="workfiles.opened", about=file.ref, notation=file.notation, title=file.title, papers=[]
    )
    return file


def _begin(file: WorkFile, at: datetime) -> None:
    file.state = MOVES.after(file.state, "open")
    file.start_date, file.changed_at = at.date(), at


@atomic
def describe(
    *, actor: Actor, at: datetime, file: WorkFile, title: str, retention: str, rights: Rights, description: str
) -> WorkFile:
    """Change what an open file is called and how long it is kept; who may see it changes with `rights`."""
    file = lock(file)
    actor = entitled(actor, file, may_fill, at.date())
    _must_collect(file)
    if file.state == State.PLANNED:
        raise WrongState("Hồ sơ này còn là một dòng của danh mục. Mở hồ sơ trước rồi sửa.")
    title, kept = tidy(title), retentions().get(retention)
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid({"title": f"Nhập tiêu đề hồ sơ, không quá {LONGEST_TITLE} chữ."})
    if kept is None:
        raise Invalid({"retention": "Chọn thời hạn bảo quản trong bảng."})
    told = {
        "title": title, "retention": kept.code, "rights": rights.value, "description": tidy(description)[:LONGEST_NOTE],
    }  # fmt: skip
    names = {"title": "tiêu đề", "retention": "thời hạn", "rights": "chế độ sử dụng", "description": "ghi chú"}
    before = {name: getattr(file, name) for name in told if getattr(file, name) != told[name]}
    for name, value in told.items():
        setattr(file, name, value)
    file.retention_years, file.changed_at = kept.years, at
    file.save(update_fields=[*told, "retention_years", "changed_at"])
    show(file, actor=actor, at=at)
    changed = ", ".join(names[name] for name in before) or "không đổi gì"
    record(actor=actor, at=at, what="workfiles.described", about=file.ref, changed=changed, before=before)
    return file


@atomic
def entrust(*, actor: Actor, at: datetime, file: WorkFile, to: Post, reason: str) -> WorkFile:
    """Give an open file to another person of its unit, as when its maker retires or moves (Điều 31.3đ)."""
    file = lock(file)
    actor = entitled(actor, file, may_entrust, at.date())
    _must_collect(file)
    if to.unit_id != file.unit_id:
        raise Invalid({"to": "Chọn người trong đơn vị của hồ sơ."})
    need_reason(reason, "Đồng chí Lan chuyển công tác từ 01/12")
    file.creator, file.creator_name, file.changed_at = to, creator_name(to, at), at
    file.save(update_fields=["creator", "creator_name", "changed_at"])
    show(file, actor=actor, at=at)
    record(
        actor=actor,
        at=at,
        what="workfiles.entrusted",
        about=file.ref,
        holder=file.creator_name,
        post=to.pk,
        reason=reason,
    )
    return file


@atomic
def file_papers(*, actor: Actor, at: datetime, file: WorkFile, papers: Sequence[Letter]) -> int:
    """Put papers into a file, one or a whole selection at once: how many were new to it. The first opens a planned file.

    One record for all, with their refs. Raises Hidden for a letter that this person may not read, Invalid for one that
    no file takes: not in the book yet, a state secret, of another agency.
    """
    file = lock(file)
    actor = entitled(actor, file, may_fill, at.date())
    _must_collect(file)
    if not papers or len(papers) > MOST_AT_ONCE:
        raise Invalid({"papers": f"Chọn từ 1 đến {MOST_AT_ONCE} văn bản."})
    put_in = _put_in(file, papers, actor=actor, at=at)
    if file.state == State.PLANNED:
        _begin(file, at)
    file.changed_at = at
    file.save(update_fields=["state", "start_date", "changed_at"])
    show(file, actor=actor, at=at)
    record(actor=actor, at=at, what="workfiles.filed", about=file.ref, count=len(put_in), papers=put_in)
    return len(put_in)


def _must_collect(file: WorkFile) -> None:
    if file.state not in COLLECTING:
        raise WrongState(f"Hồ sơ {file.notation} đã kết thúc nên không thêm, bớt, sửa được nữa.")


def _put_in(file: WorkFile, papers: Sequence[Letter], *, actor: Actor, at: datetime) -> list[str]:
    """Lay letters into a file whose row is locked; the refs of those that were not there yet."""
    came = {one.pk: one for one in papers if isinstance(one, Incoming)}
    gone = {one.pk: one for one in papers if isinstance(one, Outgoing)}
    _must_be_filable(file, came, gone, actor, at)
    there = Paper.objects.filter(file=file, taken_out_at=None).values_list("incoming", "outgoing")
    had_in, had_out = {row[0] for row in there}, {row[1] for row in there}
    fresh = [
        *(Paper(incoming=one, dated=day_of(one)) for one in came.values() if one.pk not in had_in),
        *(Paper(outgoing=one, dated=day_of(one)) for one in gone.values() if one.pk not in had_out),
    ]
    for paper in fresh:
        paper.file, paper.by_name, paper.added_at = file, actor.name, at
    Paper.objects.bulk_create(fresh)
    return [letter.ref for paper in fresh if (letter := paper.incoming or paper.outgoing)]


def _must_be_filable(
    file: WorkFile, came: dict[int, Incoming], gone: dict[int, Outgoing], actor: Actor, at: datetime
) -> None:
    day = at.date()
    readable = set(incoming_visible_to(actor, day).filter(pk__in=came).values_list("pk", flat=True)) if came else set()
    drafts = set(outgoing_visible_to(actor, day).filter(pk__in=gone).values_list("pk", flat=True)) if gone else set()
    if readable != set(came) or drafts != set(gone):
        raise Hidden
    wrong = [f"{one.code or 'văn bản'}: {why}" for one in came.values() if (why := _why_not(file, one))]
    wrong += [f"{one.code or 'dự thảo'}: của cơ quan khác" for one in gone.values() if one.agency_id != file.agency_id]
    if wrong:
        raise Invalid({"papers": f"Không đưa vào hồ sơ được: {'; '.join(wrong[:5])}. Bỏ chọn rồi làm lại."})


def _why_not(file: WorkFile, letter: Incoming) -> str:
    if letter.secrecy or letter.veiled:
        return "văn bản mật lập hồ sơ giấy riêng, không đưa vào đây"
    if letter.agency_id != file.agency_id:
        return "của cơ quan khác"
    return "chưa vào sổ, vào sổ trước" if letter.arrival_number is None else ""


@atomic
def take_out(*, actor: Actor, at: datetime, file: WorkFile, paper: Paper, reason: str) -> None:
    """Take a paper out of an open file, with the reason; the letter itself stays where it is, the line is kept."""
    file = lock(file)
    actor = entitled(actor, file, may_fill, at.date())
    _must_collect(file)
    need_reason(reason, "Đưa nhầm, văn bản thuộc hồ sơ 02.BCVT")
    found = (
        Paper.objects.filter(pk=paper.pk, file=file, taken_out_at=None).select_related("incoming", "outgoing").first()
    )
    if found is None:
        raise WrongState("Văn bản này không còn trong hồ sơ.")
    found.taken_out_at, found.taken_out_by, found.taken_out_for = at, actor.name, tidy(reason)[:LONGEST_NOTE]
    found.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_for"])
    letter = found.incoming or found.outgoing
    record(
        actor=actor, at=at, what="workfiles.taken_out", about=file.ref, reason=found.taken_out_for,
        paper=letter.ref if letter else "",
    )  # fmt: skip

"""Commands at the end of the work: closed with checks, opened again, due for the archive, kept back."""

from datetime import date, datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.notifications.commands import notify
from tram.vietnamese.text import tidy
from tram.workfiles.commands.cards import lock, show
from tram.workfiles.models import Paper, WorkFile
from tram.workfiles.policy import may_entrust, may_fall_due, may_fill, may_keep_back
from tram.workfiles.queries.contents import day_of, obstacles, pages, papers_of
from tram.workfiles.rules import due_after, kept_until, months_later, term
from tram.workfiles.states import MOVES


@atomic
def close(*, actor: Actor, at: datetime, file: WorkFile, end_date: date | None = None) -> WorkFile:
    """End a file on the day on which its work ended: papers get their places in the order of days (Điều 29.3).

    Raises WrongState that names what is not finished: open work, letters not settled, drafts not signed, no number.
    """
    file = lock(file)
    actor = entitled(actor, file, may_fill, at.date())
    file.state = MOVES.after(file.state, "close")
    left = obstacles(actor, file, at.date())
    if left:
        more = f"; và {len(left) - 5} điều nữa" if len(left) > 5 else ""
        raise WrongState(f"Chưa kết thúc được hồ sơ. {'; '.join(one.words.rstrip('.') for one in left[:5])}{more}.")
    end, papers = end_date or at.date(), _in_order(file)
    if not papers[0].dated <= end <= at.date():
        first = f"{papers[0].dated:%d/%m/%Y}"
        raise Invalid({"end_date": f"Công việc kết thúc từ ngày của văn bản đầu tiên ({first}) đến hôm nay."})
    file.doc_total, file.page_total = len(papers), sum(paper.page_amount for paper in papers)
    file.start_date, file.end_date, file.closed_at, file.changed_at = papers[0].dated, end, at, at
    file.due_on, file.kept_until = due_after(end, file.retention_years), kept_until(end, file.retention_years)
    file.save()
    show(file, actor=actor, at=at)
    record(
        actor=actor, at=at, what="workfiles.closed", about=file.ref, end_date=end, doc_total=file.doc_total,
        page_total=file.page_total, due_on=file.due_on, kept_until=file.kept_until,
    )  # fmt: skip
    return file


def _in_order(file: WorkFile) -> list[Paper]:
    """The papers of a file with their days, places and pages as they are now."""
    papers = list(papers_of(file))
    for paper in papers:
        letter = paper.incoming or paper.outgoing
        assert letter is not None, "a paper is one thing"
        paper.dated = day_of(letter)
    papers.sort(key=lambda paper: (paper.dated, paper.pk))
    counted = pages(papers)
    for place, paper in enumerate(papers, start=1):
        paper.ordinal, paper.page_amount = place, counted[paper.pk]
    Paper.objects.bulk_update(papers, ["dated", "ordinal", "page_amount"])
    return papers


@atomic
def reopen(*, actor: Actor, at: datetime, file: WorkFile, reason: str) -> WorkFile:
    """Open a closed file again while it is still with the unit, with the reason."""
    file = lock(file)
    actor = entitled(actor, file, may_entrust, at.date())
    file.state = MOVES.after(file.state, "reopen")
    need_reason(reason, "Sở Tài chính có văn bản bổ sung")
    file.due_on = file.kept_until = file.kept_back_until = None
    file.changed_at = at
    file.save(update_fields=["state", "due_on", "kept_until", "kept_back_until", "changed_at"])
    show(file, actor=actor, at=at)
    record(actor=actor, at=at, what="workfiles.reopened", about=file.ref, reason=reason)
    return file


@atomic
def fall_due(*, actor: Actor, at: datetime, file: WorkFile) -> WorkFile:
    """The day of handing over comes near (Phụ lục VI: told 30 days ahead); its maker is told. Once for each term."""
    may_fall_due(actor).or_refuse()
    file = lock(file)
    file.state = MOVES.after(file.state, "fall_due")
    file.changed_at = at
    file.save(update_fields=["state", "changed_at"])
    show(file, actor=actor, at=at)
    notify(
        actor=actor, at=at, kind="workfiles.fell_due", about=file.ref, url=file.url, to_posts=[file.creator_id],
        title=file.title, notation=file.notation, due_on=file.due_on.strftime("%d/%m/%Y") if file.due_on else "",
    )  # fmt: skip
    record(actor=actor, at=at, what="workfiles.fell_due", about=file.ref, agency=file.agency_id, due_on=file.due_on)
    return file


@atomic
def keep_back(*, actor: Actor, at: datetime, file: WorkFile, until: date, ground: str, reason: str) -> WorkFile:
    """Let the unit keep a file until a day, two years after its due day at most, by a written consent (Điều 30)."""
    file = lock(file)
    actor = entitled(actor, file, may_keep_back, at.date())
    file.state = MOVES.after(file.state, "keep_back")
    if file.due_on is None or file.end_date is None:
        raise WrongState("Hồ sơ này không phải nộp lưu nên không cần giữ lại.")
    last = months_later(file.end_date, term("within_months") + term("keep_back_months"))
    if not at.date() < until <= last:
        raise Invalid(
            {"until": f"Giữ lại đến một ngày sau hôm nay, không quá {last:%d/%m/%Y} (2 năm từ ngày đến hạn)."}
        )
    if not tidy(ground):
        raise Invalid({"ground": "Nhập văn bản đồng ý, ví dụ “Công văn 15/SKHCN-VP ngày 02/11/2027”."})
    need_reason(reason, "Còn dùng để thanh tra năm 2028")
    file.kept_back_until = file.due_on = until
    file.changed_at = at
    file.save(update_fields=["state", "kept_back_until", "due_on", "changed_at"])
    show(file, actor=actor, at=at)
    record(
        actor=actor, at=at, what="workfiles.kept_back", about=file.ref, until=until, ground=tidy(ground), reason=reason
    )
    return file

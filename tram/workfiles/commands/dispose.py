"""Commands of disposal: files whose term has run out, proposed by the archive, decided by another person."""

from collections.abc import Sequence
from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden, Invalid, WrongState, need_reason
from tram.organisation.models import Unit
from tram.tasks.events import Kind
from tram.vietnamese.text import tidy
from tram.workfiles.commands.cards import LEADS, Told, end_work, give_to_role, lock_all, lock_disposal, show
from tram.workfiles.models import Disposal, DisposedFile, WorkFile
from tram.workfiles.policy import may_decide_disposal, may_propose
from tram.workfiles.queries.archive import waiting_disposals
from tram.workfiles.rules import MOST_AT_ONCE
from tram.workfiles.states import MOVES, Decision


@atomic
def propose(*, actor: Actor, at: datetime, agency: Unit, files: Sequence[WorkFile], note: str = "") -> Disposal:
    """Propose files whose term has run out for disposal (Danh mục tài liệu hết giá trị).

    Raises Invalid for one that must still be kept, that lies in another proposal or that is due for the archive.
    """
    may_propose(actor, agency.pk, at.date()).or_refuse()
    if not files or len(files) > MOST_AT_ONCE:
        raise Invalid({"files": f"Chọn từ 1 đến {MOST_AT_ONCE} hồ sơ."})
    locked = lock_all([file.pk for file in files])
    if any(file.agency_id != agency.pk for file in locked):
        raise Hidden
    proposed = waiting_disposals([file.pk for file in locked])
    for file in locked:
        MOVES.after(file.state, "dispose")
        _must_be_over(file, at)
        if file.pk in proposed:
            raise Invalid({"files": f"Hồ sơ {file.notation} năm {file.year} đã nằm trong một đề nghị hủy đang chờ."})
    assert actor.account is not None, "who may propose has signed in"
    told = Disposal.objects.create(
        agency=agency, proposer_id=actor.account, proposed_by=actor.name, proposed_at=at, note=tidy(note)[:500]
    )
    in_order = sorted(locked, key=lambda file: (file.year, file.notation))
    DisposedFile.objects.bulk_create(
        DisposedFile(disposal=told, file=file, place=place) for place, file in enumerate(in_order, start=1)
    )
    give_to_role(
        Told(told.ref, told.url, f"Quyết định hủy {len(locked)} hồ sơ hết thời hạn bảo quản"), Kind.APPROVE, LEADS,
        agency, actor=actor, at=at, note=told.note,
    )  # fmt: skip
    record(
        actor=actor, at=at, what="workfiles.disposal_proposed", about=told.ref, count=len(locked),
        files=[file.pk for file in in_order],
    )  # fmt: skip
    return told


def _must_be_over(file: WorkFile, at: datetime) -> None:
    if file.kept_until is None:
        raise Invalid({"files": f"Hồ sơ {file.notation} năm {file.year} bảo quản vĩnh viễn, không hủy."})
    if file.kept_until >= at.date():
        raise Invalid({"files": f"Hồ sơ {file.notation} năm {file.year} còn phải giữ đến {file.kept_until:%d/%m/%Y}."})
    if file.due_on is not None and file.archived_at is None:
        raise Invalid({"files": f"Hồ sơ {file.notation} năm {file.year} phải nộp lưu trước khi xét hủy."})


def _waiting(disposal: Disposal) -> Disposal:
    found = lock_disposal(disposal)
    if found.state != Decision.WAITING:
        raise WrongState("Đề nghị này đã có quyết định. Tải lại trang để xem kết quả.")
    return found


@atomic
def refuse(*, actor: Actor, at: datetime, disposal: Disposal, reason: str) -> Disposal:
    """Keep the files, with the reason."""
    found = _waiting(disposal)
    actor = entitled(actor, found, may_decide_disposal, at.date())
    need_reason(reason, "Giữ thêm để phục vụ thanh tra")
    found.state, found.reason = Decision.REFUSED, tidy(reason)[:500]
    _decided(found, actor, at)
    end_work(found.ref, actor=actor, at=at, result=f"Không đồng ý: {found.reason}")
    record(actor=actor, at=at, what="workfiles.disposal_refused", about=found.ref, reason=found.reason)
    return found


@atomic
def confirm(*, actor: Actor, at: datetime, disposal: Disposal, ground: str) -> Disposal:
    """Dispose of the files by a written decision, by another person than who proposed it; their lists are kept."""
    found = _waiting(disposal)
    actor = entitled(actor, found, may_decide_disposal, at.date())
    if not tidy(ground):
        raise Invalid({"ground": "Nhập quyết định hủy, ví dụ “Quyết định 31/QĐ-SKHCN ngày 10/01/2037”."})
    found.state, found.ground = Decision.AGREED, tidy(ground)[:200]
    _decided(found, actor, at)
    files = lock_all(list(found.lines.values_list("file", flat=True)))
    for file in files:
        file.state, file.disposed_at, file.changed_at = MOVES.after(file.state, "dispose"), at, at
        file.save(update_fields=["state", "disposed_at", "changed_at"])
        show(file, actor=actor, at=at)
        record(actor=actor, at=at, what="workfiles.disposed", about=file.ref, ground=found.ground, disposal=found.pk)
    end_work(found.ref, actor=actor, at=at, result=f"Đã hủy theo {found.ground}.")
    record(
        actor=actor, at=at, what="workfiles.disposal_confirmed", about=found.ref, count=len(files), ground=found.ground
    )
    return found


def _decided(found: Disposal, actor: Actor, at: datetime) -> None:
    found.decider_id, found.decided_by, found.decided_at = actor.account, actor.name, at
    found.save(update_fields=["state", "ground", "reason", "decider", "decided_by", "decided_at"])

"""Commands of the hand-over into the agency's archive: offered by the unit, returned, received for good (Điều 30)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.notifications.commands import notify
from tram.tasks.events import Kind
from tram.vietnamese.text import tidy
from tram.workfiles.commands.cards import KEEPS, Told, end_work, give_to_role, lock_all, lock_hand_over, show
from tram.workfiles.models import HandedFile, HandOver, Paper, WorkFile
from tram.workfiles.policy import may_fill, may_hand_back, may_receive
from tram.workfiles.queries.contents import digests, papers_of
from tram.workfiles.rules import MOST_AT_ONCE
from tram.workfiles.states import MOVES, Decision


@atomic
def hand_over(*, actor: Actor, at: datetime, files: Sequence[WorkFile], note: str = "") -> HandOver:
    """Offer closed files of one unit to the agency's archive, as one list (Mục lục hồ sơ nộp lưu).

    Raises Invalid for none, too many, files of several units, or one whose term is so short that it is not handed over.
    """
    if not files or len(files) > MOST_AT_ONCE:
        raise Invalid({"files": f"Chọn từ 1 đến {MOST_AT_ONCE} hồ sơ."})
    locked = lock_all([file.pk for file in files])
    for file in locked:
        actor = entitled(actor, file, may_fill, at.date())
        file.state = MOVES.after(file.state, "hand_over")
        if file.due_on is None:
            raise Invalid({"files": f"Hồ sơ {file.notation} bảo quản dưới 5 năm nên giữ ở đơn vị, không nộp lưu."})
    if len({file.unit_id for file in locked}) > 1:
        raise Invalid({"files": "Mỗi lần giao nộp là hồ sơ của một đơn vị."})
    assert actor.acting is not None, "who may hand over has a post"
    told = HandOver.objects.create(
        agency=locked[0].agency, unit=locked[0].unit, post_id=actor.acting.post,
        by_name=f"{actor.name}, {actor.acting.title}"[:240], at=at, note=tidy(note)[:500],
    )  # fmt: skip
    in_order = sorted(locked, key=lambda file: (file.year, file.notation))
    HandedFile.objects.bulk_create(
        HandedFile(hand_over=told, file=file, place=place) for place, file in enumerate(in_order, start=1)
    )
    _save_states(locked, actor, at)
    give_to_role(
        Told(told.ref, told.url, f"Nhận {len(locked)} hồ sơ nộp lưu của {told.unit.name}"), Kind.REVIEW, KEEPS,
        told.agency, actor=actor, at=at, note=told.note,
    )  # fmt: skip
    record(
        actor=actor,
        at=at,
        what="workfiles.handed_over",
        about=told.ref,
        count=len(locked),
        files=[f.pk for f in in_order],
    )
    return told


def _save_states(files: Sequence[WorkFile], actor: Actor, at: datetime) -> None:
    for file in files:
        file.changed_at = at
    WorkFile.objects.bulk_update(files, ["state", "changed_at"])
    for file in files:
        show(file, actor=actor, at=at)


def _waiting(hand_over: HandOver) -> HandOver:
    found = lock_hand_over(hand_over)
    if found.state != Decision.WAITING:
        raise WrongState("Lần giao nộp này đã xong. Tải lại trang để xem kết quả.")
    return found


def _decide(found: HandOver, state: Decision, reason: str, actor: Actor, at: datetime) -> list[WorkFile]:
    found.state, found.decided_by, found.decided_at, found.reason = state, actor.name, at, reason
    found.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return lock_all(list(found.lines.values_list("file", flat=True)))


@atomic
def hand_back(*, actor: Actor, at: datetime, hand_over: HandOver, reason: str) -> HandOver:
    """Return a whole list to the unit, or withdraw one's own, with the reason: its files are due again."""
    found = _waiting(hand_over)
    actor = entitled(actor, found, may_hand_back, at.date())
    need_reason(reason, "Hồ sơ 03.BCVT thiếu văn bản trả lời")
    files = _decide(found, Decision.REFUSED, tidy(reason)[:500], actor, at)
    for file in files:
        file.state = MOVES.after(file.state, "hand_back")
    _save_states(files, actor, at)
    end_work(found.ref, actor=actor, at=at, result=f"Trả lại: {found.reason}")
    _tell(found, "workfiles.handed_back", actor, at, reason=found.reason)
    record(actor=actor, at=at, what="workfiles.handed_back", about=found.ref, reason=found.reason)
    return found


@atomic
def receive(*, actor: Actor, at: datetime, hand_over: HandOver) -> HandOver:
    """Take a list into the agency's archive. From here the database refuses any change of its files and their lists;
    each paper keeps what it was, so that a later correction of a letter shows.
    """
    found = _waiting(hand_over)
    actor = entitled(actor, found, may_receive, at.date())
    files = _decide(found, Decision.AGREED, "", actor, at)
    for file in files:
        papers = list(papers_of(file))
        told = digests(papers)
        for paper in papers:
            paper.digest = told[paper.pk]
        Paper.objects.bulk_update(papers, ["digest"])
        file.state, file.archived_at, file.changed_at = MOVES.after(file.state, "receive"), at, at
        file.save(update_fields=["state", "archived_at", "changed_at"])
        show(file, actor=actor, at=at)
        record(
            actor=actor, at=at, what="workfiles.archived", about=file.ref, doc_total=file.doc_total,
            hand_over=found.pk, papers=sorted(told.values()),
        )  # fmt: skip
    end_work(found.ref, actor=actor, at=at, result=f"Đã nhận {len(files)} hồ sơ.")
    _tell(found, "workfiles.received", actor, at, count=len(files))
    record(actor=actor, at=at, what="workfiles.received", about=found.ref, count=len(files))
    return found


def _tell(found: HandOver, kind: str, actor: Actor, at: datetime, **words: Any) -> None:
    """A notice to who handed over."""
    notify(actor=actor, at=at, kind=kind, about=found.ref, url=found.url, to_posts=[found.post_id], **words)

"""Commands on drafts put to the public: worded by one person, let out by another, summed up after the last day, taken back at once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.files.commands import store
from tram.files.models import File
from tram.files.queries import FileRefused, is_locked
from tram.kernel.actors import Actor, entitled, wear
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Unit
from tram.organisation.queries import calendar_of
from tram.tasks.events import Kind
from tram.voices.commands.duty import ask_of_draft, due_from, end_duty, lock_draft, must_say_why, tell_of_draft
from tram.voices.models import Draft, DraftPublication
from tram.voices.policy import may_close, may_handle, may_propose, may_publish_draft
from tram.voices.queries import draft_digest, open_draft
from tram.voices.rules import LONGEST_REASON, longest, settled, slug_of
from tram.voices.states import DRAFT_MOVES, DraftState

SECRET = "Tệp của dự thảo có dấu chỉ độ mật"
SEEN_OTHER = "Dự thảo vừa được lưu thành bản {version}. Mở lại trang để đọc bản ấy rồi làm tiếp."
WITHIN = 3
"""Working days in which a draft that waits is let out or returned."""


class Stream(Protocol):
    """Bytes that come."""

    def read(self, size: int, /) -> bytes:
        """Some of them."""


Brought = tuple[str, Stream]
"""A file as it comes: its name, its bytes."""


@atomic
def propose(*, actor: Actor, at: datetime, agency: Unit, told: Mapping[str, Any], file: Brought | None = None) -> Draft:
    """Word a draft for the public: kind, title, purpose, text or a PDF, days, and why for fewer than the law asks.

    It waits for another person, who lets it out. Raises Invalid for what is missing or too long, and for a file that is no PDF.
    """
    actor = entitled(actor, agency, lambda who, unit, on: may_propose(who, unit.pk, on), at.date())
    assert actor.account is not None, "a person words it"
    kept = _stored(actor, at, agency.pk, file)
    words = _checked(told, has_file=kept is not None)
    draft = Draft.objects.create(
        agency=agency, state=DraftState.WORDED, begun_at=at, writer_id=actor.account, writer_name=actor.name, file=kept,
        **words,
    )  # fmt: skip
    record(actor=actor, at=at, what="voices.draft_proposed", about=draft.ref, agency=agency.pk, number=draft.pk)
    _ask_publisher(at, draft, "Duyệt đăng dự thảo", actor)
    return draft


@atomic
def revise(
    *, actor: Actor, at: datetime, draft: Draft, told: Mapping[str, Any], seen: int, file: Brought | None = None,
    drops_file: bool = False,
) -> Draft:  # fmt: skip
    """Word it anew, while it is not public. Raises what `propose` raises, WrongState where somebody saved another version."""
    draft = lock_draft(draft)
    actor = entitled(actor, draft, may_handle, at.date())
    state = DRAFT_MOVES.after(draft.state, "revise")
    _must_have_seen(draft, seen)
    brought = _stored(actor, at, draft.agency_id, file)
    kept = brought or (None if drops_file else draft.file)
    for name, value in _checked(told, has_file=kept is not None).items():
        setattr(draft, name, value)
    draft.state, draft.version, draft.file = state, draft.version + 1, kept
    assert actor.account is not None, "a person words it"
    draft.writer_id, draft.writer_name = actor.account, actor.name
    draft.save()
    record(
        actor=actor, at=at, what="voices.draft_revised", about=draft.ref, agency=draft.agency_id, version=draft.version
    )
    end_duty(at, draft, "Đã sửa dự thảo")
    _ask_publisher(at, draft, "Duyệt đăng dự thảo", actor)
    return draft


@atomic
def send_back(*, actor: Actor, at: datetime, draft: Draft, reason: str) -> Draft:
    """Return a draft, or its summary, with the reason. Raises Invalid without one."""
    draft = lock_draft(draft)
    actor = entitled(actor, draft, may_handle, at.date())
    must_say_why(reason, "Bổ sung căn cứ ban hành")
    was_summary = draft.state == DraftState.SUMMED
    draft.state = DRAFT_MOVES.after(draft.state, "send_back")
    draft.save(update_fields=["state"])
    record(
        actor=actor, at=at, what="voices.draft_sent_back", about=draft.ref, agency=draft.agency_id, reason=reason.strip()
    )  # fmt: skip
    end_duty(at, draft, "Đã trả lại")
    title = "Tổng hợp ý kiến về dự thảo" if was_summary else "Sửa dự thảo"
    due = due_from(draft.agency_id, at.date(), WITHIN)
    ask_of_draft(at, draft, Kind.HANDLE, title, due, f"{actor.name}: {reason.strip()}"[:500])
    return draft


@atomic
def publish(*, actor: Actor, at: datetime, draft: Draft, seen: int) -> DraftPublication:
    """Let a draft out for opinions, or the summary beside it; by another person than who worded it.

    A draft that is let out takes opinions from that day for its days; the summary changes nothing of them.
    """
    # before the draft, as whoever notes a stamp does: the stamp waits for this, or this finds the file locked
    held = [draft.file_id] if draft.file_id else []
    list(File.objects.select_for_update().filter(pk__in=held).values_list("pk"))
    draft = lock_draft(draft)
    actor = wear(actor, draft, may_handle, at.date())
    may_publish_draft(actor, draft, at.date()).or_refuse()
    is_summary = draft.state == DraftState.SUMMED
    state = DRAFT_MOVES.after(draft.state, "publish")
    _must_have_seen(draft, seen)
    if draft.file and is_locked(draft.file):
        raise WrongState("Tệp đang khóa vì nghi có dấu mật. Chờ văn thư trả lời, hoặc sửa dự thảo và bỏ tệp.")
    out = _let_out(draft, actor, at)
    draft.state = state
    draft.save(update_fields=["state"])
    end_duty(at, draft, "Đã đăng")
    record(
        actor=actor, at=at, what="voices.draft_summary_published" if is_summary else "voices.draft_published",
        about=draft.ref, agency=draft.agency_id, version=draft.version, last_on=f"{out.last_on:%d/%m/%Y}",
        publication=out.pk, digest=draft_digest(out),
    )  # fmt: skip
    if not draft.summary:
        due = calendar_of(draft.agency_id).add(out.last_on, settled()["drafts"]["summary_days"])
        ask_of_draft(at, draft, Kind.HANDLE, "Tổng hợp ý kiến về dự thảo", due)
    tell_of_draft(actor, at, draft)
    return out


def _let_out(draft: Draft, actor: Actor, at: datetime) -> DraftPublication:
    """The next row of the log, in place of the open one; what has its summary keeps the days that opinions had."""
    assert actor.account is not None, "a person lets it out"
    rows = DraftPublication.objects.filter(draft=draft).order_by("pk")
    earliest, last = rows.first(), rows.last()
    if last and last.until_at is None:
        _end(last, at, "Đăng bản tổng hợp")
    today = at.date()
    days = (last.first_on, last.last_on) if last and draft.summary else (today, today + timedelta(days=draft.days))
    return DraftPublication.objects.create(
        draft=draft, agency_id=draft.agency_id, kind=draft.kind, title=draft.title, purpose=draft.purpose, text=draft.text,
        slug=earliest.slug if earliest else slug_of(draft.title, draft.pk, "du-thao"), file=draft.file_id,
        file_sha256=draft.file.blob_id if draft.file else "", first_on=days[0], last_on=days[1],
        short_reason=draft.short_reason, summary=draft.summary, publisher_id=actor.account, publisher_name=actor.name,
        first_at=earliest.first_at if earliest else at, since_at=at,
    )  # fmt: skip


@atomic
def summarise(*, actor: Actor, at: datetime, draft: Draft, summary: str, seen: int) -> Draft:
    """Word what was taken up of the opinions and what not, with reasons, after the last day. It waits for another person.

    Raises WrongState before the last day has ended, Invalid for an empty or too long one.
    """
    draft = lock_draft(draft)
    actor = entitled(actor, draft, may_handle, at.date())
    state, out = DRAFT_MOVES.after(draft.state, "summarise"), open_draft(draft)
    _must_have_seen(draft, seen)
    if out is None or at.date() <= out.last_on:
        raise WrongState(still_open(out.last_on if out else None))
    words = summary.strip()
    if not words:
        raise Invalid({"summary": "Nhập bản tổng hợp: ý kiến nào tiếp thu, ý kiến nào không, vì sao."})
    if len(words) > longest("summary"):
        raise Invalid({"summary": _too_long("summary", words)})
    draft.state, draft.summary, draft.summer_id, draft.version = state, words, actor.account, draft.version + 1
    draft.save(update_fields=["state", "summary", "summer", "version"])
    record(actor=actor, at=at, what="voices.draft_summarised", about=draft.ref, agency=draft.agency_id)
    end_duty(at, draft, "Đã soạn bản tổng hợp")
    _ask_publisher(at, draft, "Duyệt đăng bản tổng hợp ý kiến về dự thảo", actor)
    return draft


def still_open(last_on: date | None) -> str:
    """Part: why opinions are not summed up yet."""
    until = f" đến hết ngày {last_on:%d/%m/%Y}" if last_on else ""
    return f"Dự thảo còn nhận ý kiến{until}. Tổng hợp sau ngày ấy."


@atomic
def withdraw(*, actor: Actor, at: datetime, draft: Draft, reason: str) -> Draft:
    """Take a draft with its opinions from the public at once. The reason stays in the house. Raises Invalid without one."""
    draft = lock_draft(draft)
    actor = entitled(actor, draft, may_handle, at.date())
    must_say_why(reason, "Đăng nhầm bản, đang sửa")
    state = DRAFT_MOVES.after(draft.state, "withdraw")
    _take_away(actor, at, draft, state, reason.strip(), "voices.draft_withdrawn")
    return draft


@atomic
def close(*, actor: Actor, at: datetime, file: UUID, is_lost: bool = False) -> None:
    """A stamp of secrecy was seen on a file: what shows it leaves the portal until a person publishes it again; `is_lost`: the
    draft lets the file go, for it is destroyed in this transaction.
    """
    may_close(actor).or_refuse()
    shown = DraftPublication.objects.filter(until_at=None, file=file).values_list("draft", flat=True)
    held = Draft.objects.filter(file=file).values_list("pk", flat=True)
    for pk in sorted({*shown, *held}):
        draft = lock_draft(Draft(pk=pk))
        if open_draft(draft):
            _take_away(actor, at, draft, DraftState.WITHDRAWN, SECRET, "voices.draft_closed")
        if is_lost and draft.file_id == file:
            draft.file, draft.version = None, draft.version + 1
            draft.state = DraftState.RETURNED if draft.state == DraftState.WORDED else draft.state
            draft.save(update_fields=["file", "version", "state"])
            record(
                actor=actor, at=at, what="voices.draft_closed", about=draft.ref, agency=draft.agency_id, reason=SECRET
            )


@atomic
def take_back(*, actor: Actor, at: datetime, draft: Draft, reason: str) -> None:
    """Work about it was given back or recalled: it lies with whoever words drafts."""
    may_close(actor).or_refuse()
    draft = lock_draft(draft)
    record(actor=actor, at=at, what="voices.draft_sent_back", about=draft.ref, agency=draft.agency_id, reason=reason)
    due = due_from(draft.agency_id, at.date(), WITHIN)
    ask_of_draft(at, draft, Kind.HANDLE, "Xem lại dự thảo", due, reason[:500])


def _take_away(actor: Actor, at: datetime, draft: Draft, state: DraftState, why: str, what: str) -> None:
    out = open_draft(draft)
    if out is None:
        raise WrongState("Dự thảo này không còn ở trên cổng.")
    _end(out, at, why)
    draft.state = state
    draft.save(update_fields=["state"])
    record(actor=actor, at=at, what=what, about=draft.ref, agency=draft.agency_id, reason=why, publication=out.pk)
    end_duty(at, draft, "Đã gỡ khỏi cổng")
    tell_of_draft(actor, at, draft)


def _end(out: DraftPublication, at: datetime, why: str) -> None:
    out.until_at, out.ended_for = at, why
    out.save(update_fields=["until_at", "ended_for"])


def _ask_publisher(at: datetime, draft: Draft, title: str, actor: Actor) -> None:
    due = due_from(draft.agency_id, at.date(), WITHIN)
    ask_of_draft(at, draft, Kind.APPROVE, title, due, f"{actor.name} đã soạn", {actor.account})


def _stored(actor: Actor, at: datetime, agency: int, file: Brought | None) -> File | None:
    if file is None:
        return None
    kept = store(actor=actor, at=at, stream=file[1], name=file[0], agency=agency)
    if kept.blob.kind != "pdf":
        raise FileRefused("kind", "Chỉ nhận một tệp PDF. Chuyển bản dự thảo thành PDF rồi chọn lại.")
    return kept


def _checked(told: Mapping[str, Any], *, has_file: bool) -> dict[str, Any]:
    """The words of a draft; Invalid for what is missing, too long, or shorter in days than may be without a reason."""
    rules = settled()["drafts"]
    words = {name: str(told[name]).strip() for name in ("kind", "title", "purpose", "text", "short_reason")}
    days, wrong = told["days"] or 0, dict[str, str]()
    if words["kind"] not in rules["kinds"]:
        wrong["kind"] = "Chọn loại dự thảo trong danh sách."
    if not words["title"]:
        wrong["title"] = "Nhập tên dự thảo, ví dụ “Quyết định ban hành Quy chế quản lý mạng viễn thông”."
    if not words["purpose"]:
        wrong["purpose"] = "Nhập tờ trình tóm tắt: vì sao ban hành, quy định gì mới, ai chịu tác động."
    if not words["text"] and not has_file:
        wrong["text"] = "Nhập toàn văn dự thảo hoặc chọn tệp PDF."
    limits = {"title": "draft_title", "purpose": "purpose", "text": "draft"}
    wrong |= {name: _too_long(key, words[name]) for name, key in limits.items() if len(words[name]) > longest(key)}
    if not 1 <= days <= rules["most_days"]:
        wrong["days"] = f"Nhập số ngày từ 1 đến {rules['most_days']}."
    elif days < rules["least_days"] and not words["short_reason"]:
        wrong["short_reason"] = f"Ngắn hơn {rules['least_days']} ngày thì ghi lý do; lý do hiện trên cổng."
    if len(words["short_reason"]) > LONGEST_REASON:
        wrong["short_reason"] = f"Lý do dài quá {LONGEST_REASON} chữ. Viết ngắn lại."
    if wrong:
        raise Invalid(wrong)
    reason = words["short_reason"] if days < rules["least_days"] else ""
    return words | {"days": days, "short_reason": reason}


def _too_long(key: str, words: str) -> str:
    return f"Viết ngắn lại, nhiều nhất {longest(key)} chữ; hiện có {len(words)}."


def _must_have_seen(draft: Draft, seen: int) -> None:
    if draft.version != seen:
        raise WrongState(SEEN_OTHER.format(version=draft.version))

"""Parts that the commands of questions share: who has to act lies as work in one inbox, and those who show questions are told."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Invalid, need_reason
from tram.organisation.models import Post, Unit
from tram.organisation.queries import calendar_of, seat_asked
from tram.tasks.commands.give import Subject, assign
from tram.tasks.commands.work import fulfil
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.voices.models import Draft, Voice
from tram.voices.rules import LONGEST_REASON, settled
from tram.voices.sockets import faces

LETTING_OUT = (("publisher",), ("editor",), ("office_chief",), sorted(LEADERS))
"""Who is asked to let an answer out, the more fitting first; never who worded it."""


def due_from(agency: int, on: date, days: int = 0) -> date:
    """Part: until when what comes on a day is to be answered, or decided in so many `days`."""
    return calendar_of(agency).add(on, days or settled()["days"])


def must_say_why(reason: str, example: str) -> None:
    """Part: raises Invalid without a reason, with the example, and for one that is too long to be kept."""
    need_reason(reason, example)
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"Lý do dài quá {LONGEST_REASON} chữ. Viết ngắn lại."})


def lock(voice: Voice) -> Voice:
    """Part: the question as it is now, locked."""
    return Voice.objects.select_for_update(of=("self",)).select_related("agency").get(pk=voice.pk)


def lock_draft(draft: Draft) -> Draft:
    """Part: the draft as it is now, locked."""
    return Draft.objects.select_for_update(of=("self",)).select_related("agency").get(pk=draft.pk)


def ask_desk(at: datetime, voice: Voice, note: str = "") -> None:
    """Part: the question waits for whoever answers readers; where nobody sits there, for the agency's inbox."""
    title = f"Duyệt {_name(voice)} số {voice.pk}" if voice.is_opinion else f"Trả lời câu hỏi số {voice.pk}"
    _ask(at, voice, Kind.HANDLE, settled()["receivers"], title, note)


def ask_publisher(at: datetime, voice: Voice) -> None:
    """Part: the answer waits for whoever lets it out."""
    title = f"Duyệt đăng {_name(voice) if voice.is_opinion else 'trả lời câu hỏi'} số {voice.pk}"
    _ask(at, voice, Kind.APPROVE, LETTING_OUT, title, f"{voice.answerer_name} đã soạn", {voice.answerer_id})


def ask_unit(at: datetime, voice: Voice, unit: Unit, note: str) -> None:
    """Part: the question waits in the inbox of a part of the agency, whose head hands it out."""
    _give(at, voice, Kind.HANDLE, unit, None, f"Trả lời câu hỏi số {voice.pk}", note)


def _name(voice: Voice) -> str:
    return "góp ý dự thảo" if voice.draft_id else "ý kiến bạn đọc" if voice.article_id else "câu hỏi"


def ask_of_draft(
    at: datetime, draft: Draft, kind: Kind, title: str, due_on: date, note: str = "", but: Collection[int | None] = ()
) -> None:
    """Part: a draft waits for whoever lets it out, or else for whoever words it."""
    roles = LETTING_OUT if kind is Kind.APPROVE else settled()["receivers"]
    seat = seat_asked(roles, draft.agency_id, at.date(), but)
    post = Post.objects.select_related("unit").get(pk=seat.post) if seat else None
    about = Subject(draft.ref, f"/du-thao/{draft.pk}", f"{title} số {draft.pk}", f"Dự thảo · {draft.title}"[:300])
    assign(
        actor=Actor.system(), at=at, kind=kind, unit=post.unit if post else draft.agency, post=post, about=about,
        due_on=due_on, note=note,
    )  # fmt: skip


def end_duty(at: datetime, thing: Voice | Draft, result: str) -> None:
    """Part: what was asked about the question or the draft has happened."""
    for task in Task.objects.filter(about=thing.ref, ended_at=None).order_by("pk"):
        fulfil(actor=Actor.system(), at=at, task=task, result=result)


def tell(actor: Actor, at: datetime, voice: Voice) -> None:
    """Part: the rooms that show questions are told, in this transaction, that what is public of one has changed."""
    for _room, face in faces.items():
        face.changed(actor=actor, at=at, voice=voice.pk, agency=voice.agency_id)


def tell_of_draft(actor: Actor, at: datetime, draft: Draft) -> None:
    """Part: the same of a draft."""
    for _room, face in faces.items():
        face.draft_changed(actor=actor, at=at, draft=draft.pk, agency=draft.agency_id)


def _ask(
    at: datetime, voice: Voice, kind: Kind, roles: Iterable[Iterable[str]], title: str, note: str,
    but: Collection[int | None] = (),
) -> None:  # fmt: skip
    seat = seat_asked(roles, voice.agency_id, at.date(), but)
    post = Post.objects.select_related("unit").get(pk=seat.post) if seat else None
    _give(at, voice, kind, post.unit if post else voice.agency, post, title, note)


def _give(at: datetime, voice: Voice, kind: Kind, unit: Unit, post: Post | None, title: str, note: str) -> None:
    """The title of work enters records that stay for ever: it holds no word of whoever asked."""
    about = Subject(
        voice.ref,
        f"/cau-hoi/{voice.pk}",
        title,
        f"{'Hỏi đáp' if not voice.is_opinion else _name(voice).capitalize()} · {voice.title}"[:300],
    )
    assign(
        actor=Actor.system(), at=at, kind=kind, unit=unit, post=post, about=about, due_on=voice.due_on, note=note
    )  # fmt: skip

"""Following up: remind who holds late work; draft the letter that urges the units of an agency."""

import secrets
from dataclasses import replace
from datetime import datetime

from django.db import connection

from tram.audit.commands import atomic, record
from tram.followup.models import Feed, Urging
from tram.followup.policy import may_have_feed, may_remind, may_urge
from tram.followup.queries import digest_of, drafter_of, followed, urged_lines, urging
from tram.followup.rules import TO_ANSWER, body_of, subject_of, week_of
from tram.kernel.actors import Actor, entitled
from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.notifications.commands import notify
from tram.organisation.queries import actor_of, calendar_of, seat
from tram.outgoing.commands.draft import draft
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.sheets import Content, Place
from tram.tasks.commands.holding import posts_told
from tram.tasks.models import Task


@atomic
def remind(*, actor: Actor, at: datetime, task: Task) -> bool:
    """Remind who holds a piece of work. One reminder of a task a day; and whoever was told of one that day, by
    anybody, is not told of another: the reminder is on record and False comes back.

    Raises Hidden for work that this person does not follow, WrongState when it was reminded today, ended, or waits for
    a word on its result.
    """
    on = at.date()
    found = followed(actor, on).filter(pk=task.pk).select_related("turn_unit").first()
    if found is None:
        raise Hidden
    actor = entitled(actor, found, may_remind, on)
    if found.submitted_at is not None:
        raise WrongState("Việc này đã nộp kết quả và đang chờ xác nhận nên không nhắc nữa.")
    holder = _holder_name(found, at)
    told = f"post.{found.turn_post_id}" if found.turn_post_id else f"unit.{found.turn_unit_id}"
    is_told = _keep(found, actor, at, told)
    if not is_told and not _keep(found, actor, at, None):
        raise WrongState("Việc này đã được nhắc hôm nay. Mỗi việc chỉ nhắc một lần trong ngày.")
    due_on = f"{found.due_on:%d/%m/%Y}" if found.due_on else "không ghi"
    record(
        actor=actor, at=at, what="followup.reminded", about=found.ref, agency=found.agency_id, holder=holder,
        due_on=due_on, told=is_told,
    )  # fmt: skip
    if is_told:
        notify(
            actor=actor, at=at, kind="followup.reminded", about=found.ref, url=found.url, to_posts=posts_told(found, on),
            is_urgent=found.urgency > 0, title=found.title, due_on=due_on,
        )  # fmt: skip
    return is_told


KEEP = (
    'INSERT INTO followup_reminder (task_id, "on", at, by_name, told) VALUES (%s, %s, %s, %s, %s)'
    " ON CONFLICT DO NOTHING RETURNING id"
)


def _keep(task: Task, actor: Actor, at: datetime, told: str | None) -> bool:
    """The reminder's row; False where one of the day stands in its way, whoever came first."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [task.pk, at.date(), at, actor.name, told])
        return cursor.fetchone() is not None


def _holder_name(task: Task, at: datetime) -> str:
    found = seat(task.turn_post_id, at.date()) if task.turn_post_id else None
    return found.label if found else task.turn_unit.name


@atomic
def urge(*, actor: Actor, at: datetime, agency: int) -> Outgoing:
    """Draft this week's letter to the units of an agency whose work is late, with the list of it. Nothing is sent.

    A leader or the office chief finds it in their own drafts; the installation lays it in the office chief's (without
    one, in those of who leads). Raises WrongState when the week has its letter, Invalid when nothing is late or nobody
    sits there.
    """
    on = at.date()
    may_urge(actor, agency, on).or_refuse()
    if urging(agency, on):
        raise WrongState("Tuần này đã có dự thảo công văn đôn đốc. Mở dự thảo ấy để sửa hoặc trình.")
    lines = urged_lines(agency, on)
    if not lines:
        raise Invalid({"agency": "Không có đơn vị nào có việc quá hạn nên chưa cần công văn đôn đốc."})
    units = dict.fromkeys((line.unit, line.unit_name) for line in lines)
    content = Content(
        "official_letter", subject=subject_of(on),
        body=body_of(lines, on, calendar_of(agency).add(on, TO_ANSWER)),
        places=tuple(Place(name, unit=unit, is_addressed=True) for unit, name in units),
    )  # fmt: skip
    letter = draft(actor=_writer(actor, at, agency), at=at, content=content)
    late = sum(line.is_late for line in lines)
    soon = len(lines) - late
    made = Urging.objects.create(agency_id=agency, week=week_of(on), letter=letter, late=late, soon=soon, at=at)
    record(
        actor=actor, at=at, what="followup.urged", about=letter.ref, agency=agency, week=made.week, late=late, soon=soon
    )
    notify(
        actor=actor, at=at, kind="followup.urged", about=letter.ref, url=letter.url, to_posts=[letter.drafter_id],
        late=late, soon=soon,
    )  # fmt: skip
    return letter


def _writer(actor: Actor, at: datetime, agency: int) -> Actor:
    """Who drafts: the person; for the installation itself, from the seat in whose drafts the letter is laid."""
    if not actor.is_system:
        return actor
    found = drafter_of(agency, at.date())
    if found is None or found.account is None:
        raise Invalid({"agency": "Không có chánh văn phòng hay lãnh đạo nào để nhận dự thảo công văn đôn đốc."})
    hat = actor_of(found.account, at.date(), found.post).acting
    return replace(actor, hats=(hat,) if hat else (), acting=hat)


@atomic
def open_feed(*, actor: Actor, at: datetime, shows_titles: bool) -> str:
    """Give this person's calendar a secret address and return it, this once; an address that they had ends.

    Without `shows_titles` the calendar tells the kind of work and a number, no title.
    """
    may_have_feed(actor).or_refuse()
    secret = secrets.token_urlsafe(32)
    kept = {"digest": digest_of(secret), "shows_titles": shows_titles, "opened_at": at}
    Feed.objects.update_or_create(account_id=actor.account or 0, defaults=kept)
    about = ref_of("identity", "account", actor.account or 0)
    record(actor=actor, at=at, what="followup.feed_opened", about=about, titles=shows_titles)
    return secret


@atomic
def close_feed(*, actor: Actor, at: datetime) -> None:
    """End the address of this person's calendar; without one nothing happens."""
    may_have_feed(actor).or_refuse()
    if Feed.objects.filter(account=actor.account).delete()[0]:
        about = ref_of("identity", "account", actor.account or 0)
        record(actor=actor, at=at, what="followup.feed_closed", about=about)

"""Parts that the commands of work files share: locks, numbers, the card, work given and ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from tram.kernel.actors import Actor
from tram.organisation.models import Post, Unit
from tram.organisation.queries import seats_with_role
from tram.search.commands import put
from tram.search.sockets import CardInput
from tram.tasks.commands.give import Subject, assign
from tram.tasks.commands.work import fulfil
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.web.rows import one_of
from tram.workfiles.models import Disposal, HandOver, Heading, Plan, WorkFile
from tram.workfiles.queries.files import readers
from tram.workfiles.rules import retentions, years_in_words
from tram.workfiles.states import NAMES, State

LOCK = "SELECT * FROM workfiles_{} WHERE id = %s FOR NO KEY UPDATE"
NEXT = "UPDATE workfiles_heading SET last_number = last_number + 1 WHERE id = %s RETURNING last_number"
LEADS = (["director", "chair"], ["deputy_director", "vice_chair"])
KEEPS = (["archivist"], ["clerk"])


def lock(file: WorkFile) -> WorkFile:
    """The file as it is now, locked until the command commits."""
    return one_of(WorkFile, LOCK.format("workfile"), file.pk)


def lock_plan(plan: Plan) -> Plan:
    """The plan as it is now, locked."""
    return one_of(Plan, LOCK.format("plan"), plan.pk)


def lock_hand_over(hand_over: HandOver) -> HandOver:
    """The hand-over as it is now, locked."""
    return one_of(HandOver, LOCK.format("handover"), hand_over.pk)


def lock_disposal(disposal: Disposal) -> Disposal:
    """The disposal as it is now, locked."""
    return one_of(Disposal, LOCK.format("disposal"), disposal.pk)


def lock_all(pks: Sequence[int]) -> list[WorkFile]:
    """Files in the order of their keys, each locked: everybody locks in this order and none wait crosswise."""
    return list(WorkFile.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))


def next_number(heading: Heading) -> int:
    """The next number under a heading, whose row stays locked until the command commits."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [heading.pk])
        return int(cursor.fetchone()[0])


def plan_of(agency: int, year: int, *, actor: Actor, at: datetime) -> Plan:
    """Part: the agency's plan of a year, begun now where there is none: files can be opened before it is drawn up."""
    plan, _ = Plan.objects.get_or_create(agency_id=agency, year=year, defaults={"begun_by": actor.name, "begun_at": at})
    return plan


def heading_of(plan: Plan, unit: Unit) -> Heading:
    """The unit's heading in a plan, under the unit's abbreviation; one that is taken there gets a number behind it."""
    found = Heading.objects.filter(plan=plan, unit=unit).first()
    if found is not None:
        return found
    taken = set(Heading.objects.filter(plan=plan).values_list("symbol", flat=True))
    symbols = [unit.abbr[:12], *(f"{unit.abbr[:12]}{number}" for number in range(2, len(taken) + 3))]
    symbol = next(one for one in symbols if one not in taken)
    found, _ = Heading.objects.get_or_create(
        plan=plan, unit=unit, defaults={"order": unit.order, "title": unit.name, "symbol": symbol}
    )
    return found


class Told(NamedTuple):
    """What a task about one of our things shows: its ref, page and title."""

    ref: str
    url: str
    title: str


def give_to_role(
    told: Told, kind: Kind, roles: Sequence[Sequence[str]], agency: Unit, *, actor: Actor, at: datetime, note: str = ""
) -> Task:
    """Part: work for the first seat that is taken among these roles, the more fitting first; else the agency's inbox."""
    about = Subject(told.ref, told.url, told.title[:1000], actor.name[:300])
    for group in roles:
        for seat in seats_with_role(list(group), agency.pk, at.date()):
            if seat.account is not None:
                post = Post.objects.select_related("unit").get(pk=seat.post)
                return assign(actor=actor, at=at, kind=kind, unit=post.unit, post=post, about=about, note=note)
    return assign(actor=actor, at=at, kind=kind, unit=agency, about=about, note=note)


def end_work(about: str, *, actor: Actor, at: datetime, result: str) -> None:
    """Part: end open work about a thing: what it asked for has happened."""
    for task in Task.objects.filter(about=about, ended_at=None).order_by("pk"):
        fulfil(actor=actor, at=at, task=task, result=result)


def card_of(file: WorkFile) -> CardInput:
    """The file's card as it is now."""
    kept = retentions()[file.retention].name if file.retention in retentions() else ""
    return CardInput(
        kind="workfiles.file",
        key=file.pk,
        at=file.changed_at,
        title=file.title,
        url=file.url,
        readers=readers(file),
        agency=file.agency_id,
        line=f"Hồ sơ {file.notation} năm {file.year} · {NAMES[State(file.state)]} · {years_in_words(file.retention_years)}",
        body=f"{file.description} {kept}",
        number=file.notation,
        sender=file.creator_name,
        due_on=file.due_on if file.state in (State.CLOSED, State.DUE) else None,
    )


def show(file: WorkFile, *, actor: Actor, at: datetime) -> None:
    """Put the file's card into the one index."""
    put(actor=actor, at=at, card=card_of(file))

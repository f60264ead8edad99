"""Reading what goes to the archive and out of it: due files, hand-overs, files out of term, disposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from tram.kernel.actors import Actor
from tram.kernel.clock import local
from tram.kernel.verdicts import Hidden
from tram.workfiles.models import Disposal, DisposedFile, HandOver, WorkFile
from tram.workfiles.policy import SEES_ALL
from tram.workfiles.queries.files import Row, rows_of
from tram.workfiles.rules import term
from tram.workfiles.states import AT_THE_UNIT, DISPOSAL_NAMES, HAND_OVER_NAMES, Decision, State

PAGE = 25


@dataclass(frozen=True, slots=True)
class Bundle:
    """Dòng giao nộp hoặc đề nghị hủy: a list of files that somebody offered or proposed, and what became of it."""

    id: int
    url: str
    what: str
    by_name: str
    at: datetime
    state: str
    state_name: str
    files: int


def _agencies(actor: Actor, on: date) -> set[int]:
    """Agencies all of whose files this person sees."""
    grants = [grant for hat in actor.worn(on) for grant in hat.grants if grant.valid(on)]
    return {grant.unit for grant in grants if grant.role in SEES_ALL}


def to_hand_over(actor: Actor, on: date, *, after: int = 0, limit: int = PAGE) -> tuple[list[Row], int]:
    """Closed files that this person may hand over, earliest due day first; and the key of the next page. One query."""
    hats = list(actor.worn(on))
    headed = {grant.unit for hat in hats for grant in hat.grants if grant.role == "unit_head" and grant.valid(on)}
    found = WorkFile.objects.filter(Q(creator__in=[hat.post for hat in hats]) | Q(unit__in=headed))
    found = found.filter(state__in=AT_THE_UNIT, due_on__isnull=False)
    found = _behind(found, after, "due_on")
    rows = rows_of(found.select_related("unit").order_by("due_on", "pk")[: limit + 1])
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def _behind(found: QuerySet[WorkFile], after: int, day: str) -> QuerySet[WorkFile]:
    last = WorkFile.objects.filter(pk=after).values(day).first() if after else None
    if last is None or last[day] is None:
        return found
    return found.filter(Q(**{f"{day}__gt": last[day]}) | Q(**{day: last[day]}, pk__gt=after))


def falling_due(on: date, limit: int = 500) -> list[int]:
    """Closed files whose due day is 30 days off or nearer, and that were not told of; kept back ones on their day."""
    soon = Q(state=State.CLOSED, due_on__lte=on + timedelta(days=term("notice_days")))
    found = WorkFile.objects.filter(soon | Q(state=State.KEPT_BACK, due_on__lte=on))
    return list(found.order_by("due_on", "pk").values_list("pk", flat=True)[:limit])


def hand_overs_visible_to(actor: Actor, on: date) -> QuerySet[HandOver]:
    """Hand-overs a person may see: the archive's, leaders' and office chief's all of their agency; a unit's own."""
    hats = list(actor.worn(on))
    headed = {grant.unit for hat in hats for grant in hat.grants if grant.role == "unit_head" and grant.valid(on)}
    return HandOver.objects.filter(
        Q(agency__in=_agencies(actor, on)) | Q(unit__in=headed) | Q(post__in=[hat.post for hat in hats])
    )


def hand_overs(actor: Actor, on: date, *, after: int = 0, limit: int = PAGE) -> tuple[list[Bundle], int]:
    """Hand-overs that a person may see with the number of their files, newest first; and the key of the next page."""
    found = hand_overs_visible_to(actor, on).select_related("unit").annotate(files=Count("lines"))
    if after:
        found = found.filter(pk__lt=after)
    rows = [
        Bundle(one.pk, one.url, one.unit.name, one.by_name, local(one.at), one.state,
               HAND_OVER_NAMES[Decision(one.state)], one.files)
        for one in found.order_by("-pk")[: limit + 1]
    ]  # fmt: skip
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def hand_over(actor: Actor, pk: int, on: date) -> HandOver:
    """One hand-over; Hidden alike when it is not there and when it is not theirs."""
    found = hand_overs_visible_to(actor, on).select_related("unit", "agency__parent").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def handed(hand_over: HandOver) -> list[Row]:
    """The files of a hand-over in the order of its list."""
    found = WorkFile.objects.filter(handed__hand_over=hand_over).select_related("unit")
    return rows_of(found.order_by("handed__place"))


def out_of_term(agency: int, on: date, *, after: int = 0, limit: int = PAGE) -> tuple[list[Row], int]:
    """Files of an agency whose term has run out and that are in no proposal, the oldest first; the key of the next page."""
    kept_here = Q(state=State.CLOSED, due_on=None)
    found = WorkFile.objects.filter(Q(state=State.ARCHIVED) | kept_here, agency=agency, kept_until__lt=on)
    waiting = DisposedFile.objects.filter(disposal__agency=agency, disposal__state=Decision.WAITING)
    found = _behind(found.exclude(pk__in=waiting.values("file")), after, "kept_until")
    rows = rows_of(found.select_related("unit").order_by("kept_until", "pk")[: limit + 1])
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def waiting_disposals(files: Sequence[int]) -> set[int]:
    """Of these files, those that lie in a proposal on which nobody has decided."""
    lines = DisposedFile.objects.filter(file__in=files, disposal__state=Decision.WAITING)
    return set(lines.values_list("file", flat=True))


def disposals_visible_to(actor: Actor, on: date) -> QuerySet[Disposal]:
    """Proposals a person may see: who sees all files of the agency."""
    return Disposal.objects.filter(agency__in=_agencies(actor, on))


def disposals(actor: Actor, on: date, *, after: int = 0, limit: int = PAGE) -> tuple[list[Bundle], int]:
    """Proposals of disposal of this person's agency with the number of their files, newest first; the next page's key."""
    found = disposals_visible_to(actor, on).annotate(files=Count("lines"))
    if after:
        found = found.filter(pk__lt=after)
    rows = [
        Bundle(one.pk, one.url, one.note, one.proposed_by, local(one.proposed_at), one.state,
               DISPOSAL_NAMES[Decision(one.state)], one.files)
        for one in found.order_by("-pk")[: limit + 1]
    ]  # fmt: skip
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def disposal(actor: Actor, pk: int, on: date) -> Disposal:
    """One proposal; Hidden alike when it is not there and when it is not theirs."""
    found = disposals_visible_to(actor, on).select_related("agency__parent").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def proposed(disposal: Disposal) -> list[Row]:
    """The files of a proposal in the order of its list."""
    found = WorkFile.objects.filter(disposals__disposal=disposal).select_related("unit")
    return rows_of(found.order_by("disposals__place"))

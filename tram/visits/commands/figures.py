"""Figures that people answer for: the population of an agency, and the ranking that is published."""

from datetime import date, datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid
from tram.organisation.models import Unit
from tram.vietnamese.numbers import format_number
from tram.visits.models import Population, Ranking, Standing
from tram.visits.policy import may_enter, may_publish
from tram.visits.queries import month_of_agencies
from tram.visits.rules import month_of, must_be_closed
from tram.visits.sockets import boards

MOST_PEOPLE = 200_000_000


@atomic
def enter_population(
    *, actor: Actor, at: datetime, agency: Unit, people: int, since: date, counted_on: date, source: str
) -> Population:
    """Enter how many people an agency serves, from the month of `since` on, with the source and the day of the figure.

    What was entered before stays to be read; of two for one month the later holds. Said again it is not entered again.
    Raises Invalid, Refused.
    """
    on = local_day(at)
    worn = entitled(actor, agency, may_enter, on)
    since = month_of(since)
    errors = _faults(agency, people, since, counted_on, source, on)
    if errors:
        raise Invalid(errors)
    figure = {"people": people, "counted_on": counted_on, "source": source}
    before = _last(agency, since)
    if before and {name: getattr(before, name) for name in figure} == figure:
        return before
    made = Population.objects.create(agency=agency, since=since, by_name=worn.name, at=at, **figure)
    record(
        actor=worn, at=at, what="visits.population_entered", about=agency.ref, agency=agency.pk, name=agency.name,
        since=f"{since:%m/%Y}", people=format_number(people), source=source,
    )  # fmt: skip
    return made


def _last(agency: Unit, since: date) -> Population | None:
    return Population.objects.filter(agency=agency, since=since).order_by("-pk").first()


def _faults(agency: Unit, people: int, since: date, counted_on: date, source: str, on: date) -> dict[str, str]:
    errors = {}
    if not agency.is_agency:
        errors["agency"] = "Dân số ghi cho cơ quan, không ghi cho phòng. Chọn cơ quan."
    if not 1 <= people <= MOST_PEOPLE:
        errors["people"] = "Nhập số dân là số nguyên dương, ví dụ 12.540."
    if counted_on > on:
        errors["counted_on"] = f"Ngày của số liệu không thể sau hôm nay ({on:%d/%m/%Y})."
    if since > month_of(on):
        errors["since"] = f"Tháng áp dụng không thể sau tháng này ({on:%m/%Y})."
    if not source.strip():
        errors["source"] = "Ghi nguồn số liệu, ví dụ “Niên giám thống kê tỉnh 2025, trang 47”."
    return errors


@atomic
def publish_ranking(
    *, actor: Actor, at: datetime, agency: Unit, month: date, document: str = "", reason: str = ""
) -> Ranking:
    """Publish the visits a head of a closed month, of the agencies below this one, as they are reckoned now.

    From then on they stay as published, whatever is entered later; published again it needs a reason and gets the next
    number. `document`: number and day of the letter that carries it, if there is one. Raises Invalid, Refused, WrongState.
    """
    on, month = local_day(at), month_of(month)
    worn = entitled(actor, agency, may_publish, on)
    must_be_closed(month, on)
    Unit.objects.select_for_update().get(pk=agency.pk)
    number = Ranking.objects.filter(agency=agency, month=month).count() + 1
    if number > 1 and not reason.strip():
        raise Invalid({"reason": f"Tháng {month:%m/%Y} đã công bố. Nhập lý do công bố lại, ví dụ “Đính chính dân số”."})
    placed = [one for one in month_of_agencies(agency.pk, month) if one.place]
    if not placed:
        raise Invalid({"month": "Chưa cơ quan nào có dân số nên chưa xếp hạng được. Nhập dân số trước."})
    made = Ranking.objects.create(
        agency=agency, month=month, number=number, publisher=agency.name, by_name=worn.name, at=at,
        document=document, reason=reason,
    )  # fmt: skip
    Standing.objects.bulk_create(
        Standing(
            ranking=made, agency_id=one.line.agency, name=one.line.name, kind=one.line.kind, visits=one.line.visits,
            people=one.line.people, source=one.line.source, counted_on=one.line.counted_on, place=one.place, of=one.of,
        )
        for one in placed
        if one.line.counted_on
    )  # fmt: skip
    record(
        actor=worn, at=at, what="visits.ranking_published", about=made.ref, agency=agency.pk, month=f"{month:%m/%Y}",
        number=number, agencies=len(placed), reason=f". Lý do: {reason}" if reason else "",
    )  # fmt: skip
    for _, board in boards.items():
        board.published(actor=worn, at=at, agency=agency.pk)
    return made

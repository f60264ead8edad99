"""The clockwork of following up: the weekly letter of each agency whose work is late."""

from tram.followup.commands import urge
from tram.followup.queries import agencies_late, drafter_of, lies_unused, urged_lines, urging
from tram.followup.rules import OPENS, WORKDAYS
from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor


@periodic("Soạn dự thảo công văn đôn đốc hằng tuần", cron="20 * * * *")
def draft_urgings() -> None:
    """Every hour, so that a Monday out of order is made good; each agency by itself, once a week.

    Where last week's draft still lies as it was made, no second one is laid on top of it. Raises the first error.
    """
    at, failed = clock.now(), list[Exception]()
    on = clock.local_day(at)
    if clock.local(at).hour < OPENS or on.weekday() >= WORKDAYS:
        return
    for agency in agencies_late(on):
        if urging(agency, on) or lies_unused(agency) or not drafter_of(agency, on) or not urged_lines(agency, on):
            continue
        try:
            urge(actor=Actor.system(), at=at, agency=agency)
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]

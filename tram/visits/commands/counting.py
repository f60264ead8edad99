"""Counting: a visit is added in memory; once a minute a process writes its sums; old days become months."""

from collections.abc import Mapping
from datetime import datetime
from threading import Lock

from django.db import connection

from tram.audit.commands import atomic
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.visits.policy import may_count
from tram.visits.rules import Batch as Batch
from tram.visits.rules import Counter, Hurry, Seen, folds_before, seen_by, settled

UNRECORDED = {
    "write_down": "sums of what strangers read, each minute: nobody acts, and nothing of a person is kept",
    "fold": "the same sums in coarser rows, by the clock alone, none is lost",
}

counter = Counter()
hurry = Hurry(**settled()["hurry"])
_writing = Lock()


def note(
    *, page: str, agency: int, at: datetime, method: str, headers: Mapping[str, str], address: str
) -> None:  # fmt: skip
    """Count an answer of 200 or 304 to whoever asked for a public page, in the memory of this process: some microseconds.

    `page`: a ref. `headers` are read and forgotten; of `address` (of the network) only whether it is in a hurry is asked.
    """
    seen = seen_by(method, headers)
    if seen is None:
        return
    if seen is Seen.PERSON and hurry.is_too_much(address):
        seen = Seen.ROBOT
    counter.add(page, agency, local_day(at), seen)


ADD = """
WITH fresh AS (
    INSERT INTO visits_writtenbatch (id, at) VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING 1
), seen AS MATERIALIZED (
    SELECT t.page, t.agency, t.day, t.visits, t.robots
    FROM unnest(%s::text[], %s::bigint[], %s::date[], %s::bigint[], %s::bigint[]) AS t (page, agency, day, visits, robots)
    JOIN organisation_unit u ON u.id = t.agency
    WHERE EXISTS (SELECT FROM fresh)
), agencies AS (
    INSERT INTO visits_agencyvisits AS kept (agency_id, "on", visits, robots)
    SELECT agency, day, sum(visits), sum(robots) FROM seen GROUP BY agency, day ORDER BY agency, day
    ON CONFLICT (agency_id, "on") DO UPDATE
    SET visits = kept.visits + excluded.visits, robots = kept.robots + excluded.robots
)
INSERT INTO visits_pagevisits AS kept (page, agency_id, "on", is_month, visits, robots)
SELECT page, agency, day, false, visits, robots FROM seen ORDER BY page, agency, day
ON CONFLICT (page, agency_id, "on", is_month) DO UPDATE
SET visits = kept.visits + excluded.visits, robots = kept.robots + excluded.robots
"""
"""Rows are taken in one order, so that two processes never wait for each other in a circle."""


@atomic
def write_down(*, actor: Actor, at: datetime, batch: Batch) -> None:
    """Add the sums of a process to the tables, in one statement; a batch that is there already is not added again.

    What was counted for an agency that is not there is dropped.
    """
    may_count(actor).or_refuse()
    rows = [(page, agency, day, *pair) for (page, agency, day), pair in batch.sums.items()]
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [batch.id, at, *columns])


def write_all(*, actor: Actor, at: datetime) -> None:
    """Part: write what this process has counted. What cannot be written now is kept and written the next time."""
    with _writing:
        while batch := counter.batch():
            write_down(actor=actor, at=at, batch=batch)
            counter.written(batch)


FOLD = """
WITH oldest AS (
    SELECT min("on") AS day FROM visits_pagevisits WHERE NOT is_month AND "on" < %s
), gone AS (
    DELETE FROM visits_pagevisits WHERE NOT is_month AND "on" = (SELECT day FROM oldest)
    RETURNING page, agency_id, "on", visits, robots
), kept AS (
    INSERT INTO visits_pagevisits AS kept (page, agency_id, "on", is_month, visits, robots)
    SELECT page, agency_id, date_trunc('month', "on")::date, true, visits, robots FROM gone ORDER BY page, agency_id
    ON CONFLICT (page, agency_id, "on", is_month) DO UPDATE
    SET visits = kept.visits + excluded.visits, robots = kept.robots + excluded.robots
    RETURNING 1
) SELECT count(*) FROM kept
"""


@atomic
def fold(*, actor: Actor, at: datetime) -> bool:
    """Make the oldest day that is due part of its month, page by page; False when none is due. No sum changes."""
    may_count(actor).or_refuse()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM visits_writtenbatch WHERE at < %s::timestamptz - interval '7 days'", [at])
        cursor.execute(FOLD, [folds_before(local_day(at))])
        return bool(cursor.fetchone()[0])

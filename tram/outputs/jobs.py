"""Long lists are made here, one at a time: whoever waits for a page or a scan does not wait for a book."""

from uuid import UUID

from tram.jobs.sockets import job, periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Refused
from tram.organisation.queries import actor_of
from tram.outputs import commands, queries
from tram.outputs.commands import Stopped
from tram.outputs.models import Output
from tram.outputs.rules import BROKEN, TRIES
from tram.outputs.sockets import makers


@job("Làm tệp từ danh sách dài", tries=TRIES, lock="outputs")
def make(output: str) -> None:
    """From the first row, whatever a run that was killed has left. Its last failure is told to who waits for the file."""
    system = Actor.system()
    row = commands.begin(actor=system, at=clock.now(), output=UUID(output))
    if row is None:
        return
    try:
        _make(row)
    except Stopped:
        return
    except Refused as refusal:
        commands.fail(actor=system, at=clock.now(), output=row.pk, tries=row.tries, reason=refusal.reason)
    except Exception:
        if row.tries >= TRIES:
            commands.fail(actor=system, at=clock.now(), output=row.pk, tries=row.tries, reason=BROKEN)
        raise


def _make(row: Output) -> None:
    at = clock.now()
    person = actor_of(row.account_id, clock.local_day(at), row.post)
    with queries.part_of(row) as part:
        with commands.telling(row) as tell, queries.one_moment(), part.open("xb") as out:
            makers[row.maker].make(row.keys, actor=person, at=at, out=out, tell=tell)
        queries.make_safe(part)
        commands.finish(actor=Actor.system(), at=clock.now(), output=row.pk, tries=row.tries, part=part)


@periodic("Dọn tệp làm ra đã quá hạn giữ", cron="*/10 * * * *")
def sweep() -> None:
    """A file stays for a day."""
    commands.sweep(actor=Actor.system(), at=clock.now())

"""The clockwork of work."""

from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.tasks.commands.inherit import inherit
from tram.tasks.models import Task
from tram.tasks.queries import orphaned


@periodic("Chuyển việc của vị trí không còn người giữ", cron="*/10 * * * *")
def pass_on_orphaned() -> None:
    """Every ten minutes; each piece of work by itself, so that one that fails holds up no other. Raises its error."""
    at, failed = clock.now(), list[Exception]()
    for pk in orphaned(clock.local_day(at)):
        try:
            inherit(actor=Actor.system(), at=at, task=Task(pk=pk))
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]

"""The clockwork of work files."""

from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.workfiles.commands.close import fall_due
from tram.workfiles.models import WorkFile
from tram.workfiles.queries.archive import falling_due


@periodic("Nhắc hồ sơ đến hạn nộp lưu", cron="20 6 * * *")
def remind_of_hand_over() -> None:
    """Every morning; each file by itself, so that one that fails holds up no other. Raises its error."""
    at, failed = clock.now(), list[Exception]()
    for pk in falling_due(clock.local_day(at)):
        try:
            fall_due(actor=Actor.system(), at=at, file=WorkFile(pk=pk))
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]

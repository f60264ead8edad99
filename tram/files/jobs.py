"""The clockwork of files."""

from uuid import UUID

from tram.files import commands
from tram.files.queries import stamp_on, unanswered
from tram.jobs.sockets import job, periodic
from tram.kernel import clock
from tram.kernel.actors import Actor


@periodic("Dọn tệp tải dở và nội dung không ai giữ", cron="10 19 * * *")
def sweep_orphans() -> None:
    """At 2:10 in the night of Việt Nam."""
    commands.sweep_orphans(actor=Actor.system(), at=clock.now())


@job("Tìm dấu mật trên bản quét", priority=-1)
def look_for_stamp(file: str) -> None:
    """Look at the scanned pages of a new file; a stamp of secrecy locks it at once.

    What a clerk waits for goes first: a room that reads a scan looks at it by itself.
    """
    level = stamp_on(UUID(file))
    if level is not None:
        commands.look(actor=Actor.system(), at=clock.now(), file=UUID(file), level=level)


@periodic("Hủy tệp nghi có dấu mật mà không ai trả lời", cron="*/10 * * * *")
def destroy_unanswered() -> None:
    """A day after the stamp was seen; each file by itself, so that one that fails holds up no other. Raises its error."""
    at, failed = clock.now(), list[Exception]()
    for file, level in unanswered(at):
        try:
            commands.destroy(actor=Actor.system(), at=at, file=file, level=level)
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]

"""The clockwork of files."""

from tram.files import commands
from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor


@periodic("Dọn tệp tải dở và nội dung không ai giữ", cron="10 19 * * *")
def sweep_orphans() -> None:
    """At 2:10 in the night of Việt Nam."""
    commands.sweep_orphans(actor=Actor.system(), at=clock.now())

"""The clockwork of the portal: each night it looks through itself."""

from time import monotonic

from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.portal.commands.scan import scan
from tram.portal.queries import is_scan_due

AT_ONCE_SECONDS = 90


@periodic("Tự kiểm cổng", cron="*/2 17-22 * * *")
def scan_portal() -> None:
    """From midnight to six in Việt Nam, a minute and a half of every two; what is not done goes on the next time."""
    until = monotonic() + AT_ONCE_SECONDS
    while monotonic() < until and is_scan_due(clock.now()):
        scan(actor=Actor.system(), at=clock.now())

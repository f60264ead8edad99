"""The clockwork of signing."""

from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.signing.commands import away


@periodic("Bỏ các lượt ký từ xa quá hạn", cron="*/10 * * * *")
def give_up_waiting() -> None:
    """Every ten minutes."""
    away.give_up_waiting(actor=Actor.system(), at=clock.now())

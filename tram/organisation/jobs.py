"""The clockwork of the organisation."""

from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.organisation.commands import units


@periodic("Đưa tên và nơi thuộc mới của đơn vị vào hiệu lực", cron="1 * * * *")
def turn_units() -> None:
    """A minute after midnight in Việt Nam, and every hour for a house that slept through it."""
    units.turn_units(actor=Actor.system(), at=clock.now())

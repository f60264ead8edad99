"""The clockwork of questions: who asked is forgotten when it was kept long enough."""

from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.voices.commands.asking import tidy


@periodic("Xóa thông tin liên hệ của người hỏi đã hết hạn giữ", cron="50 18 * * *")
def forget_askers() -> None:
    """At night, two hundred in a transaction."""
    while tidy(actor=Actor.system(), at=clock.now()):
        pass

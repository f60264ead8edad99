"""The clockwork of background work itself."""

from tram.audit.commands import seal_all
from tram.identity.commands import sessions
from tram.jobs import commands
from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor


@periodic("Cứu việc nền bị dừng giữa chừng", cron="* * * * * */30")
def rescue() -> None:
    """A killed job is back at work within 40 + 30 seconds."""
    commands.rescue(actor=Actor.system(), at=clock.now())


@periodic("Dọn việc nền đã xong và trả lời cũ", cron="40 19 * * *")
def purge() -> None:
    """At 2:40 in the night of Việt Nam."""
    commands.purge(actor=Actor.system(), at=clock.now())


@periodic("Dọn phiên đăng nhập và lần thử sai đã cũ", cron="50 19 * * *")
def sweep_sign_ins() -> None:
    """At 2:50 in the night of Việt Nam; identity lies below and has no clock of its own."""
    sessions.sweep(actor=Actor.system(), at=clock.now())


@periodic("Niêm nhật ký của mọi cơ quan", cron="5 17 * * *")
def seal_the_record() -> None:
    """At 0:05 in the night of Việt Nam, the day before; the audit lies below and has no clock of its own.

    Raises RuntimeError, after all else is sealed, where a chain is broken: the beat shows it until somebody looks.
    """
    wrong = seal_all(actor=Actor.system(), at=clock.now())
    if wrong:
        raise RuntimeError(" ".join(wrong))

"""A web process writes down what it has counted: every minute, and at its end."""

import logging
from multiprocessing.util import Finalize
from threading import Event, Thread

from django.db import connection

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.visits.commands.counting import write_all

SECONDS = 60.0
log = logging.getLogger("tram.visits")


def keep_counts(seconds: float = SECONDS) -> None:
    """Begin, in a process that was forked: what it counted and has not written goes with it when it is killed."""
    ended = Event()

    def keep() -> None:
        while not ended.wait(seconds):
            write()

    def end() -> None:
        ended.set()
        write()

    Thread(target=keep, name="visits", daemon=True).start()
    Finalize(None, end, exitpriority=10)


def write() -> None:
    """Once; a database that is away is tried again the next time."""
    try:
        write_all(actor=Actor.system(), at=clock.now())
    except Exception:
        log.warning("Chưa ghi được lượt truy cập; lần sau ghi tiếp.", exc_info=True)
        connection.close()

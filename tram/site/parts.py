"""The parts that `tram run` keeps alive, web and worker: every room is loaded here once, and each part is a fork of that."""

import gc
import time

from django.core.management import call_command
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from tram.site.wsgi import application

# isort: split
# what follows speaks of the rooms, which the line above has loaded
from tram.site.counting import keep_counts
from tram.site.processes import follow_parent_to_death

YOUNG_SECONDS = 0.5


def load() -> None:
    """Load what pages need, and keep the collector of garbage off it, so that forks share it for good."""
    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()


def forked() -> object:
    """What each worker of the web serves; it dies with the process that forked it."""
    follow_parent_to_death()
    keep_counts()
    return application


class Deaths(dict[int, float]):
    """When each worker was last replaced. Granian gives up when one dies twice in five seconds, and then everybody who
    was being answered is cut off; here a fork is tried again, after a pause where the last one died young.
    """

    def get(self, worker: int, default: float = 0.0) -> float:  # type: ignore[override]
        """Asked when a worker has died, before it is replaced."""
        if time.monotonic() - super().get(worker, default) < YOUNG_SECONDS:
            time.sleep(YOUNG_SECONDS)
        return default


def pages(host: str, port: int, workers: int, threads: int) -> None:
    """The web: fork workers and replace those that die."""
    server = Server(
        "tram.site.parts:forked", factory=True, interface=Interfaces.WSGI, address=host, port=port,
        workers=workers, blocking_threads=threads, backpressure=64, websockets=False,
        log_level=LogLevels.error, respawn_failed_workers=True,
    )  # fmt: skip
    server.respawned_wrks = Deaths()
    server.serve()


def jobs() -> None:
    """The worker: what was put off."""
    call_command("worker")

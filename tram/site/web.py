"""The web server of `tram run`: the application is loaded once, so that a worker that dies is replaced by a fork."""

import argparse
import gc
import time

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


def forked() -> object:
    """What each worker serves; it dies with the process that forked it."""
    follow_parent_to_death()
    keep_counts()
    return application


class Deaths(dict[int, float]):
    """When each worker was last replaced. Granian gives up when one dies twice in five seconds, and then all rooms are
    loaded anew, which takes longer than that; here a fork is tried again, after a pause where the last one died young.
    """

    def get(self, worker: int, default: float = 0.0) -> float:  # type: ignore[override]
        """Asked when a worker has died, before it is replaced."""
        if time.monotonic() - super().get(worker, default) < YOUNG_SECONDS:
            time.sleep(YOUNG_SECONDS)
        return default


def main() -> None:
    """Load every room, then fork workers and replace those that die."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--host")
    for number in ("port", "workers", "threads"):
        asked.add_argument(f"--{number}", type=int)
    told = asked.parse_args()
    get_resolver().url_patterns  # noqa: B018  (loads the rooms)
    gc.collect()
    gc.freeze()
    server = Server(
        "tram.site.web:forked", factory=True, interface=Interfaces.WSGI, address=told.host, port=told.port,
        workers=told.workers, blocking_threads=told.threads, backpressure=64, websockets=False,
        log_level=LogLevels.error, respawn_failed_workers=True,
    )  # fmt: skip
    server.respawned_wrks = Deaths()
    server.serve()


if __name__ == "__main__":
    main()

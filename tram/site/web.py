"""The web server of `tram run`: the application is loaded once, so that a worker that dies is replaced by a fork."""

import argparse
import gc

from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from tram.site.processes import follow_parent_to_death
from tram.site.wsgi import application


def forked() -> object:
    """What each worker serves; it dies with the process that forked it."""
    follow_parent_to_death()
    return application


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
    Server(
        "tram.site.web:forked", factory=True, interface=Interfaces.WSGI, address=told.host, port=told.port,
        workers=told.workers, blocking_threads=told.threads, backpressure=64, websockets=False,
        log_level=LogLevels.error, respawn_failed_workers=True,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main()

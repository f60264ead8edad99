"""Random deaths: any part of an installation, by SIGKILL, at seeded moments, while its supervisor goes on."""

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.faults.history import now
from tests.installation import Installation

PARTS = {
    "backend": 4, "web worker": 3, "job worker": 2, "web": 2, "postmaster": 2, "signing program": 1, "all at once": 1
}  # fmt: skip
"""Each part with its weight: a backend dies most often, as in life."""


def victims(house: Installation, part: str) -> list[int]:
    """The processes that a strike at the part ends; several only where all are meant."""
    postmasters = house.part("postgres -D")
    web = house.part("tram-web")
    mains = [pid for pid in web if parent(pid) == house.process.pid]
    match part:
        case "postmaster":
            return postmasters
        case "backend":
            return [pid for pid in children(postmasters) if b"postgres: tram" in words(pid)]
        case "web":
            return mains
        case "web worker":
            return [pid for pid in web if pid not in mains]
        case "signing program":
            return [pid for pid in children(web) if b"tram.signing.rules.program" in words(pid)]
        case "job worker":
            return house.part("tram-worker")
    return [*postmasters, *web, *house.part("tram-worker")]


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def children(pids: list[int]) -> list[int]:
    found = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
    return [pid for pid in found if parent(pid) in pids]


def words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


class Reaper(threading.Thread):
    """Strikes every `low` to `high` seconds until stopped; `strikes` tells when and what."""

    def __init__(self, house: Installation, seed: int, low: float = 0.5, high: float = 3.0) -> None:
        super().__init__(name="reaper", daemon=True)
        self.house, self.dice, self.low, self.high = house, Random(seed), low, high
        self.strikes: list[tuple[float, str]] = []
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(self.dice.uniform(self.low, self.high)):
            self.strike(self.dice.choices(list(PARTS), list(PARTS.values()))[0])

    def strike(self, part: str) -> None:
        found = victims(self.house, part)
        if found and part in ("backend", "web worker"):
            found = [self.dice.choice(sorted(found))]
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if found:
            self.strikes.append((now(), part))

    def rest(self) -> None:
        self.stopped.set()
        self.join()

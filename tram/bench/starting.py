"""The house as it runs for people: `tram run` as a process of its own; how fast it starts, how much memory it takes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from tram.bench.measures import Figure
from tram.site.trouble import Trouble

LONGEST_START = 900
COUNTED = {"tram-web": "web", "tram-worker": "worker"}


class House:
    """One `tram run` on a data folder."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; the seconds from the call of the command to the first page."""
        begun = monotonic()
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TRAM_DATA")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tram.site.cli", "run", "--data", str(self.data), "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=environment
            | {"TRAM_BACKUPS": "none"}
            | ({"DATABASE_URL": url} if (url := os.environ.get("TRAM_BENCH_DATABASE")) else {}),
        )
        while not self._answers():
            if self.process.poll() is not None or monotonic() - begun > LONGEST_START:
                raise Trouble(f"Trạm không khởi động được trên {self.data}. Chạy thử: tram run --data {self.data}")
            sleep(0.02)
        return monotonic() - begun

    def _answers(self) -> bool:
        wire = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            wire.request("GET", "/dang-nhap", headers={"Host": "localhost"})
            return wire.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            wire.close()

    def stop(self) -> None:
        """Stop it in order and wait for its end."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.process = None

    def memory(self, measure: str) -> dict[str, float]:
        """Memory in MB of the supervisor, of which the others are forks, of the web and of the worker, each with all below
        it: "Rss" counts a page that processes share in each, "Pss" once.
        """
        assert self.process is not None
        found = {"supervisor": _megabytes(self.process.pid, measure), **dict.fromkeys(COUNTED.values(), 0.0)}
        for pid in _children(self.process.pid):
            with suppress(FileNotFoundError, ProcessLookupError):
                if name := COUNTED.get(Path(f"/proc/{pid}/comm").read_text().strip()):
                    found[name] += sum(_megabytes(one, measure) for one in [pid, *_below(pid)])
        return {name: round(size, 1) for name, size in found.items()}


@contextmanager
def running(data: Path, port: int) -> Iterator[House]:
    """The house up for as long as somebody measures."""
    house = House(data, port)
    try:
        house.start()
        yield house
    finally:
        house.stop()


def _children(pid: int) -> list[int]:
    return [int(one) for task in Path(f"/proc/{pid}/task").glob("*/children") for one in task.read_text().split()]


def _below(pid: int) -> Iterator[int]:
    """Every process under this one."""
    for child in _children(pid):
        yield child
        yield from _below(child)


def _megabytes(pid: int, measure: str) -> float:
    """Of one that has just ended nothing."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{measure}:")), 0.0)


def cold(data: Path, port: int) -> Figure:
    """`start.cold`: from nothing, with cluster, schema and demo province, to the first page."""
    house = House(data, port)
    try:
        return Figure("start.cold", [[house.start()]])
    finally:
        house.stop()


def warm(data: Path, port: int, times: int) -> Figure:
    """`start.warm`: the same command on data that is there."""
    house, seconds = House(data, port), []
    for _ in range(times):
        try:
            seconds.append(house.start())
        finally:
            house.stop()
    return Figure("start.warm", [seconds])


def memory(house: House) -> Figure:
    """`memory.web_worker_mb`: after the pages of the other figures were asked for; workers are forked and share pages."""
    once, each = house.memory("Pss"), house.memory("Rss")
    more = {"value": round(sum(once.values()), 1), **once, "rss": round(sum(each.values()), 1)}
    return Figure("memory.web_worker_mb", more=more)

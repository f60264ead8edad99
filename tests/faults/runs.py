"""The runs: an installation, people at work, faults, and what the checker says. Each gives its figures as a dict."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tests.faults.chaos import Reaper
from tests.faults.checker import faults, orphans, unknown
from tests.faults.history import now, percentile
from tests.faults.points import POINTS, Armoury
from tests.faults.workload import Office, at_work, end
from tests.installation import ROOT, Installation, standing, until

Figures = dict[str, Any]


@contextmanager
def founded(extra: dict[str, str] | None = None, port: int = 0) -> Iterator[tuple[Installation, Office]]:
    """An installation with the cast in it, under `tram run`."""
    with standing(extra, port=port) as house:
        yield house, Office(found(house), house.port)


def found(house: Installation) -> dict[str, Any]:
    """Build the cast through the commands, in a process of its own on the installation's data."""
    command = [sys.executable, "-m", "tests.faults.founding"]
    done = subprocess.run(command, cwd=ROOT, env=house.environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def verdict(house: Installation, office: Office, keep: Path | None = None) -> Figures:
    """What the checker says now that the faults are over."""
    until(house.answers, house.said)
    with house.connect() as line:
        wrong = faults(office.history, line, house.data)
        loose = orphans(line, house.data)
    wrong += [f"no end known: {one.verb} {one.mark}" for one in unknown(office.history)]
    chains = subprocess.run(
        [sys.executable, "-m", "tram.site.cli", "audit", "verify", "--data", str(house.data)],
        cwd=ROOT, env=house.environment(), capture_output=True, text=True,
    )  # fmt: skip
    wrong += [] if chains.returncode == 0 else [f"a chain is broken: {chains.stdout}{chains.stderr}"]
    if keep:
        office.history.write(keep)
    return {**office.history.counts(), "orphan_files": len(loose), "wrong": wrong}


def kill(*, seconds: float, seed: int, crew: tuple[str, ...] = (), port: int = 0) -> Figures:
    """Random SIGKILL of any part every 0.5-3 s under mixed load."""
    with founded(port=port) as (house, office):
        people = at_work(office, seed, crew) if crew else at_work(office, seed)
        reaper = Reaper(house, seed)
        reaper.start()
        time.sleep(seconds)
        reaper.rest()
        end(office, people)
        gaps = office.history.gaps([at for at, _ in reaper.strikes])
        return {
            "seconds": seconds, "seed": seed, "kills": len(reaper.strikes),
            "kills_by_part": dict(Counter(part for _, part in reaper.strikes)),
            "writes_back_p50_s": percentile(gaps, 0.5), "writes_back_p95_s": percentile(gaps, 0.95),
            "writes_back_max_s": percentile(gaps, 1.0), **verdict(house, office),
        }  # fmt: skip


def crash(*, times: int, seed: int, points: tuple[str, ...] = POINTS, port: int = 0) -> Figures:
    """Every named point `times` times under load: armed, waited for, then the next."""
    with TemporaryDirectory(dir="/tmp") as folder:
        armoury, hits = Armoury(Path(folder)), Counter[str]()
        with founded(armoury.environment, port=port) as (house, office):
            people = at_work(office, seed, crew=("hoa", "hoa", "son", "hung", "dung", "tuan"))
            deadline = now() + 30 + 20 * times * len(points)
            order = [point for point in points for _ in range(times)]
            Random(seed).shuffle(order)
            for point in order:
                armoury.arm(point)
                until(lambda point=point: not armoury.is_armed(point), lambda point=point: f"{point} is never passed")
                hits[point] += 1
                assert now() < deadline, "the crashes take too long"
            end(office, people)
            return {"seed": seed, "hits": dict(hits), **verdict(house, office)}


def told(figures: Figures) -> str:
    """The figures as one line."""
    return json.dumps(figures, ensure_ascii=False)


RUNS: dict[str, Callable[..., Figures]] = {"kill": kill, "crash": crash}

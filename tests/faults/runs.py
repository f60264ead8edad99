"""The runs: an installation, people at work, faults, and what the checker says. Each gives its figures as a dict."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from tests.faults.chaos import Reaper
from tests.faults.checker import faults, orphans, unknown
from tests.faults.history import percentile
from tests.faults.left_behind import broken_signatures, unswept
from tests.faults.points import LETTERS, POINTS, Armoury
from tests.faults.proxy import Proxy
from tests.faults.workload import CREW, Office, at_work, end
from tests.installation import ROOT, Installation, standing, until

Figures = dict[str, Any]
PAUSE = 0.3
"""Seconds between two acts of one person: eleven people then ask some thirty times a second."""


@dataclass
class Stage:
    """An installation with the cast in it, under `tram run`, and how its crash points are armed."""

    house: Installation
    told: dict[str, Any]
    armoury: Armoury
    runs: int = 0

    def office(self) -> Office:
        """The people, with a history and keys of their own for one run on this stage."""
        self.runs += 1
        return Office(self.told, self.house.port, self.runs)


@contextmanager
def founded(port: int = 0, folder: Path = Path("/tmp")) -> Iterator[Stage]:
    """A stage of its own, gone afterwards."""
    with TemporaryDirectory(dir="/tmp") as arms:
        armoury = Armoury(Path(arms))
        with standing(armoury.environment, folder, port) as house:
            yield Stage(house, found(house), armoury)


def on(stage: Stage | None, port: int = 0) -> AbstractContextManager[Stage]:
    """The given stage, or one of its own."""
    return nullcontext(stage) if stage else founded(port)


def found(house: Installation) -> dict[str, Any]:
    """Build the cast through the commands, in a process of its own on the installation's data."""
    command = [sys.executable, "-m", "tests.faults.founding"]
    done = subprocess.run(command, cwd=ROOT, env=house.environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + house.said()
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def verdict(
    house: Installation, office: Office, falsified: Collection[str] = (), ahead: timedelta = timedelta(0)
) -> Figures:
    """What the checker says now that the faults are over. `ahead`: how far the clock was set forward meanwhile."""
    until(house.answers, house.said)
    office.history.settle()
    with house.connect() as line:
        wrong = faults(office.history, line, house.data, falsified)
        loose = orphans(line, house.data)
        wrong += [*broken_signatures(house, line, ahead), *unswept(house, line)]
    wrong += [f"no end known: {one.verb} {one.mark}" for one in unknown(office.history)]
    chains = subprocess.run(
        [sys.executable, "-m", "tram.site.cli", "audit", "verify", "--data", str(house.data)],
        cwd=ROOT, env=house.environment(), capture_output=True, text=True,
    )  # fmt: skip
    wrong += [] if chains.returncode == 0 else [f"a chain is broken: {chains.stdout}{chains.stderr}"]
    if wrong:
        office.history.write(Path(gettempdir(), "tram-faults-history.jsonl"))
    return {**office.history.counts(), "orphan_files": len(loose), "wrong": wrong}


def kill(
    *, seconds: float, seed: int, crew: tuple[str, ...] = CREW, port: int = 0, stage: Stage | None = None
) -> Figures:
    """Random SIGKILL of any part every 0.5-3 s under mixed load."""
    with on(stage, port) as stage:
        office, reaper = stage.office(), Reaper(stage.house, seed)
        people = at_work(office, seed, crew, PAUSE)
        reaper.start()
        time.sleep(seconds)
        reaper.rest()
        end(office, people)
        gaps = office.history.gaps([at for at, _ in reaper.strikes])
        return {
            "seconds": seconds, "seed": seed, "kills": len(reaper.strikes),
            "kills_by_part": dict(Counter(part for _, part in reaper.strikes)),
            "writes_back_p50_s": percentile(gaps, 0.5), "writes_back_p95_s": percentile(gaps, 0.95),
            "writes_back_max_s": percentile(gaps, 1.0), "load_average": os.getloadavg()[0],
            **verdict(stage.house, office),
        }  # fmt: skip


def crash(
    *, times: int, seed: int, port: int = 0, stage: Stage | None = None, points: tuple[str, ...] = (*POINTS, *LETTERS)
) -> Figures:
    """Every named point `times` times under load: armed, waited for, then the next."""
    with on(stage, port) as stage:
        office, hits = stage.office(), Counter[str]()
        people = at_work(office, seed, ("hoa", "hoa", "son", "hung", "dung", "tuan", "lan", "tam"), PAUSE)
        order = [point for point in points for _ in range(times)]
        Random(seed).shuffle(order)
        for point in order:
            stage.armoury.arm(point)
            until(
                lambda point=point: not stage.armoury.is_armed(point),
                lambda point=point: f"{point} is never passed",
                300,
            )
            hits[point] += 1
        end(office, people)
        return {"seed": seed, "hits": dict(hits), **verdict(stage.house, office)}


def proxy(*, seconds: float, seed: int, port: int = 0, stage: Stage | None = None) -> Figures:
    """A bad line in front of a good house; at the end every POST of three days ago comes once more."""
    with on(stage, port) as stage:
        office = stage.office()
        with Proxy(stage.house.port, seed).running() as line:
            office.port = line.port
            people = at_work(office, seed, pause=PAUSE)
            time.sleep(seconds)
            end(office, people)
            with stage.house.connect() as desk:
                desk.execute("UPDATE web_answer SET given_at = given_at - interval '3 days'")
            replayed = line.replay_all()
        fell = {fault: count for fault, count in sorted(line.line.fell.items()) if fault != "good"}
        told = {"seconds": seconds, "seed": seed, "faults": fell, "replayed": replayed}
        return {**told, **verdict(stage.house, office, line.line.falsified)}

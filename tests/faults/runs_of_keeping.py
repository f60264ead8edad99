"""Backups and restores, each cut at every named point: what was cut is never taken for whole, and the next one goes well."""

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.faults.points import BACKUP, RESTORE, Armoury
from tests.faults.runs import PAUSE, Figures, Stage, found, verdict
from tests.faults.workload import Worker, at_work, end, mark
from tests.installation import OURS, ROOT, processes, standing, until

LISTED = (
    "keeping.backup.named", "keeping.base.copied", "keeping.log.sealed", "keeping.log.kept", "keeping.backup.followed",
)  # fmt: skip
"""Points behind the name: the backup was read back before, so it counts."""
BUSY = "khác đang ghi"


@dataclass(slots=True)
class Keeper:
    """The machine's keyboard: backs up and restores one installation, and looks at what stands there."""

    stage: Stage
    folder: Path
    hits: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def again(self) -> Path:
        """Where a house is restored."""
        return self.folder / "again"

    def tram(self, *words: str, data: Path | None = None, armed: bool = False) -> subprocess.CompletedProcess[str]:
        """One command, once no other backup is being written."""
        told = {name: value for name, value in os.environ.items() if name not in OURS}
        told |= {"TRAM_BACKUPS": str(self.backups)} | (self.stage.armoury.environment if armed else {})
        command = [sys.executable, "-m", "tram.site.cli", *words, "--data", str(data or self.stage.house.data)]
        done: list[subprocess.CompletedProcess[str]] = []

        def is_done() -> bool:
            done[:] = [subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=600)]
            return BUSY not in done[0].stdout + done[0].stderr

        until(is_done)
        return done[0]

    def listed(self) -> set[str]:
        """What people are told is a backup."""
        return {line.split()[0] for line in self.tram("backup", "list").stdout.splitlines()[:-1]}

    def expect(self, what: str, done: subprocess.CompletedProcess[str], code: int = 0) -> None:
        if done.returncode != code:
            self.wrong.append(f"{what} ended with {done.returncode}: {done.stdout[-800:]}{done.stderr[-800:]}")

    def struck(self, point: str, *words: str, data: Path | None = None) -> bool:
        """Whether the command died at the point; a job that passes it meanwhile may die in its place."""
        self.stage.armoury.arm(point)
        done = self.tram(*words, data=data, armed=True)
        if self.stage.armoury.is_armed(point):
            self.wrong.append(f"{point} was not passed: {done.returncode} {done.stdout[-800:]}{done.stderr[-800:]}")
        self.stage.armoury.disarm()
        if done.returncode != -signal.SIGKILL:
            self.missed += 1
            return False
        self.hits[point] += 1
        return True

    def backup(self, point: str, clerk: Worker) -> None:
        """A backup dies at the point; the next one is whole, and nothing of the dead one is left."""
        word = mark()
        clerk.client.write("bring", "/api/documents/arrivals", None, mark=word, file=clerk.paper(word))
        if point == "keeping.base.copied":
            for base in self.backups.glob("log/*/base-*"):  # as if a week had passed
                shutil.rmtree(base)
        before = self.listed()
        if self.struck(point, "backup"):
            more = len(self.listed() - before)
            if more != (point in LISTED):
                self.wrong.append(f"a backup cut at {point}: {more} more are listed")
        before = self.listed()
        self.expect(f"the backup after one that was cut at {point}", self.tram("backup"))
        if not self.listed() - before:
            self.wrong.append(f"the backup after one that was cut at {point} is not listed")
        self.expect(f"reading back after {point}", self.tram("backup", "check"))
        if left := [path for path in self.backups.rglob("*.part*") if not path.is_relative_to(self.backups / "log")]:
            self.wrong.append(f"left of the backup that was cut at {point}: {left}")

    def restore(self, point: str) -> None:
        """A restore over a house that stands dies at the point; its place is never an empty house, the next one is whole."""
        key = self.stage.house.data.with_name(f"{self.stage.house.data.name}.recovery-key")
        words = ("restore", "--from", str(self.backups), "--key", str(key))
        if not self.again.exists():
            self.expect("the first restore", self.tram(*words, data=self.again))
        if self.struck(point, *words, "--replace", data=self.again) and point == "keeping.restore.aside":
            self.expect("a start where no house stands", self.tram("run", "--port", "0", data=self.again), code=1)
            if self.again.exists():
                self.wrong.append("an empty house was begun where a restore was cut")
        self.expect(f"the restore after {point}", self.tram(*words, "--replace", data=self.again))
        self.expect(f"the chains after {point}", self.tram("audit", "verify", data=self.again))
        running = [line for _, line, _ in processes() if "postgres" in line and f"{self.again}.restoring" in line]
        if running or self.again.with_name("again.restoring").exists():
            self.wrong.append(f"left of the restore that was cut at {point}: {running}")
        for aside in self.folder.glob("again.before-*"):
            shutil.rmtree(aside)


def keeping(*, times: int, seed: int, port: int = 0) -> Figures:
    """Every point of a backup and of a restore `times` times, while the office works on."""
    with TemporaryDirectory(dir="/tmp") as arms, TemporaryDirectory(dir="/tmp") as place:
        armoury, folder = Armoury(Path(arms)), Path(place)
        folder.chmod(0o711)
        with standing({**armoury.environment, "TRAM_BACKUPS": str(folder / "backups")}, folder, port) as house:
            stage = Stage(house, found(house), armoury)
            office, keeper = stage.office(), Keeper(stage, folder)
            people = at_work(office, seed, ("hoa", "son", "lan"), 4 * PAUSE)
            clerk = Worker(office, "hoa", seed)
            order = [point for point in (*BACKUP, *RESTORE) for _ in range(times)]
            Random(seed).shuffle(order)
            keeper.expect("the first backup", keeper.tram("backup"))
            for point in order:
                if point in RESTORE:
                    keeper.restore(point)
                else:
                    keeper.backup(point, clerk)
            end(office, people)
            told = verdict(house, office)
    figures = {"seed": seed, "strikes": sum(keeper.hits.values()), "missed": keeper.missed, "hits": dict(keeper.hits)}
    return {**figures, **told, "wrong": keeper.wrong + told["wrong"]}

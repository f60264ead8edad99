"""Death at a system call: strace lets a part run on until its n-th call of a kind, and kills it there."""

import shutil
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.faults.chaos import victims
from tests.faults.runs import PAUSE, Figures, Stage, on, verdict
from tests.faults.workload import at_work, end
from tests.installation import until

CALLS = {
    "web worker": ("sendto", "recvfrom", "fsync", "rename", "write", "pwrite64"),
    "backend": ("fdatasync", "pwrite64", "sendto", "recvfrom"),
}
"""Calls of the web worker (words with the database, files) and of a database backend (its log, its answers)."""
CANNOT_TRACE = "strace is not here, or may not trace: apt install strace"
LONGEST = 20.0


def may_trace() -> bool:
    """Whether strace can do what this run needs."""
    if shutil.which("strace") is None:
        return False
    asked = ["strace", "-e", "inject=getppid:signal=KILL:when=1", "sh", "-c", "exit 7"]
    return subprocess.run(asked, capture_output=True).returncode in (7, -9, 137)


def syscalls(*, times: int, seed: int, port: int = 0, stage: Stage | None = None) -> Figures:
    """Each call of each part `times` times: the part dies at a call somewhere in its work."""
    if not may_trace():
        raise PermissionError(CANNOT_TRACE)
    dice, hits = Random(seed), Counter[str]()
    with on(stage, port) as stage:
        office = stage.office()
        people = at_work(office, seed, pause=PAUSE)
        order = [(part, call) for part, calls in CALLS.items() for call in calls for _ in range(times)]
        dice.shuffle(order)
        for part, call in order:
            until(stage.house.answers, stage.house.said)
            time.sleep(0.5)
            if strike(stage, part, call, dice):
                hits[f"{part}:{call}"] += 1
        end(office, people)
        return {"seed": seed, "hits": dict(sorted(hits.items())), **verdict(stage.house, office)}


def strike(stage: Stage, part: str, call: str, dice: Random) -> bool:
    """Trace one process until the call kills it; False when it never came that far."""
    found = victims(stage.house, part)
    if not found:
        return False
    pid, turn = dice.choice(sorted(found)), dice.randrange(1, 12)
    asked = ["strace", "-f", "-p", str(pid), "-o", "/dev/null", "-e", f"trace={call}"]
    tracer = subprocess.Popen(
        [*asked, "-e", f"inject={call}:signal=KILL:when={turn}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with suppress(AssertionError):
            until(lambda: not Path(f"/proc/{pid}/task").exists(), patience=LONGEST)
        return not Path(f"/proc/{pid}/task").exists()
    finally:
        tracer.terminate()
        tracer.wait()

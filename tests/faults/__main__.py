"""Full runs from the command line: `python -m tests.faults kill --minutes 10 --seed 1` (docs/howto/faults.md)."""

# ruff: noqa: T201
import argparse
import json
import os
import subprocess
import sys
import time

from tests.faults import runs, runs_of_ground
from tests.faults.letters import letters
from tests.faults.runs_of_keeping import keeping
from tests.faults.syscalls import syscalls

SECONDS = {"kill": runs.kill, "proxy": runs.proxy, "disk": runs_of_ground.disk, "clock": runs_of_ground.clock,
           "soak": runs_of_ground.soak}  # fmt: skip
TIMES = {"crash": runs.crash, "letters": letters, "keeping": keeping, "jobs": runs_of_ground.jobs, "syscalls": syscalls}


def main(words: list[str]) -> int:
    """One run; its figures as JSON on the last line; 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("run", choices=sorted([*SECONDS, *TIMES, "model"]))
    parser.add_argument("--minutes", type=float, default=1.0, help="how long: kill, proxy, disk, clock, soak")
    counted = "crash, syscalls, keeping: deaths at each point; letters: letters; jobs: deaths; model: plays"
    parser.add_argument("--times", type=int, default=20, help=counted)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument("--port", type=int, default=0, help="port of the web server; 0 takes a free one")
    asked = parser.parse_args(words)
    if asked.run == "model":
        return _model(asked.times, asked.seed)
    if asked.run in SECONDS:
        figures = SECONDS[asked.run](seconds=asked.minutes * 60, seed=asked.seed, port=asked.port)
    else:
        figures = TIMES[asked.run](times=asked.times, seed=asked.seed, port=asked.port)
    print(json.dumps({"run": asked.run, **figures}, ensure_ascii=False))
    return 1 if figures["wrong"] else 0


def _model(plays: int, seed: int) -> int:
    """The model machine needs the tests' own database, so it runs as the test that it is, with another size."""
    size = {"TRAM_MODEL_PLAYS": str(plays), "TRAM_MODEL_STEPS": "50", "TRAM_MODEL_SEED": str(seed)}
    command = [sys.executable, "-m", "pytest", "-q", "--show-capture=no", "tests/faults/test_model.py"]
    return subprocess.run(command, env=os.environ | size).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

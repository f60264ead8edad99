"""Full runs from the command line: `python -m tests.faults kill --minutes 10 --seed 1` (docs/howto/faults.md)."""

# ruff: noqa: T201
import argparse
import sys
import time

from tests.faults.runs import crash, kill, told


def main(words: list[str]) -> int:
    """One run; its figures on the last line; 1 when the checker found something wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("run", choices=["kill", "crash"])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args(words)
    if asked.run == "kill":
        figures = kill(seconds=asked.minutes * 60, seed=asked.seed, port=asked.port)
    else:
        figures = crash(times=asked.times, seed=asked.seed, port=asked.port)
    print(told(figures))
    return 1 if figures["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What every client saw: each try of each operation, as invoke and then ok, fail or info (unknown)."""

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

OK, FAIL, INFO = "ok", "fail", "info"


@dataclass(frozen=True, slots=True)
class Try:
    """One request: when it was sent and answered (monotonic seconds), what came of it, what the answer named."""

    outcome: str
    status: int
    invoked: float
    answered: float
    told: str


@dataclass(slots=True)
class Operation:
    """One intent with its idempotency key, tried once or several times; `mark` stands in what it writes."""

    client: str
    verb: str
    key: str
    mark: str
    tries: list[Try] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """ok when any try was; fail when the last word was no; info while nobody knows."""
        if any(one.outcome == OK for one in self.tries):
            return OK
        return self.tries[-1].outcome if self.tries else INFO


class History:
    """All operations of a run, shared by its clients."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self._lock = threading.Lock()
        self._put_off: list[Callable[[], object]] = []

    def begin(self, client: str, verb: str, key: str, mark: str) -> Operation:
        operation = Operation(client, verb, key, mark)
        with self._lock:
            self.operations.append(operation)
        return operation

    def put_off(self, again: Callable[[], object]) -> None:
        """Nobody could learn the end of an operation while the faults went on: `again` asks once more after them."""
        with self._lock:
            self._put_off.append(again)

    def settle(self) -> None:
        """The faults are over: ask for the end of everything that was put off."""
        waiting, self._put_off = self._put_off, []
        for again in waiting:
            again()

    def counts(self) -> dict[str, int]:
        """How many operations ended how, with the tries that were unknown at first."""
        found: dict[str, int] = defaultdict(int)
        for one in self.operations:
            found[one.outcome] += 1
            found["tries"] += len(one.tries)
            found["unknown_tries"] += sum(each.outcome == INFO for each in one.tries)
        return dict(found)

    def gaps(self, faults: list[float], verbs: set[str] | None = None) -> list[float]:
        """For each fault: seconds until a write that was begun after it is acknowledged."""
        done = sorted(
            (each.invoked, each.answered)
            for one in self.operations
            if verbs is None or one.verb in verbs
            for each in one.tries
            if each.outcome == OK
        )
        gaps = []
        for at in faults:
            after = [answered for invoked, answered in done if invoked >= at]
            if after:
                gaps.append(min(after) - at)
        return gaps

    def write(self, place: Path) -> None:
        """Keep the whole history as JSON lines, for whoever reads a failed run."""
        with place.open("w") as file:
            for one in self.operations:
                file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def now() -> float:
    """The run's own clock: monotonic, so that steps of the wall clock do not touch it."""
    return time.monotonic()


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed; 0 for none."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3) if ordered else 0.0

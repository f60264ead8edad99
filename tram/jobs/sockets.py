"""How a room declares work that happens later: `@job("Gửi thư gộp")`, in its own jobs.py.

`task.defer(letter=12)` inside a command puts the job into the queue in the command's own transaction. A job runs at
least once: it must do no harm when it runs again. Its arguments are keys, never contents.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.retry import RetryStrategy
from procrastinate.tasks import Task

from tram.jobs.rules import TRIES
from tram.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Declared:
    """Loại việc nền: its Vietnamese title, how often it is tried, and its hours when it runs by the clock."""

    title: str
    tries: int
    cron: str = ""


declared: Registry[Declared] = Registry()

Job = Task[..., Any, ...]


def job(
    title: str, *, tries: int = TRIES, queue: str = "default", priority: int = 0, lock: str | None = None
) -> Callable[[Callable[..., Any]], Job]:
    """Declare a job. It is tried `tries` times, 5 s, 25 s, 2 min and 10 min apart, then parked with its reason.

    Where several wait, those of a higher `priority` are taken first; of those with one `lock` one runs at a time.
    """

    def declare(function: Callable[..., Any]) -> Job:
        retry = RetryStrategy(max_attempts=tries - 1, exponential_wait=5) if tries > 1 else False
        task: Job = app.task(queue=queue, retry=retry, priority=priority, lock=lock)(function)
        declared.plug(task.name, Declared(title, tries))
        return task

    return declare


def periodic(title: str, *, cron: str) -> Callable[[Callable[[], Any]], Job]:
    """Declare a job that runs by the clock. `cron` has five columns in UTC and may have seconds as a sixth.

    A run that fails is not repeated: the next hour is its next try, and its `Beat` shows the fault until then.
    """

    def declare(function: Callable[[], Any]) -> Job:
        @wraps(function)
        def at_its_hour(timestamp: int) -> None:  # noqa: ARG001
            function()

        task: Job = app.periodic(cron=cron)(app.task(queue="clock")(at_its_hour))
        declared.plug(task.name, Declared(title, 1, cron))
        return task

    return declare


def later(name: str, **keys: int | str) -> None:
    """Defer a job of one's own room by its full name, from a command: commands lie below jobs.py.

    Raises LookupError when no room declares it.
    """
    if name not in declared:
        raise LookupError(f"no job named {name!r}")
    app.configure_task(name).defer(**keys)

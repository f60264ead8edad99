"""Backups and drills by the clock. Each runs as a program of its own, at low priority, so that nobody waits for it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from tram.jobs.sockets import periodic
from tram.keeping.commands.following import follow, stop_following
from tram.keeping.commands.recording import note_failure
from tram.keeping.rules import log, schedule
from tram.keeping.rules.places import backups_folder, backups_wanted, cost, free, last_drill, whole
from tram.keeping.rules.recovery import kept_key
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.site.processes import tie_to_parent


@periodic("Sao lưu hằng đêm", cron="5 * * * *")
def back_up_when_due() -> None:
    """Looks every hour: at night once a day, when it wakes where it sleeps at night, each working hour where it costs little."""
    data = Path(settings.TRAM_DATA)
    backups, at = backups_folder(data), clock.now()
    names = whole(backups)
    last_cost = cost(backups, names[-1]) if names else timedelta()
    if backups_wanted() and schedule.backup_is_due(at, names, last_cost):
        _run(data)


@periodic("Giữ nhật ký ghi trước của cơ sở dữ liệu", cron="* * * * *")
def follow_log() -> None:
    """Each minute, where the server is our own and its copy of the week is there: what was committed is beside the backups."""
    data = Path(settings.TRAM_DATA)
    key = kept_key(data)
    if not backups_wanted():
        if (data / "wal").exists():
            stop_following(data)
    elif key and log.systems(backups_folder(data)):
        with free(backups_folder(data)) as is_free:
            if is_free:
                follow(data=data, backups=backups_folder(data), key=key)


@periodic("Diễn tập khôi phục hằng tuần", cron="35 * * * *")
def drill_when_due() -> None:
    """Looks every hour: in one night of a week the newest backup is restored aside and held against its manifest."""
    data = Path(settings.TRAM_DATA)
    backups = backups_folder(data)
    if backups_wanted() and whole(backups) and schedule.drill_is_due(clock.now(), last_drill(backups)):
        _run(data, "drill")


def _run(data: Path, *verb: str) -> None:
    """Have the console do it. What it stops with is told to the administrators; what it saw it tells them itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tram.site.cli", "backup", *verb, "--data", str(data)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, preexec_fn=_kindly(),
    )  # fmt: skip
    if done.returncode:
        stopped = done.stderr.strip().splitlines()
        if stopped:
            note_failure(actor=Actor.system(), at=clock.now(), sentence=stopped[-1].removeprefix("✗ ")[:500])
        raise RuntimeError(stopped[-1] if stopped else done.stdout.strip().splitlines()[-1])


def _kindly() -> Callable[[], None]:
    """In the child: behind everybody's work, and no longer than the worker lives."""
    tie = tie_to_parent(signal.SIGINT)

    def start() -> None:
        os.nice(10)
        if tie:
            tie()

    return start

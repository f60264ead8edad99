"""Crash points: named places where a test lets a process die, to prove that nothing half done remains."""

import os
import signal

ARMED = os.environ.get("TRAM_CRASH_POINTS", "")
"""A folder of the tests: a file in it, named after a point, arms that point for one death. Empty in every real house."""


def crashpoint(name: str) -> None:
    """Die here, as by `kill -9`, where a test armed the point; else nothing.

    Taking the file away is what disarms the point, so of several processes that pass it one dies.
    """
    if not ARMED:
        return
    try:
        os.unlink(os.path.join(ARMED, name))
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)

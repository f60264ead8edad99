"""Processes that never outlive the one who started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

PR_SET_PDEATHSIG = 1
ASKED_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def tie_to_parent(sent: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` after which Linux sends the child this signal when its parent dies; None on other systems."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, sent)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def follow_parent_to_death() -> None:
    """Have Linux kill this very process when its parent dies: for workers that a server forks on its own account."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def fork(name: str, work: Callable[[], None]) -> BaseProcess:
    """A copy of this process that does the work and dies with this one. `ps -o comm` shows the name, at most 15 letters.

    Nobody else may have a thread here: a lock that one held would stay locked in the copy.
    """
    child = get_context("fork").Process(target=partial(_live, name, work, tie_to_parent(signal.SIGKILL)))
    signal.pthread_sigmask(signal.SIG_BLOCK, ASKED_TO_STOP)
    try:
        child.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED_TO_STOP)
    return child


def _live(name: str, work: Callable[[], None], tie: Callable[[], None] | None) -> None:
    os.setsid()
    if tie:
        tie()
        Path("/proc/self/comm").write_text(name)
    for number in ASKED_TO_STOP:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED_TO_STOP)
    work()

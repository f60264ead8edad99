"""Processes that never outlive the one who started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


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

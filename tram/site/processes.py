"""Child processes that never outlive the one who started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def tie_to_parent(signal_name: str) -> Callable[[], None] | None:
    """A `preexec_fn` that asks Linux to send the child this signal when its parent dies; None elsewhere."""
    if sys.platform != "linux":
        return None
    libc, parent, number = ctypes.CDLL(None), os.getpid(), signal.Signals[signal_name]

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return tie

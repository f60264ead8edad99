"""Room on the disk: how full it is, and from when on nothing is safe but reading."""

import os
from contextlib import suppress
from pathlib import Path

FILLING, READ_ONLY = 85, 95
"""Percent: from the first on administrators are warned, from the second on nothing new is taken in."""


def fullness(*folders: Path) -> int:
    """How full the fullest disk under these folders is, in percent, of its bytes or of its names; 0 for none of them."""
    found = [0]
    for folder in folders:
        with suppress(FileNotFoundError):
            disk = os.statvfs(folder)
            found.append(100 - 100 * disk.f_bavail // (disk.f_blocks or 1))
            found.append(100 - 100 * disk.f_favail // disk.f_files if disk.f_files else 0)
    return max(found)

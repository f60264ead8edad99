"""What higher rooms have `tram doctor` look at besides."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tram.kernel.registry import Registry

Mark = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check saw; `mend` is the command or deed that mends it, empty where all is well."""

    mark: Mark
    sentence: str
    mend: str = ""


Check = Callable[[Path], Finding]
"""Looks at one thing of the installation whose data folder it is given."""

checks: Registry[Check] = Registry()


def well(sentence: str) -> Finding:
    """All is well."""
    return Finding("ok", sentence)


def bad(sentence: str, mend: str) -> Finding:
    """Broken, or about to be."""
    return Finding("bad", sentence, mend)


def warn(sentence: str, mend: str) -> Finding:
    """To be looked at."""
    return Finding("warn", sentence, mend)

"""What the house asks of the machine: the hour and the room on its disk."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tram.kernel import clock, space


@pytest.fixture
def followed() -> Iterator[None]:
    yield
    clock._followed = None


def test_a_followed_clock_goes_on_by_itself(followed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    right, passed = clock.now(), [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: passed[0])
    clock.follow(right - timedelta(days=400))
    passed[0] += 61
    assert clock.now() == right - timedelta(days=400) + timedelta(seconds=61)
    assert clock.now().utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(("free", "names", "full"), [(1000, 1000, 0), (149, 1000, 86), (500, 40, 96), (0, 1000, 100)])
def test_a_disk_is_as_full_as_its_bytes_or_its_names(
    free: int, names: int, full: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SimpleNamespace(f_bavail=free, f_blocks=1000, f_favail=names, f_files=1000)
    monkeypatch.setattr(os, "statvfs", lambda folder: disk)
    assert space.fullness(Path("/here")) == full


def test_a_folder_that_is_not_there_is_not_full(tmp_path: Path) -> None:
    assert space.fullness(tmp_path / "nowhere") == 0
    assert 0 <= space.fullness(tmp_path, tmp_path / "nowhere") <= 100

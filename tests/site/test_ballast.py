"""The ballast: there while there is room, gone when there is none, back when there is again."""

from pathlib import Path

import pytest

from tram.site import ballast
from tram.site.ballast import Ballast


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """A disk of 1,000,000 bytes whose free room the test sets."""
    room = {"free": 500_000}
    usage = lambda folder: type("Usage", (), {"total": 1_000_000, "free": room["free"]})  # noqa: E731
    monkeypatch.setattr(ballast.shutil, "disk_usage", usage)
    monkeypatch.setattr(ballast, "fullness", lambda *folders: 100 - room["free"] // 10_000)
    return room


def test_it_is_thrown_off_only_when_there_is_no_room_and_taken_in_again(
    tmp_path: Path, disk: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    made = Ballast(tmp_path)
    sizes = []
    for free in (500_000, 140_000, 40_000, 4_000, 24_000, 140_000, 500_000):
        disk["free"] = free
        made.trim()
        sizes.append(made.file.stat().st_size if made.file.exists() else 0)
    assert sizes == [20_000, 20_000, 20_000, 0, 0, 0, 20_000]
    said = capsys.readouterr().out.splitlines()
    assert sum("tạm chỉ đọc" in line for line in said) == 1
    assert sum("ghi lại bình thường" in line for line in said) == 1

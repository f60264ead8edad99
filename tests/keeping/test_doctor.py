"""What the doctor says of backups, tried by breaking each thing."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.keeping.conftest import House
from tram.keeping import plugs
from tram.keeping.rules import places
from tram.keeping.rules.recovery import key_place, make_key
from tram.kernel import clock
from tram.site.sockets import checks


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house that has never been backed up."""
    monkeypatch.delenv("TRAM_BACKUPS", raising=False)
    (tmp_path / "house").mkdir()
    return tmp_path / "house"


def aged(data: Path, **age: int) -> None:
    (places.backups_folder(data) / places.name_of(clock.now() - timedelta(**age))).mkdir(parents=True)


def drilled(data: Path, *, well: bool, days: int) -> None:
    at = (clock.now() - timedelta(days=days)).isoformat()
    places.keep_drill(places.backups_folder(data), places.Drill(at, "", well, 1, "Chữ."))


@pytest.mark.parametrize(("hours", "mark"), [(1, "ok"), (31, "warn"), (60, "bad")])
def test_an_old_backup_is_told_in_time(data: Path, hours: int, mark: str) -> None:
    assert plugs.backup_age(data).mark == "warn"
    aged(data, hours=hours)
    assert plugs.backup_age(data).mark == mark


@pytest.mark.parametrize(("well", "days", "mark"), [(True, 1, "ok"), (True, 16, "warn"), (False, 1, "bad")])
def test_a_failed_or_old_drill_is_told(data: Path, well: bool, days: int, mark: str) -> None:
    assert plugs.restore_drill(data).mark == "warn"
    aged(data, hours=1)
    drilled(data, well=True, days=20)
    drilled(data, well=well, days=days)
    with (places.backups_folder(data) / "drills.jsonl").open("a") as file:
        file.write('{"at": "cut by a cra')
    assert plugs.restore_drill(data).mark == mark


def test_backups_beside_the_house_and_none_at_all_are_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(data, hours=1)
    assert plugs.backup_place(data).mark == "warn" and "cùng đĩa" in plugs.backup_place(data).sentence
    monkeypatch.setenv("TRAM_BACKUPS", "none")
    assert plugs.backup_age(data).mark == "warn" and "đang tắt" in plugs.backup_age(data).sentence


def test_a_key_that_others_read_or_that_lies_with_the_backups_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plugs.recovery_key(data).mark == "warn"
    make_key(data)
    assert plugs.recovery_key(data).mark == "ok"
    key_place(data).chmod(0o644)
    assert plugs.recovery_key(data).mark == "bad"
    monkeypatch.setenv("TRAM_RECOVERY_KEY", str(places.backups_folder(data) / "key"))
    aged(data, hours=1)
    make_key(data)
    assert plugs.recovery_key(data).mark == "bad" and "nơi sao lưu" in plugs.recovery_key(data).sentence


def test_the_newest_backup_is_opened(house: House) -> None:
    os.environ.pop("TRAM_BACKUPS", None)
    house.back_up(clock.now())
    finding = plugs.backup_opens(house.data)
    assert finding.mark == "ok" and "3 tệp" in finding.sentence


def test_the_doctor_knows_these_checks() -> None:
    assert dict(checks.items()) == plugs.CHECKS

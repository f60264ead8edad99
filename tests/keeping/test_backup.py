"""A backup is whole, or it is not there."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import AT
from tests.faults.points import Armoury
from tests.files.test_store import small_disk
from tests.installation import ROOT
from tests.keeping.conftest import House
from tram.audit.models import Event
from tram.files.queries import content_file
from tram.keeping import jobs, queries
from tram.keeping.commands.drilling import drill
from tram.keeping.commands.reading import Opened, read_contents
from tram.keeping.commands.upgrading import rehearse, rehearsed, upgrade
from tram.keeping.rules import places
from tram.keeping.rules.manifest import Seen
from tram.keeping.rules.places import content_place, cost, last_drill, whole
from tram.keeping.rules.sealing import unsealed
from tram.kernel.actors import Actor
from tram.notifications.models import Notice
from tram.site.trouble import Trouble

SYSTEM = Actor.system()


def environment(house: House) -> dict[str, str]:
    """What another process needs to work on this house."""
    own = settings.DATABASES["default"]
    url = f"postgresql://{own['USER']}:{own['PASSWORD']}@/{own['NAME']}?host={own['HOST']}"
    return {**os.environ, "DATABASE_URL": url, "TRAM_DATA": str(house.data)}


def test_a_kill_in_the_middle_leaves_nothing_that_looks_like_a_backup(
    house: House, saved: Opened, tmp_path: Path
) -> None:
    """And the next one sweeps up behind it."""
    armoury, before = Armoury(tmp_path), whole(house.backups)
    command = [sys.executable, "-m", "tram.site.cli", "backup", "--data", str(house.data)]
    for point, added in (("keeping.backup.copied", 0), ("keeping.backup.read", 0), ("keeping.backup.named", 1)):
        armoury.arm(point)
        done = subprocess.run(
            command, cwd=ROOT, env=environment(house) | armoury.environment, capture_output=True, text=True
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert len(whole(house.backups)) == len(before) + added
    house.back_up(AT + timedelta(days=30))
    assert len(whole(house.backups)) == len(before) + 2 and not list(house.backups.rglob("*.part"))


def test_a_full_disk_leaves_nothing_half_and_says_so(house: House, saved: Opened) -> None:
    before = whole(house.backups)
    with small_disk(10_000), pytest.raises(OSError, match="large"):
        house.back_up(AT + timedelta(hours=6))
    assert whole(house.backups) == before and not list(house.backups.rglob("*.part"))


def test_two_backups_at_once_and_one_inside_the_house_are_refused(house: House, saved: Opened) -> None:
    with places.held(house.backups), pytest.raises(Trouble, match="khác đang ghi"):
        house.back_up(AT + timedelta(hours=7))
    inside = House(house.data, house.data / "backups", house.key, house.cast)
    with pytest.raises(Trouble, match="trong thư mục dữ liệu"):
        inside.back_up(AT)


def test_what_is_sealed_tells_nothing_to_who_has_no_key(house: House, saved: Opened) -> None:
    told = b"".join(path.read_bytes() for path in house.backups.rglob("*") if path.is_file())
    names = " ".join(str(path) for path in house.backups.rglob("*"))
    for word in ("Trần Thị Hoa", "audit_event", "đến.pdf", house.key.letters, (house.data / "secret").read_text()):
        assert word.encode() not in told
    assert not any(file.blob_id in names for file in house.files)
    assert (house.backups.stat().st_mode | (saved.place / "database.sealed").stat().st_mode) & 0o077 == 0


def test_the_second_backup_brings_only_what_is_new_and_old_ones_are_let_go(house: House, saved: Opened) -> None:
    place = content_place(house.backups, house.key.hides(house.files[0].blob_id))
    number = place.stat().st_ino
    orphan = place.with_name("f" * 64)
    orphan.write_bytes(b"x")
    os.utime(orphan, (0, 0))
    later = house.back_up(AT + timedelta(days=40), keep=1)
    assert timedelta() < cost(house.backups, later.name) < timedelta(minutes=1)
    assert whole(house.backups)[-1] == later.name and place.stat().st_ino == number and not orphan.exists()
    assert all(name[:10] == later.name[:10] for name in whole(house.backups))
    assert all(seen.ok for seen in read_contents(later))


def test_a_file_that_the_house_lost_is_named_and_told_and_the_rest_is_saved(house: House, saved: Opened) -> None:
    file = house.files[1]
    lost, kept = content_file(house.data, file.blob_id), content_place(house.backups, house.key.hides(file.blob_id))
    content = lost.read_bytes()
    lost.unlink()
    kept.unlink()
    try:
        made = house.back_up(AT + timedelta(days=40, hours=1))
    finally:
        lost.write_bytes(content)
    assert made.manifest.broken == [file.blob_id] and any(
        file.blob_id in seen.sentence for seen in house.said if not seen.ok
    )
    notice = Notice.objects.filter(kind="keeping.failed").latest("pk")
    assert notice.post == house.cast.posts["tinh"].pk and "1 tệp" in notice.sentence
    assert all(seen.ok for seen in read_contents(made))


def test_a_drill_restores_aside_and_tells_the_administrators(house: House, saved: Opened) -> None:
    """It says what it saw of rows, books and chains, and leaves nothing behind."""
    made, said = house.back_up(AT + timedelta(days=40, hours=2)), list[Seen]()
    seen = drill(actor=SYSTEM, at=AT, data=house.data, backup=made, say=said.append)
    assert seen.is_well, said
    assert last_drill(house.backups) == seen and not (house.data / "drill").exists()
    notice = Notice.objects.filter(kind="keeping.drilled").latest("pk")
    assert notice.post == house.cast.posts["tinh"].pk and "khớp bản kê" in notice.sentence
    assert Event.objects.filter(what="keeping.drilled").latest("id").detail["is_well"] is True


def test_an_upgrade_is_rehearsed_aside_before_the_house_is_touched(
    house: House, saved: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, said = house.back_up(AT + timedelta(days=40, hours=3)), list[Seen]()
    monkeypatch.setattr("tram.keeping.commands.restoring.code_fingerprint", lambda: "newer")
    monkeypatch.setattr("tram.keeping.commands.upgrading.code_fingerprint", lambda: "newer")
    told = queries.tables()
    rehearse(data=house.data, backup=made, at=AT, say=said.append)
    assert any("Lược đồ được nâng" in seen.sentence for seen in said) and queries.tables() == told
    assert rehearsed(house.data, AT) and rehearsed(house.data, AT + timedelta(days=8)) is None
    monkeypatch.setenv("DATABASE_URL", environment(house)["DATABASE_URL"])
    upgrade(actor=SYSTEM, at=AT, data=house.data, backup=made, say=said.append)
    assert Event.objects.latest("id").what == "keeping.upgraded"


def test_a_failed_drill_says_what_failed(house: House, saved: Opened) -> None:
    made, said = house.back_up(AT + timedelta(days=40, hours=4)), list[Seen]()
    (made.place / "database.sealed").write_bytes(b"".join(unsealed(made.place / "database.sealed", house.key)))
    seen = drill(actor=SYSTEM, at=AT, data=house.data, backup=made, say=said.append)
    assert not seen.is_well and "database.sealed" in seen.sentence
    assert Notice.objects.filter(kind="keeping.failed").latest("pk").sentence.endswith(seen.sentence)


def test_what_the_clock_could_not_do_is_told_to_the_administrators(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the beat of the job shows it."""
    for name, value in environment(house).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TRAM_BACKUPS", str(house.data / "inside"))
    with pytest.raises(RuntimeError, match="trong thư mục dữ liệu"):
        jobs.back_up_when_due(0)
    assert "trong thư mục dữ liệu" in Notice.objects.filter(kind="keeping.failed").latest("pk").sentence
    monkeypatch.setenv("TRAM_BACKUPS", "none")
    jobs.back_up_when_due(0)
    jobs.drill_when_due(0)

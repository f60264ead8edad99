"""Backed up, wiped, restored: the same house; and whatever is wrong is refused before anything is touched."""

import os
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from tests.cast import AT
from tests.faults.points import Armoury
from tests.installation import OURS, ROOT, processes
from tests.keeping.conftest import SECRET, House
from tram.files.commands import destroy, look
from tram.files.queries import content_file
from tram.keeping import queries
from tram.keeping.commands.backing import pack
from tram.keeping.commands.reading import Opened, opened, read_contents
from tram.keeping.commands.restoring import put_in_place, restore
from tram.keeping.rules import dumping
from tram.keeping.rules.manifest import Seen
from tram.keeping.rules.places import content_place
from tram.keeping.rules.recovery import RecoveryKey, key_place, make_key, read_key
from tram.kernel.actors import Actor
from tram.site import postgres
from tram.site.environment import refuse_half_restored
from tram.site.postgres import Server
from tram.site.supervisor import alone
from tram.site.trouble import Trouble

SYSTEM = Actor.system()


def brought_back(backup: Opened, data: Path, *, replace: bool = False) -> list[Seen]:
    said: list[Seen] = []
    restore(backup=backup, data=data, replace=replace, say=said.append)
    return said


def test_a_wiped_house_comes_back_row_for_row_and_file_for_file(
    house: House, saved: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a state secret that was destroyed after the backup does not."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    told = queries.tables()
    assert {name for name, _ in saved.manifest.tables.items() - told.items()} == {"audit_event", "audit_chain"}
    secret = house.files[2]
    look(actor=SYSTEM, at=AT, file=secret.pk, level="top_secret")
    destroy(actor=house.cast.actor("hoa"), at=AT, file=secret.pk, level="top_secret")
    house.back_up(AT + timedelta(hours=1))
    assert not content_place(house.backups, house.key.hides(secret.blob_id)).exists()
    again = opened(house.backups, saved.name, house.key)
    data = house.data.with_name("again")
    said = brought_back(again, data)
    assert all(seen.ok for seen in said), said
    spoken = " ".join(seen.sentence for seen in said)
    assert (
        "dấu băm từng bảng khớp" in spoken
        and "16 sổ: số kế tiếp khớp" in spoken
        and "nguyên vẹn trong chuỗi băm" in spoken
    )
    for file in house.files[:2]:
        assert content_file(data, file.blob_id).read_bytes() == content_file(house.data, file.blob_id).read_bytes()
    assert (data / "secret").read_text() == SECRET
    assert (data / "signing/keys/seal.p12").read_bytes() == bytes(range(256))
    assert (data / "pg-tram.password").read_text() != (house.data / "pg-tram.password").read_text()
    assert not content_file(data, secret.blob_id).exists()
    with Server(data).held() as url, psycopg.connect(url) as desk:
        number = desk.execute("SELECT next_number FROM organisation_numberbook WHERE next_number > 1").fetchall()
        files = desk.execute("SELECT count(*) FROM files_file").fetchone()
        acts = desk.execute("SELECT what FROM audit_event ORDER BY id DESC LIMIT 3").fetchall()
    assert (number, files) == ([(4,)], (2,))
    assert {"files.locked", "files.destroyed", "keeping.restored"} == {what for (what,) in acts}


def flipped(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)


def cut(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-1])


@pytest.mark.parametrize("spoil", [flipped, cut, Path.unlink])
@pytest.mark.parametrize("name", ["manifest", "database", "folder", "files", "content"])
def test_a_spoiled_backup_is_refused_before_anything_is_touched(
    spoil: Callable[[Path], None], name: str, house: House, saved: Opened
) -> None:
    content = content_place(house.backups, house.key.hides(house.files[0].blob_id))
    place = content if name == "content" else saved.place / f"{name}.sealed"
    whole = place.read_bytes()
    data = house.data.with_name("nowhere")
    try:
        spoil(place)
        with pytest.raises(Trouble, match=place.name):
            brought_back(opened(house.backups, saved.name, house.key), data)
    finally:
        place.write_bytes(whole)
    assert not data.exists() and not data.with_name("nowhere.restoring").exists()


def test_a_part_of_another_backup_is_refused(house: House, saved: Opened) -> None:
    other = house.back_up(AT + timedelta(hours=2))
    kept = (saved.place / "database.sealed").read_bytes()
    try:
        shutil.copy(other.place / "database.sealed", saved.place / "database.sealed")
        with pytest.raises(Trouble, match="bản sao lưu khác"):
            brought_back(saved, house.data.with_name("nowhere"))
    finally:
        (saved.place / "database.sealed").write_bytes(kept)


def test_a_wrong_key_is_refused(house: House, saved: Opened) -> None:
    with pytest.raises(Trouble, match="không phải khóa"):
        opened(house.backups, saved.name, RecoveryKey.new())


def test_a_full_folder_is_refused_without_the_word_and_a_running_house_even_with_it(
    house: House, saved: Opened
) -> None:
    with pytest.raises(Trouble, match="đã có dữ liệu.*--replace"):
        brought_back(saved, house.data)
    with alone(house.data), pytest.raises(Trouble, match="đang chạy"):
        brought_back(saved, house.data, replace=True)


def test_programs_of_another_version_are_refused_and_never_used(
    house: House, saved: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong pg_restore first in PATH is passed over; where it is the only one it is refused by name."""
    for name in ("pg_restore", "pg_dump"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) 9.6.24'; touch {tmp_path}/used\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert dumping.read_back(saved.part("database"), saved.manifest.server)
    monkeypatch.setattr(postgres, "program_folders", lambda: iter(()))
    with pytest.raises(Trouble, match=r"pg_restore là bản 9\.6"):
        brought_back(saved, house.data.with_name("nowhere"))
    with pytest.raises(Trouble, match=r"pg_dump là bản 9\.6"):
        house.back_up(AT + timedelta(hours=5))
    assert not list(house.backups.glob("*.part"))


def test_a_content_that_rots_is_found_moved_aside_and_taken_anew(house: House, saved: Opened) -> None:
    place = content_place(house.backups, house.key.hides(house.files[1].blob_id))
    flipped(place)
    first, second = read_contents(opened(house.backups, saved.name, house.key), mend=True)
    assert not first.ok and place.name in first.sentence and second.ok
    again = house.back_up(AT + timedelta(hours=3))
    assert [seen.ok for seen in read_contents(again)] == [True]


def test_a_restore_that_was_cut_leaves_no_house_and_the_next_one_is_whole(
    house: House, saved: Opened, tmp_path: Path
) -> None:
    """The server that the dead one had started is stopped first: it would take the socket of the next one away."""
    data, making = house.data.with_name("cut"), house.data.with_name("cut.restoring")
    armoury = Armoury(tmp_path)
    command = [sys.executable, "-m", "tram.site.cli", "restore", "--from", str(house.backups), "--data", str(data)]
    told = {name: value for name, value in os.environ.items() if name not in OURS} | armoury.environment
    for point, code in (("keeping.restore.loaded", -signal.SIGKILL), ("", 0)):
        if point:
            armoury.arm(point)
        done = subprocess.run(
            [*command, "--key", str(key_place(house.data))], cwd=ROOT, env=told, capture_output=True, text=True
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert (data.exists(), making.exists()) == (not point, bool(point))
        with pytest.raises(Trouble, match="bị ngắt giữa chừng") if point else nullcontext():
            refuse_half_restored(data)
    assert not [line for _, line, _ in processes() if str(making) in line]
    assert read_key(key_place(data)) == house.key


def test_a_house_that_was_moved_aside_is_named_where_its_place_stayed_empty(tmp_path: Path) -> None:
    data = tmp_path / "nhà"
    for name in ("nhà.restoring", "nhà.before-20261126-090000"):
        (tmp_path / name).mkdir()
    with pytest.raises(Trouble, match="còn nguyên ở .*nhà.before-20261126-090000.*tram restore"):
        refuse_half_restored(data)
    data.mkdir()
    (data / "secret").touch()
    refuse_half_restored(data)


@pytest.mark.parametrize("older", [RecoveryKey.new().written, "gõ nhầm"], ids=["một khóa", "gõ nhầm"])
def test_another_key_that_lay_there_is_moved_aside_with_its_house(older: str, tmp_path: Path) -> None:
    data, making, key = tmp_path / "nhà", tmp_path / "nhà.restoring", RecoveryKey.new()
    for place in (data, making):
        place.mkdir()
        (place / place.name).touch()
    key_place(data).write_text(older)
    said: list[Seen] = []
    put_in_place(making, data, key, said.append)
    assert read_key(key_place(data)) == key and (data / making.name).exists()
    [aside] = (path for path in tmp_path.glob("nhà.before-*") if path.is_dir())
    assert key_place(aside).read_text() == older and "đừng xoá" in " ".join(one.sentence for one in said)
    data.rename(making)
    put_in_place(making, data, key, said.append)
    assert len(list(tmp_path.glob("*.recovery-key"))) == 2, "the same key stays where it is"


def test_what_vanishes_while_the_folder_is_packed_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "signing" / "waiting").mkdir(parents=True)
    (tmp_path / "signing" / "seal.p12").write_bytes(b"1")
    with tarfile.open(tmp_path / "folder.tar", "w") as tar:
        pack(tar, tmp_path / "signing", "signing")
        pack(tar, tmp_path / "signing" / "waiting" / "gone", "signing/waiting/gone")
        assert tar.getnames() == ["signing", "signing/seal.p12", "signing/waiting"]


def test_a_key_is_written_wholly_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_name: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tram.keeping.rules.recovery.crashpoint", killed)
        with pytest.raises(KeyboardInterrupt):
            make_key(tmp_path / "house")
    assert not key_place(tmp_path / "house").exists()
    key = make_key(tmp_path / "house")
    assert make_key(tmp_path / "house") == key == read_key(key_place(tmp_path / "house"))
    assert [path.name for path in tmp_path.iterdir()] == ["house.recovery-key"]

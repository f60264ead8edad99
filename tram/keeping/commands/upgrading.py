"""The upgrade: tried on the last backup first, done on the house only when that went well."""

import json
import os
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TypedDict

from tram.keeping.commands.drilling import scratch_house
from tram.keeping.commands.reading import Opened
from tram.keeping.commands.recording import note_upgrade
from tram.keeping.commands.restoring import Say, ask_house, migrate, refill
from tram.keeping.rules.manifest import Seen
from tram.kernel.actors import Actor
from tram.site.preparation import Mark, code_fingerprint, read_mark, write_mark
from tram.site.trouble import Trouble

GOOD_FOR = timedelta(days=7)


class Rehearsed(TypedDict):
    """What the last rehearsal that went well was of."""

    code: str
    at: str
    seconds: float


def rehearse(*, data: Path, backup: Opened, at: datetime, say: Say) -> Rehearsed:
    """Restore a backup aside with this code, migrate it, verify it. Raises Trouble where the upgrade would fail."""
    began = perf_counter()
    with scratch_house(data, backup) as (url, folder):
        wrong = [seen for seen in refill(backup=backup, url=url, data=folder) if not _said(seen, say)]
        if wrong:
            raise Trouble(f"Diễn tập nâng cấp không xong, hệ thống thật chưa bị chạm tới: {wrong[0].sentence}")
    found = Rehearsed(code=code_fingerprint(), at=at.isoformat(), seconds=round(perf_counter() - began, 1))
    (data / "rehearsed.json").write_text(json.dumps(found))
    return found


def rehearsed(data: Path, at: datetime) -> Rehearsed | None:
    """The rehearsal of this very code, where it is fresh."""
    with suppress(FileNotFoundError, ValueError, KeyError):
        found: Rehearsed = json.loads((data / "rehearsed.json").read_text())
        if found["code"] == code_fingerprint() and at - datetime.fromisoformat(found["at"]) < GOOD_FOR:
            return found
    return None


def upgrade(*, actor: Actor, at: datetime, data: Path, backup: Opened, say: Say) -> None:
    """Part: migrate the house itself, which nobody else runs meanwhile and which `backup` has just saved; verify it.

    Raises Trouble with the way back.
    """
    began, url = perf_counter(), os.environ["DATABASE_URL"]
    way_back = f"Trở lại bản cũ: cài lại bản mã cũ, rồi tram restore --from {backup.backups} --data {data} --replace"
    try:
        migrate(url, data)
        seen = ask_house(url, data, "everything")
    except Trouble as trouble:
        raise Trouble(f"{trouble} {way_back}") from trouble
    if seen["breaks"]:
        raise Trouble(f"Sau nâng cấp nhật ký không còn nguyên: {seen['breaks'][0]} {way_back}")
    seconds = perf_counter() - began
    say(
        Seen(
            True,
            f"Lược đồ đã nâng trong {seconds:.1f} giây; {seen['rows']} dòng nhật ký nguyên vẹn.".replace(".", ",", 1),
        )
    )
    mark = read_mark(data)
    write_mark(data, Mark(code="", demo=mark["demo"] if mark else "none"))
    note_upgrade(actor=actor, at=at, backup=backup.name, version=version("tram"), seconds=seconds)


def _said(seen: Seen, say: Say) -> bool:
    say(seen)
    return seen.ok

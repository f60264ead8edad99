"""The drill: a backup is worth what came out of it the last time somebody tried."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import perf_counter

from tram.keeping.commands.reading import Opened, read_contents, read_parts
from tram.keeping.commands.recording import note_drill
from tram.keeping.commands.restoring import Say, clear_away, refill, refuse_small_disk, scratch_server
from tram.keeping.rules.manifest import Seen
from tram.keeping.rules.places import Drill, held, keep_drill, told
from tram.kernel.actors import Actor
from tram.site.trouble import Trouble


def drill(*, actor: Actor, at: datetime, data: Path, backup: Opened, say: Say) -> Drill:
    """Part: restore a backup into a cluster that is thrown away, read every content, and tell what was seen.

    A content that is wrong is moved aside, so that the next backup takes it anew. Raises nothing that the drill saw.
    """
    began, wrong = perf_counter(), list[str]()
    with held(backup.backups):
        for seen in _seen(backup, data):
            say(seen)
            if not seen.ok:
                wrong.append(seen.sentence)
        seconds = perf_counter() - began
        name = told(backup.name)
        sentence = (
            f"Bản sao lưu lúc {name} hỏng: {wrong[0]}" if wrong else
            f"Bản sao lưu lúc {name} khôi phục được trong {seconds:.0f} giây: "
            f"{backup.manifest.rows} dòng và {backup.manifest.contents} tệp khớp bản kê."
        )  # fmt: skip
        seen_now = Drill(at.isoformat(), backup.name, not wrong, round(seconds, 1), sentence)
        keep_drill(backup.backups, seen_now)
    note_drill(actor=actor, at=at, backup=backup.name, is_well=not wrong, seconds=seconds, sentence=sentence)
    return seen_now


def _seen(backup: Opened, data: Path) -> Iterator[Seen]:
    try:
        yield from read_parts(backup)
        with scratch_house(data, backup) as (url, folder):
            yield from refill(backup=backup, url=url, data=folder)
    except Trouble as trouble:
        yield Seen(False, str(trouble))
    yield from read_contents(backup, mend=True)


@contextmanager
def scratch_house(data: Path, backup: Opened) -> Iterator[tuple[str, Path]]:
    """An empty database and a folder inside the data folder, thrown away at the end; the address and the folder."""
    folder = data / "drill"
    clear_away(folder)
    folder.mkdir(mode=0o711)
    try:
        refuse_small_disk(backup, folder, with_contents=False)
        with scratch_server(folder, backup.manifest.server, durable=False) as url:
            yield url, folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

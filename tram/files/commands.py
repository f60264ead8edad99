"""Every write about files: bring one, sweep what nobody holds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from tram.audit.commands import atomic, record
from tram.files.models import Blob, File
from tram.files.policy import may_store, may_sweep
from tram.files.rules import disk
from tram.files.rules.inspecting import Stream, inspect, limited
from tram.files.rules.refusals import Limits
from tram.kernel.actors import Actor

SPARED = timedelta(hours=24)


@atomic
def store(
    *, actor: Actor, at: datetime, stream: Stream, name: str, agency: int, look: Callable[[Path], object] | None = None
) -> File:
    """Keep an uploaded file for an agency (unit id; 0 = the installation). The same content is kept once.

    `look` sees the inspected content before it is kept, and refuses it by raising FileRefused (a marked secret).
    Raises FileRefused with its own sentence, or DiskFull; then nothing is kept.
    """
    may_store(actor).or_refuse()
    limits = Limits(size=settings.TRAM_FILE_LIMIT)
    with disk.part_of(settings.TRAM_DATA / "files" / "incoming") as part:
        disk.write(part, limited(stream, limits))
        found = inspect(part, name, limits)
        if look is not None:
            look(part)
        _lock(found.sha256)
        disk.keep(part, disk.blob_place(settings.TRAM_DATA, found.sha256))
    blob, _is_new = Blob.objects.get_or_create(
        sha256=found.sha256,
        defaults={
            "size": found.size, "kind": found.kind, "media_type": found.media_type, "pages": found.pages, "stored_at": at
        },
    )  # fmt: skip
    file = File.objects.create(name=found.name, blob=blob, uploaded_by_id=actor.account, uploaded_at=at, agency=agency)
    record(
        actor=actor, at=at, what="files.stored", about=file.ref, agency=agency,
        name=file.name, sha256=blob.sha256, size=blob.size,
    )  # fmt: skip
    return file


@atomic
def sweep_orphans(*, actor: Actor, at: datetime) -> int:
    """Remove what a broken upload left behind: contents without a row, unfinished parts, drawings without contents.

    Nothing younger than a day is touched. Returns how many files were removed.
    """
    may_sweep(actor).or_refuse()
    than = (at - SPARED).timestamp()
    swept = {"blobs": 0, "parts": 0, "drawings": 0}
    for sha256, path in disk.older(settings.TRAM_DATA / "files", than):
        if not sha256:
            path.unlink(missing_ok=True)
            swept["parts"] += 1
        elif _is_orphan(sha256, path, than):
            path.unlink()
            swept["blobs"] += 1
    for sha256, path in disk.older(settings.TRAM_DATA / "pages", than):
        if not Blob.objects.filter(pk=sha256).exists():
            path.unlink(missing_ok=True)
            swept["drawings"] += 1
    removed = sum(swept.values())
    if removed:
        record(actor=actor, at=at, what="files.swept", about="files.disk/0", agency=0, **swept)
    return removed


def _is_orphan(sha256: str, path: Path, than: float) -> bool:
    """Asked again under the content's lock, so that an upload of the same content at this moment keeps it."""
    if Blob.objects.filter(pk=sha256).exists():
        return False
    _lock(sha256)
    return not Blob.objects.filter(pk=sha256).exists() and path.stat().st_mtime < than


def _lock(sha256: str) -> None:
    """One at a time for one content, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])

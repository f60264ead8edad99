"""Every write about files: bring one, whole or in pieces; sweep what nobody holds."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.http import UnreadablePostError

from tram.audit.commands import atomic, record
from tram.files.events import DESTROYED
from tram.files.models import Blob, File, Marked, Upload
from tram.files.policy import may_answer_mark, may_continue, may_store, may_sweep
from tram.files.queries import refuse_marked_file
from tram.files.rules import disk, names
from tram.files.rules.inspecting import Stream, inspect, limited
from tram.files.rules.kinds import DRAWN, PICTURES, SOUNDS, WORDS
from tram.files.rules.opening import cut, redraw, resound
from tram.files.rules.refusals import Limits, refusal, size_text
from tram.files.rules.secrecy import LEVEL_NAMES
from tram.files.rules.sentences import TOO_MANY_UPLOADS, UPLOAD_GONE
from tram.files.sockets import holders
from tram.jobs.sockets import later
from tram.kernel.actors import Actor
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Hidden, WrongState
from tram.web.answers import forget_with

SPARED = timedelta(hours=24)
MOST_UPLOADS = 40
MOST_UPLOADED = 4
"""How many files one person may have on their way, and how much: this many times the largest file."""
PIECE = 16 * 1024
"""Bytes of an upload are kept in steps of this size, so a cut line costs no more than one of them."""
CUT_SECONDS = 20
UNRECORDED = {
    "begin_upload": "nothing official has happened: the file is recorded by `store` when it is whole",
    "end_upload": "takes away the bytes that `store` has kept, or that nobody wants",
}


@atomic
def store(
    *, actor: Actor, at: datetime, stream: Stream, name: str, agency: int, look: Callable[[Path], object] | None = None,
    sound_seconds: int = 0,
) -> File:  # fmt: skip
    """Keep an uploaded file for an agency (unit id; 0 = the installation). The same content is kept once.

    What its name or its text marks as a state secret is refused; a caller that reads the content anyway does so in
    `look`, which sees it before it is kept and raises FileRefused. Sounds are taken up to `sound_seconds`.
    Raises FileRefused with its own sentence, or DiskFull; then nothing is kept.
    """
    may_store(actor).or_refuse()
    limits = Limits(size=settings.TRAM_FILE_LIMIT, sound_seconds=sound_seconds)
    with disk.part_of(settings.TRAM_DATA / "files" / "incoming") as part:
        disk.write(part, limited(stream, limits))
        found = inspect(part, name, limits)
        if look is None:
            refuse_marked_file(part, name)
        else:
            look(part)
        _lock(found.sha256)
        crashpoint("files.store.written")
        disk.keep(part, disk.blob_place(settings.TRAM_DATA, found.sha256))
    crashpoint("files.store.kept")
    blob, _is_new = Blob.objects.get_or_create(
        sha256=found.sha256,
        defaults={
            "size": found.size, "kind": found.kind, "media_type": found.media_type, "pages": found.pages,
            "seconds": found.seconds, "stored_at": at,
        },
    )  # fmt: skip
    file = File.objects.create(name=found.name, blob=blob, uploaded_by_id=actor.account, uploaded_at=at, agency=agency)
    record(
        actor=actor, at=at, what="files.stored", about=file.ref, agency=agency,
        kind=WORDS[blob.kind], sha256=blob.sha256, size=blob.size,
    )  # fmt: skip
    if blob.kind in DRAWN:
        later("tram.files.jobs.look_for_stamp", file=str(file.pk))
    return file


@atomic
def store_shown(
    *, actor: Actor, at: datetime, stream: Stream, name: str, agency: int, longest: int, size: int, pixels: int,
    sound_seconds: int = 0, sound_size: int = 0,
) -> File:  # fmt: skip
    """Keep a file of at most `size` bytes that the public is to see. Of a picture of at most `pixels` only what is seen,
    drawn anew, at most `longest` pixels a side; of a sound of at most `sound_seconds` and `sound_size` only what is heard,
    written anew. Raises what `store` raises; then nothing is kept.
    """
    may_store(actor).or_refuse()
    limits = Limits(
        size=min(size, settings.TRAM_FILE_LIMIT), pixels=pixels, sound_seconds=sound_seconds, sound_size=sound_size
    )
    with disk.work_folder(settings.TRAM_DATA / "files" / "incoming") as folder:
        part, anew = folder / "brought", folder / "anew"
        disk.write(part, limited(stream, limits))
        found = inspect(part, name, limits)
        kept, name = part, found.name
        if found.kind in PICTURES:
            kind = redraw(part, found.kind, anew, longest, seconds=CUT_SECONDS)
            kept, name = anew, f"{Path(name).stem}.{kind}"
        elif found.kind in SOUNDS:
            resound(part, found.kind, anew, sound_seconds, seconds=CUT_SECONDS)
            kept, name = anew, f"{Path(name).stem}.{found.kind}"
        with kept.open("rb") as content:
            return store(actor=actor, at=at, stream=content, name=name, agency=agency, sound_seconds=sound_seconds)


@atomic
def store_pages(
    *, actor: Actor, at: datetime, original: File, pages: Sequence[int], name: str, look: Callable[[Path], object]
) -> File:
    """Keep some pages (from 1) of a PDF as a file of its own, through every check of `store`; the original stays.

    Raises what `store` raises; asks no rights on the original: whoever calls has asked them.
    """
    with disk.part_of(settings.TRAM_DATA / "files" / "incoming") as part:
        source = disk.blob_place(settings.TRAM_DATA, original.blob_id)
        cut(source, pages, part, most=settings.TRAM_FILE_LIMIT, seconds=CUT_SECONDS)
        with part.open("rb") as stream:
            return store(actor=actor, at=at, stream=stream, name=name, agency=original.agency, look=look)


@atomic
def pass_on(*, actor: Actor, at: datetime, file: File, agency: int) -> File:
    """The same content as a file of another agency, to which it was sent; its bytes are kept once.

    Asks no rights on the file: whoever calls has asked them. A stamp of secrecy seen on one is asked of both agencies.
    """
    may_store(actor).or_refuse()
    _lock(file.blob_id)
    if Marked.objects.filter(file__blob=file.blob_id, answered_at=None).exists():
        raise WrongState("Tệp đang khóa vì nghi có dấu mật. Trả lời ở trang Dấu mật trước khi gửi đi.")
    copy = File.objects.create(
        name=file.name, blob_id=file.blob_id, uploaded_by_id=actor.account, uploaded_at=at, agency=agency,
        looked_at=file.looked_at,
    )  # fmt: skip
    record(actor=actor, at=at, what="files.passed_on", about=copy.ref, agency=agency, of=file.ref, sha256=file.blob_id)
    return copy


@atomic
def begin_upload(*, actor: Actor, at: datetime, name: str, size: int, mark: str = "") -> Upload:
    """Announce a file (size in bytes) that will come in pieces; the same file announced again is the same upload.

    `mark` tells two files of one name and size apart. Raises FileRefused (name, size), WrongState when this person has
    too much on its way.
    """
    may_store(actor).or_refuse()
    if actor.account is None:
        raise Hidden
    limit, name = settings.TRAM_FILE_LIMIT, names.clean(name)
    if size > limit:
        raise refusal("too_big", size=size_text(size), limit=size_text(limit))
    if size < 1:
        raise refusal("empty")
    _lock_uploads(actor.account)
    upload = Upload.objects.filter(owner_id=actor.account, name=name, size=size, mark=mark[:40]).first()
    if upload is None:
        sizes = list(Upload.objects.filter(owner_id=actor.account).values_list("size", flat=True)[:MOST_UPLOADS])
        if len(sizes) == MOST_UPLOADS or sum(sizes) + size > MOST_UPLOADED * limit:
            raise WrongState(TOO_MANY_UPLOADS.format(count=len(sizes), size=size_text(sum(sizes))))
        upload = Upload.objects.create(owner_id=actor.account, name=name, size=size, mark=mark[:40], begun_at=at)
    disk.begin(disk.upload_place(settings.TRAM_DATA, upload.pk))
    return upload


def append(*, actor: Actor, at: datetime, key: UUID, offset: int, stream: Stream) -> tuple[int, int]:
    """Part: add what comes to one's own upload from `offset` bytes on; how many bytes are kept now, and came again.

    No transaction: the line may be slow, and the bytes on the disk are the truth. Raises Hidden, OutOfPlace, FileRefused
    when more comes than was announced, WrongState when the bytes were swept.
    """
    upload = Upload.objects.filter(pk=key).first()
    if upload is None or not may_continue(actor, upload):
        raise Hidden
    place = disk.upload_place(settings.TRAM_DATA, key)
    try:
        return disk.append(place, offset, _pieces(stream), upload.size)
    except disk.TooLong:
        raise refusal("upload_longer", size=size_text(upload.size)) from None
    except FileNotFoundError:
        raise WrongState(UPLOAD_GONE) from None


def _pieces(stream: Stream) -> Iterator[bytes]:
    """What comes until the end, or until the line is cut."""
    try:
        while piece := stream.read(PIECE):
            yield piece
    except (OSError, UnreadablePostError):
        return


@atomic
def end_upload(*, actor: Actor, at: datetime, key: UUID) -> None:
    """Let an upload of one's own go: its file has been stored, or is not wanted. Raises Hidden."""
    upload = Upload.objects.filter(pk=key).first()
    if upload is None or not may_continue(actor, upload):
        raise Hidden
    upload.delete()
    place = disk.upload_place(settings.TRAM_DATA, key)
    transaction.on_commit(lambda: place.unlink(missing_ok=True))


@atomic
def sweep_orphans(*, actor: Actor, at: datetime) -> int:
    """Remove what a broken upload left behind: contents without a row, unfinished parts, drawings without contents.

    Nothing younger than a day is touched. Returns how many files were removed.
    """
    may_sweep(actor).or_refuse()
    than = (at - SPARED).timestamp()
    swept = {"blobs": 0, "parts": 0, "drawings": 0}
    for folder in disk.left(settings.TRAM_DATA / "files" / "incoming", than):
        shutil.rmtree(folder)
        swept["parts"] += 1
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
    for upload in Upload.objects.filter(begun_at__lt=at - SPARED):
        if not disk.upload_place(settings.TRAM_DATA, upload.pk).exists():
            upload.delete()
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


def _lock_uploads(account: int) -> None:
    """One at a time for one person, so that what is on its way is counted truly."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('files.upload'), %s::int)", [account % 2**31])


def _lock(sha256: str) -> None:
    """One at a time for one content, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


@atomic
def look(*, actor: Actor, at: datetime, file: UUID, level: str, again: bool = False) -> None:
    """Keep what a machine saw on a file. A stamp locks it at once, with every file of the same content; twice is once.

    `again` locks also what a clerk had released: the paper that it belongs to has turned out to be secret.
    """
    may_sweep(actor).or_refuse()
    one = File.objects.filter(pk=file).first()
    if one is None:
        return
    _lock(one.blob_id)
    File.objects.filter(pk=file, looked_at=None).update(looked_at=at)
    if level:
        alike = File.objects.filter(blob=one.blob_id)
        for other in alike if again else alike.filter(marked=None):
            _lock_up(actor, at, other, level)


def _lock_up(actor: Actor, at: datetime, file: File, level: str) -> None:
    Marked.objects.update_or_create(
        file=file, defaults={"level": level, "found_at": at, "answered_at": None, "answered_by": ""}
    )
    record(
        actor=actor, at=at, what="files.locked", about=file.ref, agency=file.agency, level=LEVEL_NAMES[level],
        sha256=file.blob_id, size=file.blob.size,
    )  # fmt: skip
    for _room, holder in holders.items():
        holder.locked(actor=actor, at=at, file=file.pk)


def _waiting(actor: Actor, at: datetime, file: UUID) -> Marked:
    """The mark that waits for an answer, locked; Hidden alike when it is not there and when it is another agency's."""
    marked = Marked.objects.select_for_update(of=("self",)).select_related("file__blob").filter(file=file).first()
    own = {hat.agency for hat in actor.worn(at.date())}
    if marked is None or not (actor.is_system or marked.file.agency in own):
        raise Hidden
    may_answer_mark(actor, marked.file.agency, at.date()).or_refuse()
    if marked.answered_at is not None:
        raise WrongState("Tệp này đã có người trả lời. Tải lại trang để xem.")
    return marked


@atomic
def release(*, actor: Actor, at: datetime, file: UUID) -> None:
    """The clerk looked at the paper: it bears no stamp of secrecy. The file opens again."""
    marked = _waiting(actor, at, file)
    if not disk.blob_place(settings.TRAM_DATA, marked.file.blob_id).exists():
        raise WrongState("Nội dung tệp này đã bị hủy. Trả lời “có dấu mật” để xong việc hủy.")
    marked.answered_at, marked.answered_by = at, actor.name
    marked.save(update_fields=["answered_at", "answered_by"])
    record(
        actor=actor, at=at, what="files.released", about=marked.file.ref, agency=marked.file.agency,
        sha256=marked.file.blob_id,
    )  # fmt: skip
    for _room, holder in holders.items():
        holder.released(actor=actor, at=at, file=file)


@atomic
def destroy(*, actor: Actor, at: datetime, file: UUID, level: str) -> None:
    """Destroy a file that bears a stamp of secrecy, and every file of the agency with the same content.

    The bytes go off the disk before the rows do, so that whatever breaks in between leaves rows that are locked and
    empty, never bytes that are free. Where another agency keeps the same content, its files are locked and its own
    clerk is asked: the bytes go with the last of them.
    """
    marked = _waiting(actor, at, file)
    blob = marked.file.blob
    _lock(blob.sha256)
    for one in File.objects.filter(blob=blob, agency=marked.file.agency).order_by("pk"):
        for _room, holder in holders.items():
            holder.lost(actor=actor, at=at, file=one.pk, level=level)
        forget_with([one.name, str(one.pk)], one.uploaded_at)
        record(
            actor=actor, at=at, what=DESTROYED, about=one.ref, agency=one.agency, level=LEVEL_NAMES[level],
            sha256=blob.sha256, size=blob.size, came_at=one.uploaded_at, brought_by=one.uploaded_by_id,
        )  # fmt: skip
        one.delete()
    others = list(File.objects.filter(blob=blob))
    for other in others:
        _lock_up(Actor.system(), at, other, level)
    if not others:
        disk.destroy(settings.TRAM_DATA, blob.sha256)
        blob.delete()


@atomic
def destroy_again(*, actor: Actor, at: datetime, sha256: str, level: str) -> None:
    """After a restore: destroy in every agency a content that the record of a later time says was destroyed.

    `level` is told as the record tells it ("MẬT"). A content that did not come back is no error.
    """
    may_sweep(actor).or_refuse()
    code = next((code for code, name in LEVEL_NAMES.items() if name == level), "secret")
    for one in File.objects.filter(blob=sha256).select_related("blob").order_by("pk"):
        _lock_up(actor, at, one, code)
    while (file := File.objects.filter(blob=sha256).values_list("pk", flat=True).first()) is not None:
        destroy(actor=actor, at=at, file=file, level=code)

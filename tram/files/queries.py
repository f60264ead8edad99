"""Every read about files: cards, contents, images of pages; and the gate for marked secrets, for rooms above."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from tram.files.models import File, Marked, Upload
from tram.files.policy import may_continue, may_open
from tram.files.rules import disk
from tram.files.rules.inspecting import Inspected, Stream, inspect, limited
from tram.files.rules.kinds import DRAWN, PICTURES, WORDS
from tram.files.rules.opening import draw, look
from tram.files.rules.refusals import DiskFull, FileRefused, Limits, length_text, refusal, size_text
from tram.files.rules.secrecy import LEVEL_NAMES, refuse_marked_secret
from tram.files.rules.sentences import ACCEPTED, NO_PAGE_IMAGE, SHEETS_ALONE, UPLOAD_GONE, UPLOAD_PART
from tram.files.rules.sheets import LIMITS as SHEETS
from tram.files.rules.sheets import Cell as SheetCell
from tram.files.rules.sheets import Line, read_sheet
from tram.files.sockets import examiners
from tram.kernel.actors import Actor
from tram.kernel.clock import local
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.web.rows import read

__all__ = ["DiskFull", "FileRefused", "Line", "SheetCell", "refuse_marked_secret"]

WIDTHS = {320: 20_000, 640: 32_000, 900: 90_000, 1800: 320_000}
DRAW_SECONDS = 12
ANSWER_WITHIN = timedelta(hours=24)
"""Marked files that nobody answers for are destroyed after this time (decision 0008)."""
LOOKED_AT_ONCE = 20
LOOK_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Card:
    """Thẻ tệp: what a list or a slip shows of a file. `pages` and `image` are empty where nothing can be drawn, `seconds` but for a sound."""

    id: UUID
    name: str
    kind: str
    kind_name: str
    media_type: str
    size: int
    size_text: str
    pages: int | None
    seconds: int | None
    sha256: str
    uploaded_at: datetime
    url: str
    image: str
    is_locked: bool

    @property
    def length(self) -> str:
        """How long a sound is, as people read it; "" for everything else."""
        return length_text(self.seconds) if self.seconds else ""


LOCKED_NAME = "Tệp đang khóa, nghi có dấu mật"


def card(file_id: UUID) -> Card:
    """The card of a file by its id; raises File.DoesNotExist. One query."""
    return cards([file_id])[0]


CARDS = (
    "SELECT f.id, f.name, f.uploaded_at, b.kind, b.media_type, b.size, b.pages, b.seconds, b.sha256, EXISTS (SELECT FROM"
    " files_marked m WHERE m.file_id = f.id AND m.answered_at IS NULL) FROM files_file f"
    " JOIN files_blob b ON b.sha256 = f.blob_id WHERE f.id = ANY(%s::uuid[])"
)


def cards(file_ids: Sequence[UUID]) -> list[Card]:
    """The cards of several files, in the order asked; raises File.DoesNotExist when one is missing. One query."""
    found = {card.id: card for card in cards_there(file_ids)}
    missing = [pk for pk in file_ids if pk not in found]
    if missing:
        raise File.DoesNotExist(f"files {missing}")
    return [found[pk] for pk in file_ids]


def cards_there(file_ids: Sequence[UUID]) -> list[Card]:
    """The cards of those of these files that are there still, in no order. One query."""
    return [_card(*row) for row in read(CARDS, list(file_ids))]


def _card(
    pk: UUID, name: str, uploaded_at: datetime, kind: str, media_type: str, size: int, pages: int | None,
    seconds: int | None, sha256: str, locked: bool,
) -> Card:  # fmt: skip
    name = LOCKED_NAME if locked else name
    return Card(
        id=pk, name=name, is_locked=locked, kind=kind, kind_name=WORDS[kind], media_type=media_type, size=size,
        size_text=size_text(size), pages=pages, seconds=seconds, sha256=sha256, uploaded_at=uploaded_at,
        url=reverse("files:download", args=[pk, name]),
        image=reverse("files:page_image", args=[pk, 1]) if kind in DRAWN and not locked else "",
    )  # fmt: skip


def is_locked(file: File) -> bool:
    """Whether a stamp of secrecy was seen on it and nobody has answered; with `marked` selected, no query."""
    marked = getattr(file, "marked", None)
    return marked is not None and marked.answered_at is None


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """Tệp nghi có dấu mật: what its agency's clerk needs to find the paper and answer; nothing of its content."""

    id: UUID
    name: str
    level: str
    level_name: str
    pages: int | None
    brought_by: str
    uploaded_at: datetime
    found_at: datetime
    until: datetime


def marked_files(agency: int, limit: int = 50) -> list[MarkedFile]:
    """The files of an agency that wait for the clerk's answer, the longest waiting first: one query."""
    rows = Marked.objects.filter(answered_at=None, file__agency=agency).order_by("found_at", "pk")
    return [
        MarkedFile(
            row.file.pk, row.file.name, row.level, LEVEL_NAMES[row.level], row.file.blob.pages,
            row.file.uploaded_by.name if row.file.uploaded_by else "", local(row.file.uploaded_at), local(row.found_at),
            local(row.found_at + ANSWER_WITHIN),
        )
        for row in rows.select_related("file__blob", "file__uploaded_by")[:limit]
    ]  # fmt: skip


def marks_waiting(agency: int) -> int:
    """How many of an agency's files wait for that answer, counted to 50."""
    return Marked.objects.filter(answered_at=None, file__agency=agency)[:50].count()


def unanswered(at: datetime) -> list[tuple[UUID, str]]:
    """Marked files that nobody answered for in time, with the level seen."""
    rows = Marked.objects.filter(answered_at=None, found_at__lte=at - ANSWER_WITHIN).order_by("found_at")
    return list(rows.values_list("file_id", "level"))


def stamp_on(file_id: UUID) -> str | None:
    """The level of the stamp that the examiners see on a file; None when it was looked at before, or is gone."""
    row = File.objects.filter(pk=file_id, looked_at=None).values_list("blob_id", flat=True).first()
    if row is None:
        return None
    place = disk.blob_place(settings.TRAM_DATA, row)
    return next((level for _room, one in examiners.items() if (level := one.stamp(place))), "")


def content_file(data: Path, sha256: str) -> Path:
    """Where a content lies in a data folder, for whoever copies contents as they are (keeping). Asks no rights."""
    return disk.blob_place(data, sha256)


def open_blob(file_id: UUID) -> Path:
    """Where a file's bytes lie, to be read and never written; raises File.DoesNotExist. Asks no rights."""
    sha256 = File.objects.values_list("blob_id", flat=True).get(pk=file_id)
    return disk.blob_place(settings.TRAM_DATA, sha256)


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder beside the store for files in the making, forgotten after the block; what a death leaves there is swept
    with unfinished uploads, no backup takes it. Raises DiskFull."""
    with disk.work_folder(settings.TRAM_DATA / "files" / "incoming") as folder:
        yield folder


@contextmanager
def inspected(stream: Stream, name: str) -> Iterator[Path]:
    """A file judged like an upload, to be read inside the block and then forgotten. Raises FileRefused or DiskFull."""
    with _judged(stream, name, Limits(size=settings.TRAM_FILE_LIMIT)) as (part, _found):
        yield part


@contextmanager
def _judged(stream: Stream, name: str, limits: Limits) -> Iterator[tuple[Path, Inspected]]:
    with disk.part_of(settings.TRAM_DATA / "files" / "incoming") as part:
        disk.write(part, limited(stream, limits))
        found = inspect(part, name, limits)
        refuse_marked_file(part, name)
        yield part, found


def sheet_lines(stream: Stream, name: str) -> tuple[str, list[Line]]:
    """The lines of a sheet of figures that somebody brings, and the hash of the file: judged like an upload, read, forgotten.

    Raises FileRefused or DiskFull.
    """
    try:
        with _judged(stream, name, SHEETS) as (part, found):
            lines = read_sheet(part, found.kind)
    except FileRefused as wrong:
        if wrong.id == "too_big":
            raise refusal("sheet_too_big", limit=size_text(SHEETS.size)) from wrong
        if wrong.id in ("zip_total", "office_many"):
            raise refusal("sheet_vast") from wrong
        raise FileRefused(wrong.id, wrong.sentence.replace(ACCEPTED, SHEETS_ALONE)) from wrong
    refuse_marked_secret("\f".join(one.text for line in lines for one in line.cells.values()), name)
    return found.sha256, lines


def refuse_marked_file(part: Path, name: str) -> None:
    """The gate of state secrets for a whole file: its name, and what the examiners read in it. Raises FileRefused."""
    refuse_marked_secret("", name)
    for _room, one in examiners.items():
        refuse_marked_secret(one.printed(part, name), name)


def opened(actor: Actor, file_id: UUID, at: datetime) -> Card:
    """The card of a file that the actor may open; Hidden alike when it is not there and when it is not theirs."""
    file = File.objects.filter(pk=file_id).first()
    if file is None or not may_open(actor, file, at):
        raise Hidden
    return card(file_id)


def page_image(card: Card, page: int, width: int = 900) -> Path:
    """The image of one page (from 1; PNG or JPEG), `width` one of WIDTHS in pixels; drawn once and kept.

    Raises Hidden when there is no such page, Invalid when it cannot be drawn.
    """
    if width not in WIDTHS or card.kind not in DRAWN or not 1 <= page <= (card.pages or 0):
        raise Hidden
    place = disk.drawing_place(settings.TRAM_DATA, card.sha256, page, width)
    if place.exists():
        return place
    source = disk.blob_place(settings.TRAM_DATA, card.sha256)
    with disk.part_of(place.parent) as part:
        if not draw(source, card.kind, page, width, part, most=WIDTHS[width], seconds=DRAW_SECONDS):
            raise Invalid({"page": NO_PAGE_IMAGE})
        part.replace(place)
    if not source.exists():
        place.unlink(missing_ok=True)
        raise Hidden
    return place


def altered(card: Card, since: datetime | None) -> str:
    """What of a file's bytes on the disk is not what was kept: a sentence, "" where all is as it was.

    Of a picture its drawings too, those that came to be after `since`: each is drawn again and compared.
    """
    place = disk.blob_place(settings.TRAM_DATA, card.sha256)
    if not place.exists():
        return f"Không còn nội dung tệp trên đĩa: {place}."
    with place.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != card.sha256:
            return f"Nội dung tệp trên đĩa đã bị đổi: {place}."
    for width, most in WIDTHS.items() if card.kind in PICTURES else ():
        drawing = disk.drawing_place(settings.TRAM_DATA, card.sha256, 1, width)
        if drawing.exists() and (since is None or drawing.stat().st_ctime >= since.timestamp()):
            with disk.part_of(drawing.parent) as part:
                is_drawn = draw(place, card.kind, 1, width, part, most=most, seconds=DRAW_SECONDS)
                if not is_drawn or part.read_bytes() != drawing.read_bytes():
                    return f"Hình vẽ lại của ảnh trên đĩa đã bị đổi: {drawing}."
    return ""


@dataclass(frozen=True, slots=True)
class Look:
    """Vẻ của một trang: how much of it is ink (0..1, margins and specks left out), and the words of a square code on it."""

    ink: float
    code: str


def looks(file_id: UUID) -> list[Look]:
    """How each page of a PDF looks, in order; asks no rights. Seconds for a hundred pages: for jobs. Raises FileRefused."""
    file = File.objects.select_related("blob").get(pk=file_id)
    source, pages = disk.blob_place(settings.TRAM_DATA, file.blob_id), file.blob.pages or 0
    found: list[Look] = []
    for first in range(1, pages + 1, LOOKED_AT_ONCE):
        last = min(first + LOOKED_AT_ONCE - 1, pages)
        found += [Look(ink, code) for ink, code in look(source, first, last, seconds=LOOK_SECONDS)]
    return found


@dataclass(frozen=True, slots=True)
class Arriving:
    """Tệp đang gửi: an upload as its owner sees it; sizes in bytes."""

    id: UUID
    name: str
    size: int
    received: int
    begun_at: datetime


def arriving(actor: Actor, key: UUID) -> Arriving:
    """One's own upload, and how much of it is here; Hidden alike when it is not there and when it is not theirs."""
    upload = Upload.objects.filter(pk=key).first()
    if upload is None or not may_continue(actor, upload):
        raise Hidden
    return _arriving(upload)


def all_arriving(actor: Actor) -> list[Arriving]:
    """One's own uploads that are not finished, the oldest first; there are never more than a few. One query."""
    return [_arriving(row) for row in Upload.objects.filter(owner=actor.account or 0).order_by("begun_at", "pk")]


def _arriving(upload: Upload) -> Arriving:
    place = disk.upload_place(settings.TRAM_DATA, upload.pk)
    received = place.stat().st_size if place.exists() else 0
    return Arriving(upload.pk, upload.name, upload.size, received, upload.begun_at)


@contextmanager
def arrived(actor: Actor, text: str) -> Iterator[tuple[str, BinaryIO]]:
    """The name and the open bytes of one's own upload, for `store`. Raises Hidden; WrongState when some are missing."""
    try:
        upload = arriving(actor, UUID(text))
    except ValueError:
        raise Hidden from None
    if upload.received < upload.size:
        raise WrongState(UPLOAD_PART.format(received=size_text(upload.received), size=size_text(upload.size)))
    try:
        with disk.upload_place(settings.TRAM_DATA, upload.id).open("rb") as stream:
            yield upload.name, stream
    except FileNotFoundError:
        raise WrongState(UPLOAD_GONE) from None

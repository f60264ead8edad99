"""Reading what is made: one's own file, how far it is, where it lies."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden, WrongState
from tram.outputs.models import Output
from tram.outputs.policy import may_see, may_take
from tram.outputs.rules import GONE, KEPT, STALLED, STALLED_WORDS, done_words, left_words
from tram.outputs.states import MOVES, ON_THE_WAY, State

QUARTERS = 4
"""Steps at which a screen reader is told how far it is."""


@dataclass(frozen=True, slots=True)
class Card:
    """Thẻ bản kết xuất: what its page shows. `kept_until` is None while there is no file."""

    id: UUID
    title: str
    state: str
    state_name: str
    is_running: bool
    is_ready: bool
    done: int
    total: int
    quarter: int
    words: str
    left: str
    reason: str
    size: int | None
    kept_until: datetime | None
    url: str
    file_url: str
    back_url: str


def opened(actor: Actor, key: UUID, on: date) -> Output:
    """A file that this person has asked for; Hidden alike when it is not there and when it is another's.

    Raises Refused, with the reason, when they may not see the list any more from any of their posts.
    """
    output = Output.objects.filter(pk=key).first()
    if output is None or not may_see(actor, output):
        raise Hidden
    entitled(actor, output, may_take, on)
    return output


def card(output: Output, at: datetime) -> Card:
    """What its page shows; asks no rights."""
    is_ready = output.state == State.READY and place_of(output.pk).exists()
    shown = State.SWEPT if output.state == State.READY and not is_ready else output.state
    words, left = MOVES.name(shown), ""
    if shown == State.MAKING and output.begun_at and output.told_at:
        is_silent = at - output.told_at > STALLED
        words = STALLED_WORDS if is_silent else done_words(output.done, output.total)
        spent = (at - output.begun_at).total_seconds()
        left = "" if is_silent else left_words(output.done, output.total, spent)
    return Card(
        id=output.pk, title=output.title, state=str(shown), state_name=MOVES.name(shown), is_running=output.state in ON_THE_WAY,
        is_ready=is_ready, done=output.done, total=output.total,
        quarter=output.done * QUARTERS // max(1, output.total), words=words, left=left,
        reason=output.reason or (GONE if shown == State.SWEPT else ""), size=output.size,
        kept_until=output.ended_at + KEPT if is_ready and output.ended_at else None, url=output.url,
        file_url=reverse("outputs:file", args=[output.pk, output.name]), back_url=output.back_url,
    )  # fmt: skip


def file_of(output: Output) -> Path:
    """Where the file lies; raises WrongState when there is none: not yet, or not any more. Asks no rights."""
    place = place_of(output.pk)
    if output.state != State.READY:
        raise WrongState(output.reason or f"{MOVES.name(output.state)}. Tải lại trang để xem.")
    if not place.exists():
        raise WrongState(GONE)
    return place


def folder() -> Path:
    """Where files that were made lie, outside every backup: they can be made again."""
    place = Path(settings.TRAM_DATA) / "outputs"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def place_of(key: UUID) -> Path:
    """Where one lies: <data>/outputs/<id>."""
    return folder() / str(key)


def drop(key: UUID) -> None:
    """Take the file off the disk, and what any run left of it."""
    for place in folder().glob(f"{key}*"):
        place.unlink(missing_ok=True)


@contextmanager
def part_of(output: Output) -> Iterator[Path]:
    """Where this run of the work writes: <data>/outputs/<id>.<run>. What is left there before and at the end is removed."""
    drop(output.pk)
    place = folder() / f"{output.pk}.{output.tries}"
    try:
        yield place
    finally:
        place.unlink(missing_ok=True)


def make_safe(place: Path) -> None:
    """Let what was written in a file, or named in a folder, outlive a cut of the power."""
    number = os.open(place, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def one_moment() -> Iterator[None]:
    """The database as it is now, for all that is read inside: a list of many parts is of one moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield

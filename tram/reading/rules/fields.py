"""What is read out of a letter: each value with how sure it is and the place it was read from."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tram.reading.rules.page import Box, Line

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was read: page (None in files without pages), index of the line in the text, box (or None)."""

    page: int | None
    line: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class Field(Generic[V]):
    """A proposed value. Nothing there: value None (or an empty tuple), confidence 0, no place."""

    value: V
    confidence: float = 0.0
    place: Place | None = None
    raw: str = ""


Words = Field[str | None]
Several = Field[tuple[str, ...]]
NOTHING: Words = Field(None)
NOBODY: Several = Field(())


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a letter under NĐ 30/2020 (Phụ lục VI), as its text proposes them."""

    number: Words = NOTHING
    symbol: Words = NOTHING
    kind: Words = NOTHING
    issuer: Words = NOTHING
    parent: Words = NOTHING
    place: Words = NOTHING
    date: Words = NOTHING
    subject: Words = NOTHING
    signer_name: Words = NOTHING
    signer_title: Words = NOTHING
    recipients: Several = NOBODY
    addressed_to: Several = NOBODY
    urgency: Words = NOTHING
    secrecy: Words = NOTHING
    due_on: Words = NOTHING
    page_count: Field[int | None] = field(default_factory=lambda: Field(None))


def read_from(lines: list[Line], at: int, value: str, sure: float, raw: str = "") -> Words:
    """A value read from the line with this index; the machine reader's own doubt lowers the confidence."""
    line = lines[at]
    place = Place(line.page, at, line.box)
    return Field(value, round(sure * line.sure, 2), place, raw or line.text.strip())

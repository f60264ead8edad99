"""Blanks: texts in which marks have become blanks, and how blanks are filled a million times."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

BLANK = re.compile(r"%\(([^)]*)\)s")
LEFT_OVER = re.compile(r"(?i)qz|(?<!\d)7\d{9}(?!\d)|203[12]|[0-9a-f]{8}-[0-9a-f]{4}")

FOUND_BY = ("title", "line", "body", "number", "numbers", "sender", "readers", "due")
"""What the index must know of a paper."""


class Blanks:
    """Puts a blank for every mark into a text."""

    def __init__(self, marks: dict[str, str]) -> None:
        self.marks = marks
        words = sorted((mark for mark in marks if not mark.isdigit()), key=len, reverse=True)
        self.pattern = re.compile(rf"{'|'.join(map(re.escape, words))}|(?<!\w)\d+(?!\w)")

    def __call__(self, text: str) -> str:
        """The text with blanks like %(name)s. ValueError for a mark that nothing is known of."""
        form = self.pattern.sub(self._blank, text.replace("%", "%%"))
        if left := LEFT_OVER.search(BLANK.sub("", form)):
            raise ValueError(f"the trial left {left[0]!r} without meaning in {form!r}")
        return form

    def _blank(self, found: re.Match[str]) -> str:
        name = self.marks.get(found[0])
        return f"%({name})s" if name else found[0]


class Form:
    """A text with blanks, filled in UTF-8. All blanks are asked for at once: the % operator would read each name anew
    every time."""

    __slots__ = ("pick", "text")

    def __init__(self, text: str) -> None:
        names = BLANK.findall(text)
        self.text = BLANK.sub("%b", text).encode()
        self.pick: Callable[[Mapping[str, bytes]], Any] = itemgetter(*names) if names else lambda _known: ()

    def __call__(self, known: Mapping[str, bytes]) -> bytes:
        """The text with what is known in its blanks; KeyError for a blank that nothing is known of."""
        filled: bytes = self.text % self.pick(known)
        return filled


@dataclass(slots=True)
class Addition:
    """What a step adds. `rows`: blanks for the keys of new rows, and their tables; `events`: (hashed text, row)."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    events: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Cast:
    """All that a trial left, as texts with blanks. `steps`: what each move adds; `blocks`: rows by table, as they are when
    the story has ended; `card`: what the index must know of the paper beside its row, empty for one found by nobody."""

    steps: list[Addition]
    blocks: dict[str, str]
    card: dict[str, str]

    def without(self, absent: Iterable[str]) -> "Mould":
        """The mould of a story in which some posts are not there: what they alone are told falls away."""
        blocks, gone = dict[str, Form](), set[str]()
        for table, block in self.blocks.items():
            lines = block.splitlines(keepends=True)
            kept = [line for line in lines if not any(post in line for post in absent)]
            gone |= {line.partition(")s")[0].removeprefix("%(") for line in lines if line not in kept}
            if kept:
                blocks[table] = Form("".join(kept))
        steps = [
            Act(
                [row for row in step.rows if row[0] not in gone], [(Form(told), Form(row)) for told, row in step.events]
            )
            for step in self.steps
        ]
        card = Form("\0".join(self.card[name] for name in FOUND_BY)) if self.card else None
        return Mould(steps, blocks, card)


@dataclass(slots=True)
class Act:
    """An addition, ready to be printed."""

    rows: list[tuple[str, str]]
    events: list[tuple[Form, Form]]


@dataclass(slots=True)
class Mould:
    """The forms of one shape: a cast, ready to be printed. `card`: what FOUND_BY names, each after a zero byte."""

    steps: list[Act]
    blocks: dict[str, Form]
    card: Form | None

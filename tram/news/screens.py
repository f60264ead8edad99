"""What the room's own pages show: an old file with the changes to choose from and what comes of them; pictures of an article."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from tram.files.queries import Card, cards_there
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.news.models import OldFile
from tram.news.queries.articles import PAGE, old_files_visible_to
from tram.news.rules.article import Article, article_of
from tram.news.rules.changes import IN_TEXT, NAMES, OF_THE_FILE, Change, Kind
from tram.news.rules.content import FOCUS, PLACES, SILENT, VOICES, Block, Content, place_of
from tram.news.rules.filing import tongues
from tram.news.rules.opening import opened
from tram.news.rules.stretches import Reading, reading_of
from tram.news.states import OLD_NAMES, OldState


def part_url(here: str, part: str = "", text: str = "", after: int = 0) -> str:
    """A page of a list, of a part of it, of what was found in it, that begins after a key."""
    told = {name: value for name, value in (("muc", part), ("tim", text), ("sau", after)) if value}
    return f"{here}?{urlencode(told)}" if told else here


def pager(here: str, after: int, following: int, words: str, part: str = "", text: str = "") -> dict[str, str]:
    """The links below such a page, which begins after a key; `following`: that of the next page, 0 for none."""
    return {
        "previous_url": part_url(here, part, text) if after else "",
        "next_url": part_url(here, part, text, following) if following else "",
        "words": words,
    }


TOGETHER = 40
"""More changes of one kind than this are agreed to together: nobody looks through four hundred letters of one old coding."""


@dataclass(frozen=True, slots=True)
class OldRow:
    """Dòng tệp bài cũ."""

    id: int
    title: str
    name: str
    state_name: str
    is_waiting: bool
    brought_by: str
    proposals: int
    article: int | None


def old_files(actor: Actor, on: date, *, after: int = 0, limit: int = PAGE) -> tuple[list[OldRow], int]:
    """Old files that a person may look through, newest first; and the key of the next page (0 = none). One query."""
    found = old_files_visible_to(actor, on).defer("data", "plain", "alike")
    if after:
        found = found.filter(pk__lt=after)
    rows = [
        OldRow(
            id=one.pk, title=one.title, name=one.name, state_name=OLD_NAMES[OldState(one.state)],
            is_waiting=one.state == OldState.WAITING, brought_by=one.brought_by, proposals=one.proposals,
            article=one.article_id,
        )
        for one in found.order_by("-pk")[: limit + 1]
    ]  # fmt: skip
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


@dataclass(frozen=True, slots=True)
class Segment:
    """Khúc chữ của tệp gốc; `mark` is what a change in it is called, "" where there is none."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class RawLine:
    """Dòng của tệp gốc, with what is said of it."""

    number: int
    segments: tuple[Segment, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Nhóm thay đổi cùng loại; `is_one`: so many that they are agreed to together."""

    kind: str
    name: str
    changes: tuple[Change, ...]
    taken: frozenset[str]
    is_one: bool
    is_fixed: bool
    is_proposed: bool

    @property
    def rows(self) -> list[tuple[Change, bool, str]]:
        """Each change, whether it is agreed to, and what comes of it in words; "" where the words stay as they are."""
        dates = (Kind.PUBLISHED, Kind.EVENT)
        return [
            (
                one, one.key in self.taken,
                in_words(one.after) if one.kind in dates else one.after if one.after != one.before else "",
            )
            for one in self.changes
        ]  # fmt: skip

    @property
    def is_taken(self) -> bool:
        """Whether the whole group is agreed to."""
        return all(change.key in self.taken for change in self.changes)


@dataclass(frozen=True, slots=True)
class Review:
    """Trang xem lại một tệp bài cũ."""

    file: OldFile
    lines: list[RawLine]
    groups: list[Group]
    article: Article
    is_waiting: bool
    state_name: str


def in_words(iso: str) -> str:
    """ "12/06/2009 20:30", "24/09, chưa rõ năm", "không ghi"."""
    if not iso:
        return "không ghi"
    if iso.startswith("-"):
        return f"{iso[7:9]}/{iso[4:6]}, chưa rõ năm"
    moment = datetime.fromisoformat(iso)
    return f"{moment:%d/%m/%Y %H:%M}" if "T" in iso else f"{moment:%d/%m/%Y}"


def one_old(actor: Actor, pk: int, on: date) -> OldFile:
    """An old file that a person may look through; Hidden alike when it is not there and when it is not theirs."""
    found = old_files_visible_to(actor, on).select_related("agency").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def review(file: OldFile) -> Review:
    """Everything that its page shows."""
    reading = reading_of(opened(bytes(file.data)), file.source)
    taken = frozenset(file.taken)
    return Review(
        file=file, lines=_lines(reading), groups=groups_of(reading, taken), article=article_of(reading, taken),
        is_waiting=file.state == OldState.WAITING, state_name=OLD_NAMES[OldState(file.state)],
    )  # fmt: skip


def groups_of(reading: Reading, taken: Collection[str]) -> list[Group]:
    """The changes by their kinds, those that are only proposed before those that are made."""
    ordered = sorted(reading.changes, key=lambda one: (one.made, list(Kind).index(one.kind)))
    found = []
    for (_, kind), rows in groupby(ordered, key=lambda one: (one.made, one.kind)):
        changes = tuple(rows)
        name = NAMES[kind]
        found.append(
            Group(
                f"{kind}{'' if changes[0].made else '?'}", name, changes, frozenset(taken), len(changes) > TOGETHER,
                kind in OF_THE_FILE, not changes[0].made,
            )
        )  # fmt: skip
    return found


def keys_of(reading: Reading, keys: Collection[str], kinds: Collection[str]) -> set[str]:
    """The keys that a form names, one by one or by their groups; what happened while the file was opened is always among them."""
    chosen = {change.key for change in reading.changes if change.kind in OF_THE_FILE} | set(keys)
    for group in groups_of(reading, ()):
        if group.kind in kinds:
            chosen |= {change.key for change in group.changes}
    return chosen


def _lines(reading: Reading) -> list[RawLine]:
    letters = [change for change in reading.changes if change.kind in IN_TEXT]
    said: dict[int, list[str]] = {}
    for change in reading.changes:
        if change.kind not in IN_TEXT | OF_THE_FILE:
            said.setdefault(change.line, []).append(NAMES[change.kind] + ("" if change.made else "?"))
    by_line: dict[int, list[Change]] = {}
    for change in letters:
        by_line.setdefault(change.line, []).append(change)
    return [
        RawLine(
            line.number,
            _segments(reading.text, line.start, line.end, by_line.get(line.number, [])),
            tuple(said.get(line.number, ())),
        )
        for line in sorted(reading.lines, key=lambda one: one.number)
    ]


def _segments(text: str, start: int, end: int, changes: list[Change]) -> tuple[Segment, ...]:
    found, at = [], start
    for change in sorted(changes, key=lambda one: one.start):
        if change.start < at or change.kind == Kind.SPACE:
            continue
        found += [Segment(text[at : change.start]), Segment(change.before, NAMES[change.kind])]
        at = change.end
    return tuple(segment for segment in [*found, Segment(text[at:end])] if segment.text)


@dataclass(frozen=True, slots=True)
class Shown:
    """Ảnh của bài trên trang viết: its number in the typed text, where it may be looked at, which part stays in sight."""

    number: int
    name: str
    image: str
    place: int

    @property
    def places(self) -> list[tuple[int, str]]:
        """The nine parts to choose from."""
        return list(enumerate(PLACES, start=1))

    @property
    def field(self) -> str:
        """Its field of the form."""
        return FOCUS.format(number=self.number)


def pictures(body: Sequence[Block]) -> list[Shown]:
    """The pictures of a body that can be looked at. One query where there are any."""
    found, files = [block for block in body if block.kind == "picture"], _files(body)
    return [
        Shown(number, files[block.file].name, files[block.file].image, place_of(block))
        for number, block in enumerate(found, start=1)
        if block.file in files and files[block.file].image
    ]


def content_shown(content: Content) -> list[dict[str, Any]]:
    """The blocks of an article for its page in the house: pictures with where they may be looked at, recordings to be heard."""
    files = _files(content.body)
    return [
        block.plain()
        | {"image": files[block.file].image if block.file in files else ""}
        | (heard(block, files.get(block.file)) if block.kind == "recording" else {})
        for block in content.body
    ]


def heard(block: Block, card: Card | None) -> dict[str, Any]:
    """A recording to be heard in the house, with what is said of it in words."""
    there = card if card and not card.is_locked else None
    return {
        "number": 0, "name": there.name if there else "", "url": there.url if there else "",
        "about": f"{there.length} · {there.size_text}" if there else "", "spoken": tongues().get(block.spoken, "Chưa ghi tiếng nói" if block.consent != SILENT else ""),
        "lang": block.written or block.spoken, "consent": VOICES[block.consent],
    }  # fmt: skip


def recordings(body: Sequence[Block]) -> list[dict[str, Any]]:
    """The recordings of a body, to be heard while they are described. One query where there are any."""
    found, files = [block for block in body if block.kind == "recording"], _files(body)
    shown = [heard(block, files.get(block.file)) | {"number": number} for number, block in enumerate(found, start=1)]
    return [one for one in shown if one["url"]]


def _files(body: Iterable[Block]) -> dict[str, Card]:
    ids = [UUID(block.file) for block in body if block.file]
    return {str(card.id): card for card in cards_there(ids)} if ids else {}

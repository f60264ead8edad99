"""What differs between two revisions, for a reader: block by block, and within a block word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tram.news.rules.content import KINDS, Block, Content

ALIKE = 0.4
"""From here on two blocks are one block with other words, not one that went and one that came."""
NEAR, LONGEST_TASTE = 8, 60
"""A block that was changed is looked for among so many that came in its place, by so many of its first words."""
MOST_CELLS = 250_000
"""Words that went times words that came, up to which they are compared word by word: it costs their product, and somebody waits."""
FIELDS = {
    "title": "Tít",
    "source_label": "Nhãn nguồn",
    "lead": "Đoạn dẫn",
    "byline": "Bút danh",
    "procedure": "Hướng dẫn thủ tục",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Một khúc chữ: `op` is "same", "gone" or "new"."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Một chỗ khác: where, whether it came, went or changed ("new", "gone", "changed"), and the words."""

    place: str
    op: str
    parts: tuple[Part, ...]


def differences(before: Content, after: Content) -> list[Difference]:
    """Every place in which two revisions differ, in the order of the page."""
    found = []
    for name, label in FIELDS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found.append(_changed(label, old, new))
    if before.event_on != after.event_on:
        days = [f"{day:%d/%m/%Y}" if day else "" for day in (before.event_on, after.event_on)]
        found.append(_changed("Ngày sự kiện", *days))
    return found + _of_bodies(before.body, after.body)


def _of_bodies(before: Sequence[Block], after: Sequence[Block]) -> list[Difference]:
    found: list[Difference] = []
    old, new = [str(one.plain()) for one in before], [str(one.plain()) for one in after]
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op != "equal":
            found += _replaced(list(enumerate(before))[a:b], list(enumerate(after))[c:d])
    return found


def _replaced(gone: list[tuple[int, Block]], came: list[tuple[int, Block]]) -> list[Difference]:
    """Blocks that went and came between two that stayed: those that are alike are one, changed."""
    found = []
    for number, block in gone:
        like = next(
            (one for one in came[:NEAR] if one[1].kind == block.kind and _are_alike(block.words, one[1].words)), None
        )
        if like is None:
            found.append(Difference(_place(number, block), "gone", (Part("gone", block.words),)))
            continue
        while came[0] is not like:
            found.append(_new(*came.pop(0)))
        came.pop(0)
        found.append(_changed(_place(like[0], block), block.words, like[1].words))
    return found + [_new(number, block) for number, block in came]


def _new(number: int, block: Block) -> Difference:
    return Difference(_place(number, block), "new", (Part("new", block.words),))


def _place(number: int, block: Block) -> str:
    return f"Khối {number + 1}, {KINDS[block.kind][0].lower()}"


def _are_alike(one: str, other: str) -> bool:
    here, there = (text.split(maxsplit=LONGEST_TASTE)[:LONGEST_TASTE] for text in (one, other))
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    return bool(matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE)


def _changed(place: str, old: str, new: str) -> Difference:
    if not old or not new:
        op = "new" if new else "gone"
        return Difference(place, op, (Part(op, new or old),))
    was, now = old.split(" "), new.split(" ")
    front = _in_common(was, now)
    same, was, now = was[:front], was[front:], now[front:]
    back = _in_common(was[::-1], now[::-1])
    middle = _words(was[: len(was) - back], now[: len(now) - back])
    parts = [_part("same", same), *middle, _part("same", was[len(was) - back :])]
    return Difference(place, "changed", tuple(part for part in parts if part))


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words at the front are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _words(was: Sequence[str], now: Sequence[str]) -> Iterator[Part | None]:
    if len(was) * len(now) > MOST_CELLS:
        yield from (_part("gone", was), _part("new", now))
        return
    for op, a, b, c, d in SequenceMatcher(None, was, now).get_opcodes():
        if op == "equal":
            yield _part("same", was[a:b])
        else:
            yield from (_part("gone", was[a:b]), _part("new", now[c:d]))


def _part(op: str, words: Sequence[str]) -> Part | None:
    return Part(op, " ".join(words)) if words else None

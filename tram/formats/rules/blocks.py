"""Running text cut into the blocks of a paper: what a plain editor holds, or the lines of a file (NĐ 30/2020, Phụ lục I, Mục II.6)."""

import re
from collections.abc import Iterable, Sequence

from tram.formats.rules.sheet import (
    ARTICLE,
    BULLET,
    CENTRED,
    CHAPTER,
    CLAUSE,
    HEADING,
    PARAGRAPH,
    PART,
    POINT,
    SECTION,
    SUBSECTION,
    TABLE,
    Block,
)  # fmt: skip
from tram.vietnamese.text import tidy

NUMBERED = (
    (PART, re.compile(r"^phần\s+(?:thứ\s+)?([ivxlc]+|\d+|nhất|hai|ba|tư|năm)\b\s*[.:–-]?\s*(.*)$", re.IGNORECASE)),
    (CHAPTER, re.compile(r"^chương\s+([ivxlc]+|\d+)\b\s*[.:–-]?\s*(.*)$", re.IGNORECASE)),
    (SECTION, re.compile(r"^mục\s+(\d+|[ivxlc]+)\b\s*[.:–-]?\s*(.*)$", re.IGNORECASE)),
    (SUBSECTION, re.compile(r"^tiểu mục\s+(\d+)\b\s*[.:–-]?\s*(.*)$", re.IGNORECASE)),
)
ARTICLE_LINE = re.compile(r"^(?:điều|ĐIỀU|Điều)\s+(\d+[a-zđ]?)\s*[.:)–-]\s*(.*)$")
HEADING_LINE = re.compile(r"^([IVX]{1,5})\s?[.)/-]\s*(\S.*)$")
CLAUSE_LINE = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\s?[.)/]\s+(\S.*)$")
POINT_LINE = re.compile(r"^([a-zđ]|[a-z]{2})\s?\)\s*(\S.*)$")
BULLET_LINE = re.compile(r"^([-–+*•])\s*(?=\S)(.*)$")
ENDS = (".", ";", ":", "!", "?", "/", ",")
LONGEST_TITLE = 100


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text typed in a plain editor: a paragraph on each line, cells of a table apart by tabs or by " | "."""
    return from_lines(text.splitlines())


LEADS = {
    ARTICLE: "Điều {}. ", HEADING: "{}. ", CLAUSE: "{}. ", POINT: "{}) ", PART: "Phần {} ", CHAPTER: "Chương {} ",
    SECTION: "Mục {} ", SUBSECTION: "Tiểu mục {} ",
}  # fmt: skip


def text_of(blocks: Iterable[Block]) -> str:
    """The lines of a plain editor of which `blocks_of` makes these blocks."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == TABLE:
            lines += [_line_of(row) for row in block.rows]
            continue
        lead = f"{block.number or '-'} " if block.kind == BULLET else LEADS.get(block.kind, "").format(block.number)
        lines.append(f"{lead}{' '.join(words for words in (block.title, block.text) if words)}".rstrip())
    return "\n".join(lines)


def _line_of(cells: Sequence[str]) -> str:
    """Cells apart by " | "; where the first or the last is empty, by tabs between two strokes that keep them."""
    told = [cell.replace(" | ", " / ") for cell in cells]
    return " | ".join(told) if told[0] and told[-1] else f"|{chr(9).join(told)}|"


def from_lines(lines: Iterable[str]) -> tuple[Block, ...]:
    """The same from lines that are whole paragraphs."""
    told = [line.strip() for line in lines if line.strip()]
    found: list[Block] = []
    at = 0
    while at < len(told):
        rows = _rows(told[at:])
        if len(rows) > 1:
            found.append(table(rows))
            at += len(rows)
            continue
        below = tidy(told[at + 1]) if at + 1 < len(told) else ""
        block, taken = _block(tidy(told[at]), below)
        found.append(block)
        at += taken
    return tuple(found)


def table(rows: Sequence[Sequence[str]], *, has_head: bool = True) -> Block:
    """A table whose rows are filled up to one length."""
    wide = max(len(row) for row in rows)
    return Block(
        TABLE, rows=tuple(tuple(tidy(cell) for cell in (*row, *[""] * (wide - len(row)))) for row in rows),
        has_head=has_head,
    )  # fmt: skip


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Lines of a page put together into paragraphs, where the text was broken at the right margin."""
    told = [line.strip() for line in lines]
    full = [line for line in told if len(line) > 40]
    broken = sum(not line.endswith(ENDS) for line in full)
    if not full or broken < len(full) * 0.4:
        return [line for line in told if line]
    longest = max(len(line) for line in full)
    joined: list[str] = []
    open_ended = False
    for line in told:
        if not line:
            open_ended = False
            continue
        begins = bool(_begins(line))
        goes_on = bool(joined) and line[0].islower() and not joined[-1].endswith(ENDS)
        if (open_ended or goes_on) and not begins:
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        open_ended = len(line) > longest * 0.72 or not line.endswith(ENDS)
    return joined


def _begins(line: str) -> bool:
    numbered = any(pattern.match(line) for _, pattern in NUMBERED) and line[0].isupper()
    lists = CLAUSE_LINE.match(line) or POINT_LINE.match(line) or BULLET_LINE.match(line)
    return bool(numbered or ARTICLE_LINE.match(line) or HEADING_LINE.match(line) or lists)


def _rows(lines: list[str]) -> list[list[str]]:
    rows = []
    for line in lines:
        cells = line.strip("|").split("\t") if "\t" in line else re.split(r"\s\|\s", line.strip("| "))
        if len(cells) < 2:
            break
        if not all(set(cell.strip()) <= set("-:") for cell in cells):
            rows.append(cells)
    return rows


def _block(line: str, below: str) -> tuple[Block, int]:
    """The block that begins with the line, and how many lines it takes: a heading may have its title below."""
    for kind, pattern in NUMBERED:
        if (found := pattern.match(line)) and line[0].isupper():
            number, title = found[1], found[2]
            if not title and below and _is_upper(below) and not _begins(below):
                return Block(kind, number=number, title=below), 2
            if not title or _is_upper(title) or len(title) <= LONGEST_TITLE and not title.endswith(ENDS):
                return Block(kind, number=number, title=title), 1
    if found := ARTICLE_LINE.match(line):
        return _led(ARTICLE, found[1], found[2], below), 1
    if (found := HEADING_LINE.match(line)) and len(found[2]) <= 2 * LONGEST_TITLE:
        return Block(HEADING, number=found[1], title=found[2]), 1
    if found := CLAUSE_LINE.match(line):
        return _led(CLAUSE, found[1], found[2], below), 1
    if found := POINT_LINE.match(line):
        return Block(POINT, found[2], found[1]), 1
    if found := BULLET_LINE.match(line):
        return Block(BULLET, found[2], "" if found[1] in "-–•*" else found[1]), 1
    if _is_upper(line) and len(line.split()) <= 12:
        return Block(CENTRED, line), 1
    return Block(PARAGRAPH, line), 1


def _led(kind: str, number: str, words: str, below: str) -> Block:
    """An article or clause with its title, when its line is short and has no end; a clause only over something."""
    if words and (below or kind == ARTICLE) and len(words) <= LONGEST_TITLE and not words.endswith(ENDS):
        return Block(kind, number=number, title=words)
    return Block(kind, words, number)


def _is_upper(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return len(letters) > 2 and all(char.isupper() for char in letters)

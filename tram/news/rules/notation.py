"""The body of an article as an editor types it, in one field: blocks to text and back, without loss.

A blank line ends a block. "# " and "## " are headings, "> " a quote ("> -- " who said it), "|" a row of a table. What cannot be
typed (a picture, a recording, a file, the card of a document) stands as "[Ảnh 1]": the first picture of the revision that is being edited. A
backslash before such a sign, or alone on a line, takes its meaning away.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from tram.kernel.verdicts import Invalid
from tram.news.rules.content import REASONS, Block
from tram.news.rules.filing import tongues
from tram.vietnamese.text import nfc

HELD = {"picture": "Ảnh", "recording": "Bản ghi", "file": "Tệp", "document": "Văn bản"}
"""Kinds that are kept as they stand, and how their line begins."""
NAMED = {
    "picture": {"caption": "Chú thích", "credit": "Người chụp", "alt": "Mô tả", "consent": "Được đăng vì"},
    "recording": {
        "caption": "Tên bản ghi", "spoken": "Tiếng nói", "who": "Người nói", "consent": "Được đăng vì",
        "written": "Lời chép bằng", "text": "Lời chép",
    },
}  # fmt: skip
"""Their fields, a line each below their own; the words of a recording come last and go on to its end."""
TABLE = "[Bảng]"
SPECIAL = re.compile(r"\\|##?( |$)|>|\||\[(ảnh|bản ghi|tệp|văn bản) \d+\]|\[bảng\]", re.IGNORECASE)
TOKEN = re.compile(r"\[(ảnh|bản ghi|tệp|văn bản) (\d{1,3})\](.*)", re.IGNORECASE)
ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\|": "|"}
PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def written(body: Sequence[Block]) -> str:
    """The body as text."""
    seen = dict.fromkeys(HELD, 0)
    parts = []
    for block in body:
        if block.kind in HELD:
            seen[block.kind] += 1
            parts.append(_held(block, seen[block.kind]))
        else:
            parts.append(WRITERS[block.kind](block))
    return "\n\n".join(parts)


def _held(block: Block, number: int) -> str:
    line = f"[{HELD[block.kind]} {number}]"
    if block.kind not in NAMED:
        return f"{line} {_escaped(block.text)}".rstrip()
    fields = [f"{label}: {_field(block, name)}".rstrip() for name, label in NAMED[block.kind].items()]
    return "\n".join([line, *fields])


def _field(block: Block, name: str) -> str:
    told = getattr(block, name)
    if name == "text":
        return _paragraph(block) if told else ""
    return _chosen(block.kind, name).get(told, told) if _chosen(block.kind, name) else _escaped(told)


def _chosen(kind: str, name: str) -> dict[str, str]:
    """The words of a field in which one of several is written: code -> words; nothing for any other field."""
    if name == "consent":
        return REASONS[kind]
    return tongues() if name in ("spoken", "written") else {}


def _heading(block: Block) -> str:
    sign = "#" if block.level == 2 else "##"
    return "\n".join(f"{sign} {line}".rstrip() for line in block.text.split("\n"))


def _quote(block: Block) -> str:
    said = [f"> {_guarded(line, '--')}".rstrip() for line in block.text.split("\n")] if block.text else []
    return "\n".join(said + ([f"> -- {line}".rstrip() for line in block.who.split("\n")] if block.who else []))


def _table(block: Block) -> str:
    rows = ["| " + " | ".join(_escaped(cell).replace("|", "\\|") for cell in row) + " |" for row in block.rows]
    return "\n".join([f"{TABLE} {_escaped(block.caption)}".rstrip()] * bool(block.caption or not rows) + rows)


def _paragraph(block: Block) -> str:
    lines = block.text.split("\n")
    return "\n".join(f"\\{line}" if not line or SPECIAL.match(line) else line for line in lines)


def _guarded(line: str, sign: str) -> str:
    return f"\\{line}" if line.startswith((sign, "\\")) else line


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


WRITERS: dict[str, Callable[[Block], str]] = {
    "heading": _heading, "quote": _quote, "table": _table, "paragraph": _paragraph,
}  # fmt: skip


def read(text: str, held: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks of a text; `held`: the body whose pictures, files and cards the text names.

    Raises Invalid for one that is not there, and for a reason to show people that there is not.
    """
    known: dict[str, list[Block]] = {kind: [] for kind in HELD}
    for block in held:
        if block.kind in known:
            known[block.kind].append(block)
    found: list[Block] = []
    lines = [line.strip() for line in _rows_of_sheets(nfc(text)).split("\n")]
    for is_said, chunk in groupby(lines, key=bool):
        if is_said:
            found += _blocks(list(chunk), known)
    return tuple(found)


def _rows_of_sheets(text: str) -> str:
    """Rows pasted from a spreadsheet, two or more together with tabs between their cells, as rows of a table."""
    lines = text.replace("\r\n", "\n").split("\n")
    is_row = ["\t" in line.strip() and not line.startswith("|") for line in lines]
    return "\n".join(
        "| "
        + " | ".join(cell.strip().replace("\\", "\\\\").replace("|", "\\|") for cell in line.strip().split("\t"))
        + " |"
        if is_row[number] and (is_row[number - 1 : number] == [True] or is_row[number + 1 : number + 2] == [True])
        else line
        for number, line in enumerate(lines)
    )


def _blocks(lines: list[str], known: dict[str, list[Block]]) -> list[Block]:
    """What a stretch without blank lines says: lines of one kind are one block."""
    found: list[Block] = []
    at = 0
    while at < len(lines):
        token = TOKEN.match(lines[at])
        if token:
            kind = next(kind for kind, name in HELD.items() if name.lower() == token[1].lower())
            block = _named(kind, int(token[2]), known)
            after = at + 1
            if kind in NAMED:
                block, after = _told(block, lines, after)
            else:
                block = replace(block, text=_plain(token[3].strip()))
            found.append(block)
        else:
            kind, after = _kind(lines[at]), at + 1
            while after < len(lines) and _goes_on(kind, lines[after]):
                after += 1
            found.append(READERS[kind](lines[at:after]))
        at = after
    return found


def _goes_on(kind: str, line: str) -> bool:
    return not TOKEN.match(line) and _kind(line) == kind and not line.lower().startswith(TABLE.lower())


def _kind(line: str) -> str:
    if line.startswith("> ") or line == ">":
        return "quote"
    if line.startswith("|") or line.lower().startswith(TABLE.lower()):
        return "table"
    if re.match(r"##?( |$)", line):
        return "lower" if line.startswith("##") else "heading"
    return "paragraph"


def _named(kind: str, number: int, known: dict[str, list[Block]]) -> Block:
    if not 1 <= number <= len(known[kind]):
        raise Invalid({"body": f"Bài không có [{HELD[kind]} {number}]. Xóa dòng ấy, hoặc ghi lại số cho đúng."})
    return known[kind][number - 1]


def _told(block: Block, lines: Sequence[str], after: int) -> tuple[Block, int]:
    """A picture or recording with the fields that stand from line `after` on, and where they end. A field left out is empty."""
    fields = NAMED[block.kind]
    told: dict[str, Any] = dict.fromkeys(fields, "")
    while after < len(lines):
        label, colon, value = lines[after].partition(":")
        name = next((name for name, known in fields.items() if known.lower() == label.strip().lower()), "")
        if not colon or not name:
            break
        told[name], after = value.strip(), after + 1
        if name == "text":
            end = next((at for at in range(after, len(lines)) if TOKEN.match(lines[at])), len(lines))
            told[name] = "\n".join(line.removeprefix("\\") for line in (told[name], *lines[after:end]))
            after = end
        elif words := _chosen(block.kind, name):
            told[name] = _code(told[name], words, f"“{label.strip()}” của {HELD[block.kind].lower()}")
        else:
            told[name] = _plain(told[name])
    return replace(block, **told), after


def _code(typed: str, words: Mapping[str, str], where: str) -> str:
    """Of these words the code of the one that was typed; Invalid for another."""
    found = next((code for code, one in words.items() if typed.lower() in (one.lower(), code)), None)
    if found is None and typed:
        raise Invalid({"body": f"{where} phải là một trong: {', '.join(f'“{one}”' for one in words.values())}."})
    return found or ""


def _read_quote(lines: Sequence[str]) -> Block:
    said = [line[1:].strip() for line in lines]
    first = len(said)
    while first and re.match(r"--( |$)", said[first - 1]):
        first -= 1
    who = "\n".join(line[2:].strip() for line in said[first:])
    return Block("quote", "\n".join(line.removeprefix("\\") for line in said[:first]), who=who)


def _read_table(lines: Sequence[str]) -> Block:
    has_name = lines[0].lower().startswith(TABLE.lower())
    caption = _plain(lines[0][len(TABLE) :].strip()) if has_name else ""
    return Block("table", caption=caption, rows=tuple(_cells(line) for line in lines[has_name:]))


def _cells(line: str) -> tuple[str, ...]:
    marked = PIPE.sub("\\1\x00", line.removeprefix("|"))
    return tuple(_plain(cell.strip()) for cell in marked.removesuffix("\x00").split("\x00"))


def _read_heading(lines: Sequence[str]) -> Block:
    level = 3 if lines[0].startswith("##") else 2
    return Block("heading", "\n".join(line.lstrip("#").strip() for line in lines), level=level)


def _plain(text: str) -> str:
    return re.sub(r"\\[\\n|]", lambda found: ESCAPES[found[0]], text)


READERS: dict[str, Callable[[Sequence[str]], Block]] = {
    "quote": _read_quote,
    "table": _read_table,
    "heading": _read_heading,
    "lower": _read_heading,
    "paragraph": lambda lines: Block("paragraph", "\n".join(line.removeprefix("\\") for line in lines)),
}

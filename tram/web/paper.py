"""Paper: forms and books as tagged PDF/A, set by typst from a room's own template."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst

FONTS = Path(__file__).parent / "fonts"
"""Tinos, as wide as Times New Roman letter for letter: pages break alike on every machine."""


UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed|the PDF contains the codepoint `"(.+?)"`')
"""No font has it; or some font of the machine has it, in the private part of Unicode, which PDF/A forbids."""
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_UNDRAWN, TRIED = 20, 200


class Undrawable(ValueError):
    """Chữ không có trong phông: the letters that could not be drawn."""


@cache
def _press(template: Path) -> tuple[typst.Compiler, Lock]:
    """A compiler serves one thread at a time, and remembers what it made last."""
    return typst.Compiler(str(template), font_paths=[str(FONTS)]), Lock()


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The template filled with `data` (JSON values), as tagged PDF/A-2a (ISO 19005-2, TT 05/2025/TT-BNV).

    Raises Undrawable for a letter that no font has. In the template: `#let data = json(bytes(sys.inputs.data))`.
    """
    compiler, lock = _press(template)
    with lock:
        return cast(bytes, _made(compiler, data))


def pdf_with_marks(template: Path, data: dict[str, Any], label: str) -> tuple[bytes, list[dict[str, Any]]]:
    """The same, and the values of `#metadata(…)<label>` in it: where things came to stand."""
    compiler, lock = _press(template)
    with lock:
        made = cast(bytes, _made(compiler, data))
        return made, [one["value"] for one in json.loads(compiler.query(f"<{label}>"))]


def pictures(template: Path, data: dict[str, Any]) -> list[bytes]:
    """The pages as SVG: what a screen shows while somebody still writes. What no font has is an empty box."""
    compiler, lock = _press(template)
    with lock:
        made = _made(compiler, data, format="svg")
    return made if isinstance(made, list) else [made]


def undrawn(template: Path, letters: Iterable[str]) -> set[str]:
    """Which of these letters no font has, at most about twenty; in the template `data.letters` is all that is drawn.

    A letter that was drawn once is not tried again.
    """
    drawn = _drawn(template)
    fresh, strange = sorted(set(letters) - drawn), set[str]()
    while fresh and len(strange) < MOST_UNDRAWN:
        tried = [letter for letter in fresh[:TRIED] if letter not in strange]
        try:
            pdf(template, {"letters": " ".join(tried)})
        except Undrawable as error:
            named = strange.union(tried).intersection(error.args[0])
            if named <= strange:
                raise
            strange |= named
        else:
            drawn.update(tried)
            del fresh[:TRIED]
    return strange


@cache
def _drawn(_template: Path) -> set[str]:
    return set()


def _made(compiler: typst.Compiler, data: dict[str, Any], **options: Any) -> Any:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return compiler.compile(sys_inputs=inputs, **(options or {"format": "pdf", "pdf_standards": ["a-2a"]}))
    except typst.TypstError as error:
        if undrawn := UNDRAWN.search(f"{error} {error.diagnostic}"):
            letters = ESCAPED.sub(lambda number: chr(int(number[1], 16)), undrawn[1] or undrawn[2])
            raise Undrawable(letters) from error
        raise

"""Paper: forms and books as tagged PDF/A, set by typst from a room's own template."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

FONTS = Path(__file__).parent / "fonts"
"""Tinos, as wide as Times New Roman letter for letter: pages break alike on every machine."""


UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')


class Undrawable(ValueError):
    """Chữ không có trong phông: the letter that could not be drawn."""


@cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(str(template), font_paths=[str(FONTS)])


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The template filled with `data` (JSON values), as tagged PDF/A-2a (ISO 19005-2, TT 05/2025/TT-BNV).

    Raises Undrawable for a letter that no font has. In the template: `#let data = json(bytes(sys.inputs.data))`.
    """
    try:
        made = _compiler(template).compile(
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf", pdf_standards=["a-2a"]
        )
    except typst.TypstError as error:
        if undrawn := UNDRAWN.search(f"{error} {error.diagnostic}"):
            raise Undrawable(undrawn[1]) from error
        raise
    return cast(bytes, made)


def marks(template: Path, label: str) -> list[dict[str, Any]]:
    """The values of `#metadata(…)<label>` in what `pdf` made last from this template: where things came to stand."""
    return [one["value"] for one in json.loads(_compiler(template).query(f"<{label}>"))]

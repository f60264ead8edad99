"""Paper: forms and books as tagged PDF/A, set by typst from a room's own template."""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

FONTS = Path(__file__).parent / "fonts"
"""Tinos, as wide as Times New Roman letter for letter: pages break alike on every machine."""


@cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(str(template), font_paths=[str(FONTS)])


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The template filled with `data` (JSON values), as tagged PDF/A-2a (ISO 19005-2, TT 05/2025/TT-BNV).

    In the template: `#let data = json(bytes(sys.inputs.data))`.
    """
    made = _compiler(template).compile(
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf", pdf_standards=["a-2a"]
    )
    return cast(bytes, made)


def marks(template: Path, label: str) -> list[dict[str, Any]]:
    """The values of `#metadata(…)<label>` in what `pdf` made last from this template: where things came to stand."""
    return [one["value"] for one in json.loads(_compiler(template).query(f"<{label}>"))]

"""Paper: forms and books as tagged PDF/A, set by typst from a room's own template."""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst


@cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(str(template))


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The template filled with `data` (JSON values), as tagged PDF/A-2a (ISO 19005-2, TT 05/2025/TT-BNV).

    In the template: `#let data = json(bytes(sys.inputs.data))`.
    """
    made = _compiler(template).compile(
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf", pdf_standards=["a-2a"]
    )
    return cast(bytes, made)

"""Shapes of what comes in: old files, and what is decided about one of them."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tram.news.rules.filing import categories
from tram.web.fields import Line


def key_of(data: Mapping[str, Any], name: str) -> int:
    """A row's key of the address line; 0 for anything else."""
    text = str(data.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


class Decision(forms.Form):
    """Quyết định về một tệp bài cũ: where its draft stands, or why there is none."""

    category = forms.ChoiceField(
        label="Chuyên mục", choices=lambda: list(categories().items()), initial="archive", required=False,
        error_messages={"invalid_choice": "Chọn chuyên mục trong danh sách."},
    )  # fmt: skip
    reason = Line(
        label="Lý do không nhập",
        required=False,
        missing="",
        max_length=500,
        help_text="Chỉ cần khi không nhập tệp này.",
    )

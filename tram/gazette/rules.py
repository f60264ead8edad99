"""Rules of documents on the portal: which of them have an effect, since when it holds, their addresses."""

import re
from datetime import date

from tram.vietnamese.text import folded_words

EFFECTIVE = ("resolution", "decision", "directive", "regulation", "rule")
"""Kinds that order something: unless they name another day, they hold from the day they are signed."""
LONGEST_REASON = 500
ID_NUMBER = re.compile(r"(?<!\d)0\d{11}(?!\d)")
"""Số định danh cá nhân (Luật Căn cước 26/2023/QH15 Điều 12: twelve digits, the first of a province's code is 0)."""


def slug_of(kind: str, code: str, day: date, key: int) -> str:
    """The address of a document: "quyet-dinh-12-qd-ubnd-2026-345"; many agencies have the same number."""
    words = [word for word in (*folded_words(kind), *folded_words(code)) if word.isascii()]
    return "-".join([*words, str(day.year), str(key)])[-160:]


def personal_numbers(text: str) -> list[str]:
    """Numbers of identity cards that stand in a text, each once: a person looks at them before everybody does."""
    return list(dict.fromkeys(ID_NUMBER.findall(text)))


def effect(since: date | None, until: date | None, today: date) -> tuple[str, bool]:
    """Whether a document holds today by its own days, in words; True where it holds or names no days."""
    if since and today < since:
        return f"Chưa có hiệu lực: hiệu lực từ ngày {since:%d/%m/%Y}.", True
    if until and today > until:
        return f"Hết hiệu lực từ sau ngày {until:%d/%m/%Y}.", False
    if since is None:
        return "", True
    return f"Hiệu lực từ ngày {since:%d/%m/%Y}{f' đến hết ngày {until:%d/%m/%Y}' if until else ''}.", True

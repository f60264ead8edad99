"""Words that are always the same in letters, mended where a machine read them without their marks or spaces."""

import re
from dataclasses import replace

from tram.reading.rules.fields import Several, Words
from tram.reading.rules.words import KINDS
from tram.vietnamese.text import fold, tidy

FIXED = (
    (re.compile(r"^L[uư]u\s?[:;.]?\s?(?=VT|VP|$)"), "Lưu: "),
    (re.compile(r"^Nh[uư] (?=trên|[Đđ]i[êềe]u|kính)"), "Như "),
    (re.compile(r"\b(?<=[ND]D )tinh\b"), "tỉnh"),
    (re.compile(r"(?<=[^\W\d_])\((?=[^\W\d_])"), " ("),
    (re.compile(r",(?=[^\W\d_])"), ", "),
)
DOUBT = 0.85


def mended_items(items: Several) -> Several:
    """Recipients of a scan: 'Luu:VT,KT' gives 'Lưu: VT, KT'; what changes loses some confidence."""
    done = tuple(_mended(item) for item in items.value)
    return items if done == items.value else replace(items, value=done, confidence=round(items.confidence * DOUBT, 2))


def mended_symbol(symbol: Words, kind: Words) -> Words:
    """The abbreviation of the kind in the symbol of a scan: 'CT-SNV' over CHƯƠNG TRÌNH gives 'CTr-SNV'."""
    short = KINDS.get(kind.value or "", "")
    first, sign, rest = (symbol.value or "").partition("-")
    if not short or not sign or first == short or fold(first) not in (fold(short), fold(short)[:-1]):
        return symbol
    return replace(symbol, value=f"{short}-{rest}", confidence=round(symbol.confidence * DOUBT, 2))


def _mended(item: str) -> str:
    for pattern, right in FIXED:
        item = pattern.sub(right, item)
    return tidy(item)

"""Vietnamese order as stored keys: plain ASCII that sorts right byte by byte (collation C).

A syllable is its letters, then one digit for its tone. '~' stands above every letter, digits below, '.' (between
syllables) below the digits and ' ' (between the parts of a name) below all, so a shorter thing comes first.
"""

import re
import unicodedata
from functools import lru_cache

from tram.vietnamese.syllables import TONE_MARKS

LETTER_KEYS = {"ă": "a~", "â": "a~~", "đ": "d~", "ê": "e~", "ô": "o~", "ơ": "o~~", "ư": "u~"}
RUN = re.compile(r"\d+|[^\W\d_]+")


def sort_key(text: str) -> str:
    """The key of a text in dictionary order: syllable by syllable, letters before tone; numbers by value.

    >>> sort_key("Sở Tài chính")
    'so~~2.tai1.chinh4'
    """
    return ".".join(_run_key(run) for run in RUN.findall(unicodedata.normalize("NFC", text.lower())))


def person_key(name: str) -> str:
    """The key of a full name in the order of Vietnamese lists: by tên, then họ, then đệm.

    >>> person_key("Nguyễn Thị Minh Khai")
    'khai0 nguye~n3 thi5.minh0'
    """
    words = name.split()
    if not words:
        return ""
    family = words[0] if len(words) > 1 else ""
    return " ".join((sort_key(words[-1]), sort_key(family), sort_key(" ".join(words[1:-1]))))


@lru_cache(maxsize=65536)
def _run_key(run: str) -> str:
    if run[0].isdecimal():
        digits = str(int(run))
        return f"{len(digits):02d}{digits}"
    letters, tones = "", ""
    for char in run:
        parts = unicodedata.normalize("NFD", char)
        tones += "".join(str(TONE_MARKS[mark]) for mark in parts if mark in TONE_MARKS)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONE_MARKS))
        letters += _letter_key(bare)
    return letters + (tones or "0")


def _letter_key(letter: str) -> str:
    if letter in LETTER_KEYS:
        return LETTER_KEYS[letter]
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if "a" <= base <= "z" else f"z~{ord(letter):06x}"

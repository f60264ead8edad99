"""VIQR, the ASCII mnemonics of RFC 1456, found in text: 'Bo^. tru+o+?ng' is 'Bộ trưởng'."""

import re

from tram.vietnamese.codecs import decode_text
from tram.vietnamese.syllables import is_syllable

WORD = re.compile(r"(?<![\w@.:])[A-Za-z](?:[A-Za-z^(+'`?~.]|\\.)*(?![\w@:])")
ESCAPE = re.compile(r"\\(.)")
HATTED = re.compile(r"[aeoAEO]\^|[aA]\(|[ouOU]\+|^[dD][dD]")
INNER_TONE = re.compile(r"[aeiouyAEIOUY][\^(+]?['`?~.][A-Za-z]")
LEAST_SHARE = 0.3
LONGEST_SYLLABLE = 24
"""Signs of a syllable, with its marks, at most: nothing longer has to be tried."""


def words(text: str) -> list[tuple[int, str, str]]:
    """The VIQR words of a text as (place, as written, as read); none unless much of the text is VIQR.

    A single 'a?' or "l'a" proves nothing, so the whole text decides: three marked words and a third of all words.
    """
    found = [(match.start(), match[0]) for match in WORD.finditer(text)]
    read = [(start, word, _read(word)) for start, word in found]
    marked = [word for _, word, after in read if after != word and (HATTED.search(word) or INNER_TONE.search(word))]
    if len(marked) < 3 or len(marked) < LEAST_SHARE * len(found):
        return []
    return [(start, word, after) for start, word, after in read if after != word]


def _read(word: str) -> str:
    """The longest beginning that reads as one syllable, with the rest (a full stop, a quote) kept."""
    for end in range(min(len(word), LONGEST_SYLLABLE), 0, -1):
        after = decode_text(word[:end], "viqr")
        if is_syllable(after) and after.isalpha():
            return after + ESCAPE.sub(r"\1", word[end:])
    return decode_text(word, "viqr") if re.fullmatch(r"[A-Z]+", decode_text(word, "viqr").replace("Đ", "D")) else word

"""How well a word reads as clean Unicode and as each legacy coding: the evidence that `repair` weighs.

The costs are in one unit; 4 is what it takes to enter and leave a legacy run, so a lone word changes only on evidence
stronger than that.
"""

import re
from functools import lru_cache

from tram.vietnamese.codecs import decode_text
from tram.vietnamese.syllables import VOWELS, is_syllable
from tram.vietnamese.text import nfc, unjoin

RUN_CODINGS = ("tcvn3", "vni", "viscii", "cp1258", "mojibake")
"""Codings whose words are told apart letter by letter, the commonest in state papers first."""

TOKEN = re.compile(
    r"(?:[0-9A-Za-z\x02\x05\x06\x14\x19\x1e\x80-\x9f\xa1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2060-\u2fff"
    r"\u3001-\ufefe\uff00-\U0010ffff]|(?<=[\u00c3\u00a1\u00ba\u00bb])\xa0)+"
)
"""A word with everything that may be a letter of some coding: the capitals that VISCII keeps among the control codes,
and a hard space where it is the second half of a misread 'à'."""
PUNCTUATION = re.compile(r"[\u2000-\u206f\u20ac\u2122]+")
MEASURE = re.compile(r"[\u2000-\u206f\u20ac\u2122°±²³½¼¾×÷µ]+")
EDGE = re.compile(r"^[§©®«»¡¿°±²³¹ª\u00ba·•£¥µ½¼¾×÷\u00a0´¨¸]+|[§©®«»°±²³¹ª\u00ba·•£¥µ½¼¾×÷\u00a0´¨¸]+$")
SYMBOLS = frozenset("µª\u00ba")
"""Signs that Unicode counts among the letters."""
SOFT_HYPHEN = "\u00ad"
ODD_CASE = re.compile(r"[a-zà-öø-ÿ][À-ÖØ-Þ]")
LETTER = re.compile(r"[^\W\d_]+")
VIETNAMESE = frozenset(
    nfc(letter + mark) for letter in VOWELS for mark in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
) | frozenset("bcdđghklmnpqrstvxfjwz")

ABBREVIATING = frozenset("ABCDEGHIKLMNOPQRSTUVXYĐĂÂÊÔƠƯ")
LATIN1 = [chr(code) for code in range(0xC0, 0x100)]
SHARED = {
    "tcvn3": frozenset(char for char in LATIN1 if decode_text(char, "tcvn3") == char),
    "viscii": frozenset(char for char in LATIN1 if decode_text(char, "viscii") == char),
    "cp1258": frozenset(char for char in LATIN1 if decode_text(char, "cp1258") == char),
    "vni": frozenset("ìíÌÍ"),
    "mojibake": frozenset(),
}
"""Letters above ASCII that a coding shows as themselves."""

# What each kind of evidence weighs, against 4 for entering and leaving a run (`repair.SWITCH`, twice).
SURE, FOREIGN, SOFT, EDGED, DUAL, NAMED, JOINED, UNREAD = 6.0, 3.5, 1.9, 0.5, 0.4, 0.3, 1.0, 4.0
NEVER = 8.0


@lru_cache(maxsize=65536)
def clean_cost(token: str) -> float:
    """How hard it is to believe that a word is right as it stands: 0 for a good word, 6 for certain debris."""
    if token.isascii() and token.isprintable():
        return 0.0
    whole = token.replace(SOFT_HYPHEN, "")
    parts = [part for part in (MEASURE if any(map(str.isdigit, whole)) else PUNCTUATION).split(whole) if part]
    bare = [EDGE.sub("", part) for part in parts]
    if all(_is_clean(part) for part in bare) and not (SOFT_HYPHEN in token and whole.isascii() and len(whole) < 4):
        joined = any(len(unjoin(part)) > 1 for part in bare)
        return JOINED if joined else EDGED if bare != [token] else 0.0
    if any(ord(char) > 0xFF and char.lower() in VIETNAMESE for char in whole):
        return 0.0
    letters = "".join(bare)
    if ODD_CASE.search(token) or SOFT_HYPHEN in token or not letters.isalnum() or SYMBOLS & set(letters):
        return SURE
    return FOREIGN if any(char.lower() not in VIETNAMESE for char in letters if char.isalpha()) else SOFT


@lru_cache(maxsize=65536)
def reading(token: str, coding: str) -> str:
    """The word as a legacy coding reads it, quotes at its edges kept; the word itself when it cannot be read so."""
    whole = _decoded(token, coding)
    core = PUNCTUATION.sub("", token)
    if core == token or core not in token or _is_readable(whole):
        return whole
    return token.replace(core, _decoded(core, coding)) if core else token


@lru_cache(maxsize=65536)
def legacy_cost(token: str, coding: str) -> float:
    """How hard it is to believe that a word stands in a legacy coding; a word the same in both costs nothing."""
    if token.isascii() and token.isprintable():
        return 0.0
    read = reading(token, coding)
    if read == token:
        if clean_cost(token) >= SOFT:
            return UNREAD
        return clean_cost(token) if all(char.isascii() or char in SHARED[coding] for char in token) else NEVER
    words = LETTER.findall(read)
    if words and all(is_syllable(word) for word in words):
        return DUAL if clean_cost(token) == 0 else 0.0
    if _is_abbreviation(words):
        return NAMED
    return JOINED if words and all(_is_clean(word) for word in words) and not read.isascii() else UNREAD


def is_proof_of_unicode(token: str) -> bool:
    """A good Vietnamese word with a letter that no legacy coding shows, such as 'đ' or 'ạ'."""
    return is_syllable(token) and any(ord(char) > 0xFF for char in token)


def lost_horn(token: str) -> str:
    """The one TCVN3 reading that appears when a stripped soft hyphen (ư) is put back: 'thíc' -> 'thước'; else ''."""
    if token.isascii() or is_syllable(token) or len(token) > 7 or any(ord(char) > 0xFF for char in token):
        return ""
    found = {_decoded(token[:at] + SOFT_HYPHEN + token[at:], "tcvn3") for at in range(1, len(token) + 1)}
    good = [word for word in found if is_syllable(word)]
    return good[0] if len(good) == 1 else ""


def _decoded(token: str, coding: str) -> str:
    try:
        return decode_text(token, coding)
    except UnicodeError:
        return token


def _is_readable(text: str) -> bool:
    words = LETTER.findall(text)
    return bool(words) and all(is_syllable(word) for word in words)


def _is_clean(word: str) -> bool:
    if word.isascii() and word.isprintable():
        return True
    parts = unjoin(word)
    good = all(is_syllable(part) and (part.islower() or part.isupper() or part.istitle()) for part in parts)
    return good or _is_abbreviation([word])


def _is_abbreviation(words: list[str]) -> bool:
    """QĐ, BCĐ, HĐND: capitals of the Vietnamese alphabet without tone, not a syllable."""
    return bool(words) and all(word.isupper() and len(word) <= 8 and set(word) <= ABBREVIATING for word in words)

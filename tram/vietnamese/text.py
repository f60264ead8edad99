"""Vietnamese text made comparable: one code form, one tone placement, words for search."""

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from tram.vietnamese.syllables import VOWELS, canonical, parse, place_tone, split_tone

WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]+")
NUMBER_AND_UNIT = re.compile(r"(\d+)([^\W\d_]{2,})")
ODD_SPACE = re.compile(r"[\s\u200b\u2060\ufeff]+")
INVISIBLE = re.compile(r"[\u00ad\u200c\u200d\u200e\u200f]")
MOST_MARKS = 30
"""Marks on one letter that are kept (UAX #15, Stream-Safe Text Format): Unicode puts a run of them in order at the price of its square."""
TOWER = re.compile(r"[^\w\x00-\x7f]{31,}")
"""Where there may be more: no mark is a letter."""

TELEX_TONES = {"z": 0, "f": 1, "r": 2, "x": 3, "s": 4, "j": 5}
HATS = {"a": "â", "e": "ê", "o": "ô"}
HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
REAL_OO = frozenset({"xoong", "boong", "moong"})


def nfc(text: str) -> str:
    """The same text in composed Unicode (NFC), the only form that is stored; of a tower of marks on one letter the foot alone."""
    return unicodedata.normalize("NFC", TOWER.sub(_lowered, text))


def _lowered(found: re.Match[str]) -> str:
    kept, run = list[str](), 0
    for letter in found[0]:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def tidy(text: str) -> str:
    """NFC on one line: every run of spaces, also hard and zero-width ones, becomes one space; ends are cut."""
    return ODD_SPACE.sub(" ", INVISIBLE.sub("", nfc(text))).strip()


def fold(text: str) -> str:
    """Lower case without any mark, đ as d: the form in which 'sở' and 'so' are equal."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return nfc("".join(char for char in apart if not unicodedata.combining(char)))


def tone_normal(text: str) -> str:
    """One tone placement: hoà -> hòa, thuý -> thúy, qúa -> quá. What is no syllable stays as it is."""
    return LETTERS.sub(lambda found: canonical(found[0]), nfc(text))


def search_words(text: str) -> list[str]:
    """The words of a text as search compares them: NFC, lower case, one tone placement, joins taken apart.

    'hiệuquả' gives hiệu, quả; '32máy' gives 32, máy. Marks stay, so that 'án' and 'an' differ.
    """
    return list(chain.from_iterable(map(_parts, WORD.findall(INVISIBLE.sub("", nfc(text)).lower()))))


def folded_words(text: str) -> list[str]:
    """The words of `search_words` without marks, for a query typed without them."""
    return [fold(word) for word in search_words(text)]


def unjoin(word: str) -> list[str]:
    """Take apart syllables that lost the space between them; the word itself when it is not such a join.

    Only a word with Vietnamese marks is taken apart: 'internet' or 'canon' must stay whole. A later syllable must
    begin with a consonant, else every wrong diphthong would be two words.
    """
    if word.isascii() or parse(word) or len(word) > 24:
        return [word]
    return _syllables(word) or [word]


def telex_repair(text: str) -> str:
    """Read what was typed in Telex while the input method was off: 'coong vawn' -> 'công văn'.

    A word changes only when it is no syllable as it stands and is one after Telex. Some foreign words are that
    too ('box' -> 'bõ'), so a search tries this reading beside the typed one, never instead of it.
    """
    return LETTERS.sub(lambda found: _from_telex(found[0]), nfc(text))


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[str, ...]:
    joined = NUMBER_AND_UNIT.fullmatch(word)
    return tuple(canonical(part) for piece in (joined.groups() if joined else (word,)) for part in unjoin(piece))


def _syllables(word: str) -> list[str]:
    """The split into the fewest syllables, the longer first; empty when there is none."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        choices: list[list[str]] = []
        for start in range(max(0, end - 7), end):
            before, syllable = best[start], parse(word[start:end])
            if before is not None and syllable and (syllable.onset or not start):
                choices.append([*before, word[start:end]])
        best.append(min(choices, key=len) if choices else None)
    return best[-1] or []


def _from_telex(word: str) -> str:
    low = word.lower()
    loan = low.endswith(("oong", "ooc")) and low not in REAL_OO
    if (parse(word) and not loan) or len(word) > 12:
        return word
    typed = _type_telex(low)
    if not typed or not parse(typed) or typed == low:
        return word
    return typed.upper() if word.isupper() else typed.capitalize() if word[0].isupper() else typed


def _type_telex(low: str) -> str:
    """What a Telex input method would have shown for these keys; empty when two tones clash."""
    split = split_tone(low)
    if split is None:
        return ""
    letters, tone = "", split[1]
    for key in split[0]:
        vowel_seen = any(char in VOWELS for char in letters)
        if key in TELEX_TONES and vowel_seen:
            tone = TELEX_TONES[key]
        elif key == "d" and letters.startswith("d"):
            letters = "đ" + letters[1:]
        elif key in HATS and key in letters:
            letters = letters.replace(key, HATS[key], 1)
        elif key == "w":
            letters = _horned(letters)
        else:
            letters += key
    return _horns_paired(letters, tone)


def _horns_paired(letters: str, tone: int) -> str:
    """lưong -> lương, but thươ -> thuơ: the horn stands on both vowels only before or after something."""
    letters = letters.replace("ưo", "ươ")
    typed = place_tone(letters, tone)
    return typed if parse(typed) else place_tone(letters.replace("ươ", "uơ"), tone)


def _horned(letters: str) -> str:
    if "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    for at in range(len(letters) - 1, -1, -1):
        after_u = letters[at] == "a" and at > 0 and letters[at - 1] == "u" and not letters.startswith("qu")
        if letters[at] in HORNS and not after_u:
            return letters[:at] + HORNS[letters[at]] + letters[at + 1 :]
    return letters + "ư"

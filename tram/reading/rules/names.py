"""Names of agencies, places and people as they are written inside a sentence, with damaged marks restored."""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from tram.reading.rules.marks import bare, is_capitals
from tram.reading.rules.page import Line
from tram.reading.rules.words import DIVISIONS, KNOWN_AGENCIES, PLACES, SURNAME_WORDS, WRITTEN
from tram.vietnamese.syllables import is_syllable
from tram.vietnamese.text import fold, tone_normal, unjoin

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?\.?|\d+|[-–,&/()]")
DIVISION_WORDS = {tuple(fold(name).split()): name for name in DIVISIONS}
LONGEST = max(len(words) for words in (*WRITTEN, *KNOWN_AGENCIES))
SYLLABLE_SHAPE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?")
HEROES = frozenset(("nguyen", "tran", "le", "pham", "vo", "ngo", "dinh", "huynh", "hoang"))
"""Surnames with which schools and hospitals named after people begin."""
LINKS = ("va", "cac", "cua", "thuoc")
RANKS = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|KS|LS|CN|DS|Ths|NGƯT|CKI{1,2}|BSCKI{1,2})\.?\s*|"
    r"(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)\s+|(?:Ông|Bà|Luật sư|Bác sĩ|Tiến sĩ|Đồng chí)\s+)+"
)
NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:['’][^\W\d_]+)?(?:\s+[^\W\d_]+(?:['’][^\W\d_]+)?){1,5}")


class Name(NamedTuple):
    """A name in sentence case, and whether marks were restored in it."""

    text: str
    restored: bool


class Writing:
    """How a document itself writes names in its running text: the best witness of case and marks."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = [line.text for line in lines]

    @cached_property
    def _words(self) -> list[list[str]]:
        return [WORD.findall(text) for text in self._lines if not is_capitals(text)]

    def find(self, words: list[str]) -> list[str] | None:
        """The same words in mixed case as the document writes them most often; None when it never does."""
        sought = [fold(word) for word in words]
        size = len(sought)
        seen: Counter[tuple[str, ...]] = Counter()
        for line in self._words:
            for at in range(len(line) - size + 1):
                window = line[at : at + size]
                if fold(window[0]) == sought[0] and [fold(word) for word in window] == sought:
                    seen[tuple(window)] += 1
        good = [(count, form) for form, count in seen.items() if _well_written(form)]
        exact = [one for one in good if [word.lower() for word in one[1]] == [word.lower() for word in words]]
        good = [one for one in good if _marks(one[1]) > _marks(words)]
        return list(max(exact or good)[1]) if exact or good else None


def _marks(words: Iterable[str]) -> int:
    return sum(not char.isascii() for word in words for char in word)


def _well_written(words: tuple[str, ...]) -> bool:
    """A capital first and no word wholly in capitals but abbreviations."""
    return words[0][0].isupper() and not any(
        word.isupper() and len(word) > 1 and not _is_short_form(word) for word in words
    )


def agency(text: str, writing: Writing) -> Name:
    """An agency's name in sentence case: 'SỞ KẾ HOẠCH VÀ ĐẦU TƯ' gives 'Sở Kế hoạch và Đầu tư'."""
    words = [part for word in WORD.findall(text) for part in ([word] if _is_short_form(word) else unjoin(word))]
    known = KNOWN_AGENCIES.get(tuple(fold(word) for word in words if word[0].isalpha()))
    if known and len(WORD.findall(known)) == len(words):
        done = _spaced(_kept(words, WORD.findall(known)))
        return Name(done, not _same(done, _spaced(words)))
    damaged = any(not _sound(word) for word in words) or bool(re.search(r"[^\w\s.,()&/'’–—-]", text))
    if damaged and (known := _closest(words, writing)):
        return Name(known, True)
    if not is_capitals(text) and not text.islower() and _well_written(tuple(words)) and len(words) > 1:
        written = _cased(words, writing) if _in_sentence_case(words) else words
    else:
        seen = writing.find(words) if len(words) > 2 else None
        written = _kept(words, seen) if seen else _cased(words, writing)
    done = _spaced(written)
    restored = tone_normal(done).lower() != tone_normal(_spaced(words)).lower()
    return Name(done[:1].upper() + done[1:], restored)


def _in_sentence_case(words: list[str]) -> bool:
    return not all(word[0].isupper() for word in words if word[0].isalpha())


def _sound(word: str) -> bool:
    """A possible syllable, an abbreviation or a sign."""
    return not word[0].isalpha() or is_syllable(word) or _is_short_form(word)


def is_sound(name: str) -> bool:
    """Whether every word of a name can be Vietnamese or an abbreviation: else a letter was surely misread."""
    return all(_sound(word) for word in WORD.findall(name))


def _is_short_form(word: str) -> bool:
    """UBND, TNHH, MTV: capitals that could not be a syllable even with marks, as YEN (Yên) could."""
    plain_letters = all(char.isascii() or char == "Đ" for char in word)
    return plain_letters and word.isupper() and len(word) <= 8 and not SYLLABLE_SHAPE.fullmatch(fold(word))


def _closest(words: list[str], writing: Writing) -> str | None:
    """The known agency that a damaged name most likely is: nearly the same, or alike and named in the text."""
    sought = bare(" ".join(words))
    ranked = sorted(
        (
            (SequenceMatcher(None, sought, "".join(key), autojunk=False).ratio(), name)
            for key, name in KNOWN_AGENCIES.items()
        ),
        reverse=True,
    )
    for alike, name in ranked[:4]:
        if fold(words[0]) != fold(name.split()[0]):
            continue
        if len(sought) > 7 and (alike >= 0.9 or (alike >= 0.75 and writing.find(WORD.findall(name)))):
            return name
    return None


def _cased(words: list[str], writing: Writing) -> list[str]:
    """Write known phrases as they are written, places with capitals, other words as field names."""
    done: list[str] = []
    at, begins, in_place = 0, True, False
    while at < len(words):
        phrase = _phrase(words, at, in_place=in_place)
        if phrase:
            taken = words[at : at + len(phrase)]
            numbered = " ".join(phrase) in DIVISIONS and words[at + len(phrase) : at + len(phrase) + 1]
            done += (
                [word.capitalize() for word in phrase] if numbered and numbered[0].isdigit() else _kept(taken, phrase)
            )
            in_place = " ".join(phrase) in DIVISIONS
            at, begins = at + len(phrase), True
        elif words[at][0] in "-–,&/(" or fold(words[at]) in LINKS:
            done.append(words[at].lower() if words[at][0].isalpha() else words[at])
            begins, in_place, at = True, False, at + 1
        else:
            run = _unknown_run(words, at, in_place=in_place)
            done += _unknown(run, writing, begins=begins, in_place=in_place)
            begins, at = _is_short_form(run[-1]) or not run[-1][0].isalpha(), at + len(run)
    return done


def _phrase(words: list[str], at: int, *, in_place: bool) -> list[str]:
    """The longest known phrase that begins at this word, as a list of its words and signs.

    One word alone, and words in the name of a place, must be nearly right: BẢN LẦU is no Ban, QUÂN no quận.
    """
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        window = words[at : at + size]
        if not window[0][0].isalpha():
            return []
        key = tuple(fold(word) for word in window if word[0].isalpha())
        found = WORD.findall(WRITTEN.get(key) or DIVISION_WORDS.get(key, ""))
        pairs = list(zip(window, found, strict=False))
        if len(found) != size or (size == 1 and not _same(*pairs[0]) and not _is_division(words, at, in_place)):
            continue
        if size == 1 or not in_place or all(_same(*pair) or _less_marked(*pair) for pair in pairs):
            return found
    return []


def _is_division(words: list[str], at: int, in_place: bool) -> bool:
    """'TÌNH' and 'HUYEN' before a name are tỉnh and huyện; 'TÌNH NGUYỆN' is not."""
    sure = (fold(words[at]),) in DIVISION_WORDS and words[at].isascii()
    often_misread = fold(words[at]) in ("tinh", "huyen", "phuong") and not in_place and words[at].isupper()
    return sure or (often_misread and fold("".join(words[at + 1 : at + 2])) not in ("nguyen", "thuong", "bao"))


def _same(word: str, model: str) -> bool:
    return tone_normal(word).lower() == tone_normal(model).lower()


def _less_marked(word: str, model: str) -> bool:
    return len(normalize("NFD", word)) - len(word) < len(normalize("NFD", model)) - len(model)


def _unknown_run(words: list[str], at: int, *, in_place: bool) -> list[str]:
    """Words up to the next known phrase, link word or sign; an abbreviation ends the run."""
    end = at + 1
    while (
        end < len(words)
        and not _is_short_form(words[end - 1])
        and words[end][0].isalpha()
        and fold(words[end]) not in LINKS
    ):
        if _phrase(words, end, in_place=in_place):
            break
        end += 1
    return words[at:end]


def _unknown(run: list[str], writing: Writing, *, begins: bool, in_place: bool) -> list[str]:
    """As the document writes them; else places with capitals, other words with one capital at the beginning."""
    found = writing.find(run) if in_place or len(run) > 1 else None
    if found and (not in_place or all(word[0].isupper() for word in found)):
        return found
    short = [_is_short_form(word) or not word[0].isalpha() for word in run]
    proper = in_place or (len(run) > 1 and fold(run[0]) in HEROES)
    capital = [proper or (begins and at == 0) for at in range(len(run))]
    return [
        word if keep else word.capitalize() if upper else word.lower()
        for word, keep, upper in zip(run, short, capital, strict=True)
    ]


def _kept(words: list[str], right: list[str]) -> list[str]:
    """The right words, but with the document's own letters where only the place of a tone differs (Uỷ, Ủy)."""
    return [_cased_like(word, model) if _same(word, model) else model for word, model in zip(words, right, strict=True)]


def _cased_like(word: str, model: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word.capitalize() if model[0].isupper() else word.lower()


def _spaced(words: list[str]) -> str:
    text = " ".join(words)
    return re.sub(r"\s+([,)])", r"\1", re.sub(r"([(])\s+", r"\1", text))


def place_name(text: str) -> Name:
    """A place as it is written in a date line: 'Ha Noi' and 'HÀ NỘI' give 'Hà Nội'."""
    words = WORD.findall(text)
    known = PLACES.get(tuple(fold(word) for word in words))
    if known:
        done = _spaced(_kept(words, WORD.findall(known)))
    else:
        capitals = is_capitals(text) or text.islower()
        plain = not capitals or len(words) > 4 or any(_is_short_form(word.strip(".")) for word in words)
        done = text.strip() if plain else " ".join(word.capitalize() for word in words)
    return Name(done, tone_normal(done).lower() != tone_normal(text.strip()).lower())


def person(text: str) -> str:
    """The name of a person when the whole line is one, without rank; empty when it is not."""
    line = RANKS.sub("", text.strip().rstrip(".,;:/ "))
    words = line.split()
    if not NAME.fullmatch(line) or not 2 <= len(words) <= 6 or not all(word[0].isupper() for word in words):
        return ""
    capitals = is_capitals(line)
    if capitals and fold(words[0]) not in SURNAME_WORDS:
        return ""
    if not capitals and any(word.isupper() and len(word) > 1 for word in words):
        return ""
    return " ".join(word.capitalize() for word in words) if capitals else " ".join(words)


def has_surname(name: str) -> bool:
    """Whether a name begins with a common Vietnamese surname."""
    return fold(name.split()[0]) in SURNAME_WORDS

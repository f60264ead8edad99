"""The gate for state secrets: a paper that carries a stamp of secrecy is refused before anything of it is kept.

Only the marking counts (a stamp alone in its place, the level written out in a field, "(M)" behind the symbol, a mark in
the file's name), never the word inside a sentence: papers about secrets are no secrets.
Source of law: Luật Bảo vệ bí mật nhà nước 117/2025/QH15; NĐ 30/2020/NĐ-CP, Điều 8.
"""

import re
import unicodedata
from collections.abc import Iterator

from tram.files.rules.refusals import refusal
from tram.vietnamese.text import nfc

HEAD_LINES = 30
LATER_LINES = 6
LEVELS = {"mat": "secret", "toi mat": "top_secret", "tuyet mat": "absolute_secret"}
LEVEL_NAMES = {"secret": "MẬT", "top_secret": "TỐI MẬT", "absolute_secret": "TUYỆT MẬT"}
SIGNS = {"m": "secret", "tm": "top_secret", "tum": "absolute_secret", "tđm": "absolute_secret"}
EDGE = " .:;,*_|[](){}<>“”\"'«»■□▪•–—-=~"
COLUMNS = re.compile(r"\s{2,}|\t|[|/;,]|\s[–—-]\s")
FIELD = re.compile(r"(?i)(?:độ|mức(?: độ)?|mức độ) (?:bí )?mật\s*[:=]\s*(tuyệt mật|tối mật|mật)\b")
SYMBOL = re.compile(r"(?i)(?<!\d)\d+[a-zđ]?\s*[-/_]\s*[a-zđ][\wđ.&/-]{0,200}?\s*[-_ ]?\s*\((m|tm|tum|tđm)\)")
IN_NAME = re.compile(r"(?i)[\[({]\s*(tuyệt mật|tối mật|mật|tuyet mat|toi mat|mat|m|tm|tum)\s*[\])}]")
NAME_PARTS = re.compile(r"\s*[–—\-.,;+()\[\]{}]+\s*")
SYMBOL_NAME = re.compile(r"\d+[ -][A-ZĐ]{1,5}[ -][A-ZĐ]{2,}(?:[ -][A-ZĐ]+)?[ -](M|TM|MẬT|MAT|TỐI MẬT|TUYỆT MẬT)")


def refuse_marked_secret(text: str, name: str) -> None:
    """Raise FileRefused when the text (pages apart by form feeds) or the file's name is marked MẬT or above."""
    text, name = nfc(text), nfc(name)
    for level in _levels(text, name):
        raise refusal(level)


def _levels(text: str, name: str) -> Iterator[str]:
    yield from _name_levels(name)
    for number, page in enumerate(text.split("\f")):
        lines = [line for line in page.splitlines() if line.strip()]
        for line in lines[: LATER_LINES if number else HEAD_LINES]:
            yield from _line_levels(line)


def _line_levels(line: str) -> Iterator[str]:
    """A stamp stands alone in its line or column, in capitals; a field or a symbol says it in its own way."""
    for column in [line, *COLUMNS.split(line)]:
        level = _stamp(column.strip(EDGE))
        if level:
            yield level
    field = FIELD.search(line)
    if field:
        yield LEVELS[_plain(field[1])]
    symbol = SYMBOL.search(line)
    if symbol:
        yield SIGNS[symbol[1].lower()]


def _stamp(words: str) -> str | None:
    """The level of a stamp in capitals, its letters perhaps set apart ("M Ậ T"), its marks perhaps lost in scanning."""
    if not words or words != words.upper():
        return None
    if re.fullmatch(r"(\w )+\w", words):
        words = words.replace(" ", "")
        words = re.sub(r"^(TỐI|TOI|TUYỆT|TUYET)(?=M)", r"\1 ", words)
    level = _plain(words)
    return LEVELS.get(level)


def _name_levels(name: str) -> Iterator[str]:
    """A mark in brackets, a part of the name that says only the level, or a mark behind the symbol."""
    stem = name.rpartition(".")[0] or name
    spaced = stem.replace("_", " ")
    bracketed = IN_NAME.search(spaced)
    if bracketed:
        word = bracketed[1].lower()
        yield SIGNS.get(word) or LEVELS[_plain(word)]
    for part in NAME_PARTS.split(spaced):
        level = LEVELS.get(_plain(part.strip()))
        if level and (part.strip() != part.strip().lower() or level != "secret" or "ậ" in part):
            yield level
    symbol = SYMBOL_NAME.fullmatch(spaced.strip())
    if symbol:
        word = symbol[1].lower()
        yield SIGNS.get(word) or LEVELS[_plain(word)]


def _plain(words: str) -> str:
    """Lower case without marks, one space between words."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", words) if not unicodedata.combining(letter))
    return " ".join(bare.lower().split())

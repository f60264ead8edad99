"""Letters that no font has: which of a sheet's letters must be tried, where the strange ones stand, what to write instead."""

import unicodedata
from collections.abc import Iterator

from tram.formats.rules.drawing import inked
from tram.formats.rules.said import Found
from tram.formats.rules.sheet import Sheet
from tram.formats.rules.word_reading import FACE

WORD_BULLETS = range(0xF000, 0xF100)
"""Where Word keeps the letters of Symbol and Wingdings: bullets, as a rule."""
BOXES = {"☑": "[x]", "☒": "[x]", "✓": "[x]", "✔": "[x]", "➢": "-", "➤": "-", "❖": "-"}


def lettered(sheet: Sheet) -> Iterator[tuple[str, int | None, str]]:
    """What stands on the sheet as it is drawn, with field and place."""
    for field in ("superior", "organ", "notation", "place", "subject", "authority"):
        yield field, None, inked(getattr(sheet, field))
    for field in ("addressees", "grounds", "recipients"):
        for at, line in enumerate(getattr(sheet, field)):
            yield field, at, inked(line)
    for at, block in enumerate(sheet.body):
        yield "body", at, inked(" ".join([block.title, block.text, *(cell for row in block.rows for cell in row)]))
    for at, line in enumerate(sheet.signature.titles):
        yield "titles", at, inked(line)
    yield "name", None, inked(sheet.signature.name)


def letters_of(sheet: Sheet) -> set[str]:
    """All letters that must be in a font."""
    return {letter for letter in set[str]().union(*(words for _, _, words in lettered(sheet))) if not letter.isspace()}


def strange_letters(sheet: Sheet, strange: set[str]) -> Iterator[Found]:
    """Each place in which one of the strange letters stands, once for each of them."""
    for field, at, words in lettered(sheet) if strange else ():
        for letter in sorted(set(words) & strange, key=words.index):
            fix = instead_of(letter)
            what = "Thay" if fix else "Bỏ hoặc thay"
            yield Found(
                "font_letter", field, f"Ký tự {named(letter)} không có trong phông chữ {FACE}. {what} bằng chữ khác.",
                letter, fix, at,
            )  # fmt: skip


def named(letter: str) -> str:
    """A letter as one can speak of it: itself where it can be seen, else its number."""
    seen = letter.isprintable() and not unicodedata.combining(letter) and unicodedata.category(letter) != "Co"
    return f"“{letter}”" if seen else f"ẩn U+{ord(letter[:1] or ' '):04X}"


def instead_of(letter: str) -> str:
    """What may be written instead; "" where only a person can say."""
    if ord(letter) in WORD_BULLETS:
        return "-"
    plain = unicodedata.normalize("NFKC", letter)
    is_plain = plain != letter and all(one.isascii() or unicodedata.name(one, "").startswith("LATIN") for one in plain)
    return plain.strip() if is_plain else BOXES.get(letter, "")

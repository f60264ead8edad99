"""Terms: everything by which a card is found, kept in one vector so that one index answers all conditions at once.

A word stands as it is written ("sở") and without marks ("~so"); two neighbours stand as a pair ("~so_tai"). Other
terms have a sign in front that no word can have: "=" reader, "#" number, "@" sender, "?" kind, ":" slice of time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from tram.search.rules.slices import slices_of
from tram.vietnamese.text import fold, search_words

BODY_WORDS = 5000
DUE = "!due"
PARTS = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class CardInput:
    """Thẻ do một phòng đưa vào: what it shows, what else it is found by, who may see it.

    `kind` and `key` make its ref ("documents.incoming", 12). `at` is when the thing last came about. `readers` are
    reader keys ("clerk.12", "unit.34", "post.56", "agency.12", "public"); nobody else ever finds the card. `body` is
    found but never shown. `due_on` stands only while the thing is open.
    """

    kind: str
    key: int
    at: datetime
    title: str
    url: str
    readers: tuple[str, ...]
    agency: int = 0
    line: str = ""
    body: str = ""
    number: str = ""
    other_numbers: tuple[str, ...] = ()
    sender: str = ""
    due_on: date | None = None


def terms_of(card: CardInput) -> set[str]:
    """Every term of a card."""
    terms = {f"?{card.kind}", *slices_of(card.at), *(f"={key}" for key in card.readers)}
    if card.due_on:
        terms.add(DUE)
    for number in filter(None, (card.number, *card.other_numbers)):
        terms.update(number_terms(number))
    for field in (card.title, card.line, card.number, *card.other_numbers, card.body):
        terms.update(_field_terms(field))
    terms.update(_sender_terms(card.sender))
    return terms


def _field_terms(field: str) -> list[str]:
    """The words of a field, and the same without marks, alone and with their neighbour."""
    words = search_words(field)[:BODY_WORDS]
    bare = [_fold(word) for word in words]
    return [*words, *(f"~{word}" for word in bare), *pairs(bare)]


@lru_cache(maxsize=4096)
def _sender_terms(sender: str) -> list[str]:
    """A sender is found as its words are, and as itself. The same few hundred agencies write most letters."""
    bare = [_fold(word) for word in search_words(sender)]
    return [*_field_terms(sender), *(f"@{term.removeprefix('~')}" for term in (*bare, *pairs(bare)))]


_fold = lru_cache(maxsize=65536)(fold)


def pairs(bare: list[str]) -> list[str]:
    """Each two neighbours of folded words as one term."""
    return [f"~{first}_{second}" for first, second in zip(bare, bare[1:], strict=False)]


def number_parts(text: str) -> tuple[str, list[str]]:
    """The digits of a number and its other parts, folded: "012/QĐ-UBND" -> ("12", ["qd", "ubnd"])."""
    first, *rest = PARTS.findall(fold(text)) or [""]
    return (first.lstrip("0") or first, rest) if first.isdigit() else ("", [first, *rest])


def number_terms(number: str) -> Iterator[str]:
    """A number is found by its digits, and by its digits with any one of its other parts."""
    digits, rest = number_parts(number)
    if digits:
        yield f"#{digits}"
        yield from (f"#{digits}/{part}" for part in rest)


def quoted(term: str) -> str:
    """A term as PostgreSQL reads it in a vector or a query."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(terms: Iterable[str]) -> str:
    """Terms as the text of a tsvector. Terms longer than any word are left out."""
    told = "\0".join([term for term in terms if len(term) <= 200])
    return quoted(told).replace("\0", "' '") if told else ""

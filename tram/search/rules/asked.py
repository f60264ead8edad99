"""What was asked: one line of text read as words, phrases, numbers and filters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tram.search.rules.spans import Span, span
from tram.vietnamese.text import fold, nfc, search_words, telex_repair

TOKEN = re.compile(r'(?:([^\W\d_]{1,12}):)?(?:"([^"]*)"?|([^\s"]+))')
NUMBER = re.compile(r"\d+[^\W\d_]*(?:\s*[/_.\-–]\s*[^\W_]+)+")
LONGEST = 300
MOST_WORDS = 24
FILTERS = {"den": "Đến", "han": "Hạn", "tu": "Nơi gửi", "loai": "Loại"}
ADVICE = {
    "den": "den:homnay, den:tuannay, den:thangtruoc, den:3/2026 hoặc den:5/3/2026",
    "tu": 'tu:"Sở Tài chính"',
    "han": "han:qua, han:homnay, han:tuannay hoặc han:5/3/2026",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """Bộ lọc đã hiểu: what it says, and the words that remain when it is taken away."""

    label: str
    rest: str


@dataclass(frozen=True, slots=True)
class Query:
    """Câu hỏi tìm kiếm, taken apart. `sentences` tell what was not understood and how to ask it."""

    words: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    unnumbered: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    senders: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    came: Span | None = None
    due: Span | None = None
    overdue: date | None = None
    chips: tuple[Chip, ...] = field(default=())
    sentences: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing that could narrow the search."""
        return not (self.words or self.phrases or self.chips)


def ask(text: str, today: date, kinds: Mapping[str, tuple[str, str]]) -> Query:
    """Read what somebody typed. `kinds`: kind -> (the word after "loai:", its Vietnamese name)."""
    tokens = list(TOKEN.finditer(nfc(text).replace("\x00", " ")[:LONGEST]))
    query, free = Query(), []
    for place, token in enumerate(tokens):
        name, value = fold(token[1] or ""), token[2] if token[2] is not None else token[3]
        if name in FILTERS:
            rest = " ".join(other[0] for at, other in enumerate(tokens) if at != place)
            query = _filtered(query, name, value.strip(), rest, today, kinds)
        elif token[2] is not None and not name:
            query = replace(query, phrases=(*query.phrases, tuple(search_words(value)[:MOST_WORDS])))
        else:
            free.append(token[0])
            if name and not value.startswith("/"):
                query = _say(query, f"Không có bộ lọc “{token[1]}:”. Dùng được: den:, han:, tu:, loai:.")
    return _worded(query, " ".join(free))


def _worded(query: Query, text: str) -> Query:
    numbers = [found[0] for found in NUMBER.finditer(text)]
    unnumbered = search_words(NUMBER.sub(" ", text))
    words = tuple(search_words(text)[:MOST_WORDS])
    if len(words) == 1 and words[0].isdigit():
        numbers, unnumbered = [words[0]], []
    repaired = tuple(search_words(telex_repair(text))[:MOST_WORDS])
    return replace(
        query, words=words, repaired=() if repaired == words else repaired, numbers=tuple(numbers),
        unnumbered=tuple(unnumbered[:MOST_WORDS]), phrases=tuple(filter(None, query.phrases)),
    )  # fmt: skip


def _filtered(
    query: Query, name: str, value: str, rest: str, today: date, kinds: Mapping[str, tuple[str, str]]
) -> Query:
    chips = (*query.chips, Chip(f"{FILTERS[name]}: {value}", rest))
    if name == "tu" and search_words(value):
        return replace(query, senders=(*query.senders, value), chips=chips)
    if name == "loai":
        asked = fold(value).replace(" ", "")
        known = {word: (kind, label) for kind, (word, label) in kinds.items()}
        if asked not in known:
            return _say(query, f"Không có loại “{value}”. Dùng được: {', '.join(f'loai:{word}' for word in known)}.")
        kind, label = known[asked]
        return replace(query, kinds=(*query.kinds, kind), chips=(*chips[:-1], Chip(f"Loại: {label}", rest)))
    if name == "han" and fold(value).replace(" ", "") in ("qua", "quahan"):
        return replace(query, overdue=today, chips=(*chips[:-1], Chip("Hạn: đã quá hạn", rest)))
    found = span(value, today) if name != "tu" else None
    if found is None:
        return _say(query, f"Không đọc được “{name}:{value}”. Viết: {ADVICE[name]}.")
    chips = (*chips[:-1], Chip(f"{FILTERS[name]}: {found.name}", rest))
    return replace(query, came=found, chips=chips) if name == "den" else replace(query, due=found, chips=chips)


def _say(query: Query, sentence: str) -> Query:
    return replace(query, sentences=(*query.sentences, sentence))

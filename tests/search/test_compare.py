"""Every kind of question gets exactly what a slow reading of all cards gives, in the same order."""

from functools import cache
from itertools import count

import pytest
from django.db import connection

from tests.search.conftest import DAY, NOW, many, plant, somebody
from tram.kernel.actors import Actor
from tram.search import queries
from tram.search.rules.lexemes import CardInput, number_parts
from tram.vietnamese.text import fold, search_words

QUESTIONS = [
    "báo cáo", "bao cao", "án", "an", "hiệu quả", "hieu qua tai chinh", "trạm thu phát sóng", "internet", "stttt bao cao",
    "12/UBND", "7/qđ-ubnd", "3 stttt bcvt", '"tài chính"', '"tai chinh" bao', "han:qua", "den:tuannay", "báo den:namtruoc",
    'tu:"Sở Tài chính" kế hoạch', "tu:bưu loai:thu", "han:qua den:thangnay bao", "hoà thuý", "không có chữ này", "an an",
]  # fmt: skip
PEOPLE = [
    somebody(), somebody(unit=7, agency=9, post=70, role="specialist", over=7),
    somebody(unit=8, agency=8, post=80, role="specialist", over=8),
]  # fmt: skip


@pytest.fixture
def cards(db: None) -> list[CardInput]:
    made = list(many(1500))
    plant(made)
    return made


@cache
def fields_of(card: CardInput) -> list[list[str]]:
    return [search_words(text) for text in (card.title, card.line, card.number, card.sender, card.body)]


def says(card: CardInput, word: str, *, exactly: bool) -> bool:
    words = [found for words in fields_of(card) for found in words]
    return word in words or (not exactly and fold(word) == word and word in map(fold, words))


def side_by_side(card: CardInput, words: list[str]) -> bool:
    bare = [fold(word) for word in words]
    shown = [pair for field in fields_of(card) for pair in zip(map(fold, field), [*map(fold, field[1:])], strict=False)]
    return all(pair in shown for pair in zip(bare, bare[1:], strict=False))


def numbered(card: CardInput, asked: str) -> bool:
    (digits, rest), (own, parts) = number_parts(asked), number_parts(card.number)
    *whole, last = rest or [""]
    return digits == own and set(whole) <= set(parts) and (not rest or any(part.startswith(last) for part in parts))


def tier(card: CardInput, query: queries.Query) -> int | None:
    """Which tier a card is in, by reading it; None when it does not match."""
    if query.numbers and all(numbered(card, n) for n in query.numbers):
        return 0
    words = list(query.words)
    loosely = all(says(card, word, exactly=False) for word in words)
    exactly, beside = all(says(card, word, exactly=True) for word in words), side_by_side(card, words)
    if not loosely:
        return None
    return 1 + (0 if exactly and beside else 1 if beside else 2 if exactly else 3)


def fits(card: CardInput, actor: Actor, query: queries.Query) -> bool:
    at = card.at.date()
    sender = search_words(card.sender)
    return (
        bool({*actor.keys(DAY), "public"} & set(card.readers))
        and (not query.came or query.came.first <= at <= query.came.last)
        and (not query.overdue or (card.due_on is not None and card.due_on < query.overdue))
        and (not query.kinds or card.kind in query.kinds)
        and all(" ".join(map(fold, search_words(s))) in " ".join(map(fold, sender)) for s in query.senders)
        and all(all(says(card, w, exactly=False) for w in p) and side_by_side(card, list(p)) for p in query.phrases)
    )


def slowly(cards: list[CardInput], actor: Actor, text: str) -> list[str]:
    query = queries.ask(text, DAY, {"tests.letter": ("thu", ""), "tests.task": ("viecthu", "")})
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind || '/' || key, id FROM search_card")
        ids = dict(cursor.fetchall())
    found = [
        (rank, -card.at.timestamp(), -ids[f"{card.kind}/{card.key}"], f"{card.kind}/{card.key}")
        for card in cards
        if fits(card, actor, query) and (rank := tier(card, query)) is not None
    ]
    return [ref for *_, ref in sorted(found)]


def quickly(actor: Actor, text: str, limit: int) -> list[str]:
    refs, place = [], ""
    while True:
        found = queries.search(actor=actor, at=NOW, text=text, place=place, limit=limit)
        refs += [hit.ref for hit in found.hits]
        place = found.next_place
        if not place:
            return refs


@pytest.mark.parametrize(("few", "full", "limit"), [(200, 500, 23), (3, 5, 50), (0, 500, 50)])
def test_every_question_gets_what_a_slow_reading_gives(
    cards: list[CardInput], monkeypatch: pytest.MonkeyPatch, few: int, full: int, limit: int
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    monkeypatch.setattr(queries, "FULL", full)
    for text in QUESTIONS:
        for actor in PEOPLE:
            expected = slowly(cards, actor, text)
            assert quickly(actor, text, limit) == expected, text


def test_a_search_out_of_time_goes_on_where_it_stopped(cards: list[CardInput], monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count()
    monkeypatch.setattr(queries, "FEW", 0)
    monkeypatch.setattr(queries.time, "monotonic", lambda: next(seconds) * queries.BUDGET / 5)
    assert quickly(PEOPLE[0], "an", 7) == slowly(cards, PEOPLE[0], "an")
    first = queries.search(actor=PEOPLE[0], at=NOW, text="báo cáo han:qua", limit=500)
    assert first.searched_to is not None and first.searched_to < NOW


def test_the_questions_have_answers(cards: list[CardInput]) -> None:
    counts = [len(slowly(cards, PEOPLE[0], text)) for text in QUESTIONS]
    assert sum(count > 0 for count in counts) >= len(QUESTIONS) - 2

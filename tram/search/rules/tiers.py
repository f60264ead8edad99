"""In what order hits come: tiers that share no card, newest first inside each.

1. the number that was asked for; 2. all words side by side, written just so; 3. side by side, marks added to words
typed without any; 4. all words anywhere, just so; 5. anywhere, marks added; then 2-5 again as Telex would have read
the keys. A word typed with marks never gives up its marks, except in `unmarked`, for when nothing else was found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tram.search.rules.asked import Query
from tram.search.rules.lexemes import DUE, number_parts, pairs, quoted
from tram.vietnamese.text import fold, search_words


@dataclass(frozen=True, slots=True)
class Tier:
    """Bậc kết quả: the condition of its own cards, and that of its own and all later tiers' cards.

    A narrow tier is cheap to read whole; one of words anywhere in the text may not be.
    """

    own: str
    rest: str
    is_narrow: bool = False


def tiers(query: Query, keys: Iterable[str]) -> list[Tier]:
    """The tiers of a question, for somebody with these reader keys, as text of a tsquery."""
    readings = [_reading(words) for words in (query.words, query.repaired) if words]
    if query.numbers:
        number = _all([*map(_number, query.numbers), *_loose(query.unnumbered)])
        readings.insert(0, [Part(number, (), number, (), is_narrow=True)])
    return _joined(readings or [[Part("", (), "", ())]], _always(query, keys))


def unmarked(query: Query, keys: Iterable[str]) -> list[Tier]:
    """One tier that forgives wrong marks; none when no word had any."""
    bare = [fold(word) for word in query.words]
    if bare == list(query.words):
        return []
    condition = _all([_always(query, keys), *(quoted(f"~{word}") for word in bare)])
    return [Tier(condition, condition)]


def unfinished(query: Query, keys: Iterable[str]) -> list[Tier]:
    """One tier for words still being typed: the last one may go on. None for fewer than two words."""
    if len(query.words) < 2:
        return []
    *_, last = pairs([fold(word) for word in query.words])
    words = query.words[:-1]
    condition = _all([_always(query, keys), *_beside(words), *_loose(words), f"{quoted(last)}:*"])
    return [Tier(condition, condition)]


@dataclass(frozen=True, slots=True)
class Part:
    """One tier of one reading: what it asks, what of that earlier ones took; the loosest of the reading, and what
    earlier ones took of that."""

    own: str
    own_but: tuple[str, ...]
    loosest: str
    loosest_but: tuple[str, ...]
    is_narrow: bool = False


def _reading(words: Sequence[str]) -> list[Part]:
    """The two to four tiers of one reading of the words, with no condition that another one implies."""
    pair, exact, loose = _all(_beside(words)), _all(_just_so(words)), _all(_loose(words))
    if not pair:
        return [Part(exact, (), loose, ()), *([Part(loose, (exact,), loose, (exact,))] if exact != loose else [])]
    beside = _all([pair, *(quoted(word) for word in words if fold(word) != word)])
    both = _all([pair, exact])
    if exact == loose:
        return [Part(both, (), loose, (), is_narrow=True), Part(exact, (pair,), loose, (both,))]
    return [
        Part(both, (), loose, (), is_narrow=True),
        Part(beside, (exact,), loose, (both,), is_narrow=True),
        Part(exact, (pair,), loose, (beside,)),
        Part(loose, (pair, exact), loose, (beside, exact)),
    ]


def _joined(readings: list[list[Part]], always: str) -> list[Tier]:
    found: list[Tier] = []
    for place, reading in enumerate(readings):
        taken = [f"!({earlier[0].loosest})" for earlier in readings[:place]]
        later = [other[0].loosest for other in readings[place + 1 :]]
        for part in reading:
            own = [always, part.own, *(f"!({but})" for but in part.own_but), *taken]
            wide = " | ".join(f"({one})" for one in [part.loosest, *later]) if later else part.loosest
            rest = [always, f"({wide})" if wide else "", *(f"!({but})" for but in part.loosest_but), *taken]
            found.append(Tier(_all(filter(None, own)), _all(filter(None, rest)), part.is_narrow))
    return found


def _always(query: Query, keys: Iterable[str]) -> str:
    """What holds in every tier: one of the reader's keys, the phrases, the filters."""
    conditions = [_readers(keys)]
    conditions += [condition for phrase in query.phrases for condition in (*_beside(phrase), *_loose(phrase))]
    for sender in query.senders:
        bare = [fold(word) for word in search_words(sender)]
        conditions += [quoted(f"@{word}") for word in bare]
        conditions += [quoted(pair.replace("~", "@")) for pair in pairs(bare)]
    if query.kinds:
        conditions.append("(" + " | ".join(quoted(f"?{kind}") for kind in query.kinds) + ")")
    if query.due or query.overdue:
        conditions.append(quoted(DUE))
    return _all(conditions)


def _readers(keys: Iterable[str]) -> str:
    return "(" + " | ".join(quoted(f"={key}") for key in dict.fromkeys([*keys, "public"])) + ")"


def _number(text: str) -> str:
    digits, rest = number_parts(text)
    if not rest:
        return quoted(f"#{digits}")
    *whole, last = (quoted(f"#{digits}/{part}") for part in rest)
    return _all([*whole, f"{last}:*"])


def _just_so(words: Sequence[str]) -> list[str]:
    return [quoted(word) for word in words]


def _loose(words: Sequence[str]) -> list[str]:
    """A word without marks stands for all words that are the same without theirs."""
    return [quoted(f"~{word}" if fold(word) == word else word) for word in words]


def _beside(words: Sequence[str]) -> list[str]:
    return [quoted(pair) for pair in pairs([fold(word) for word in words])]


def _all(conditions: Iterable[str]) -> str:
    return " & ".join(dict.fromkeys(conditions))

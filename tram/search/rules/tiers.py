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
class Tiers:
    """Bậc kết quả: what holds in all of them, and each one's own condition, as text of a tsquery."""

    always: str
    each: tuple[str, ...]

    def between(self, first: int, last: int) -> str:
        """The cards of tiers `first` up to but not with `last` that are in no earlier one."""
        own = [f"({' | '.join(self.each[first:last])})"] if all(self.each) else []
        return _all([self.always, *own, *(f"!({earlier})" for earlier in self.each[:first])])


def tiers(query: Query, keys: Iterable[str]) -> Tiers:
    """The tiers of a question, for somebody with these reader keys."""
    found = [_all([*map(_number, query.numbers), *_loose(query.unnumbered)])] if query.numbers else []
    for words in filter(None, (query.words, query.repaired)):
        beside, just_so, loose = _beside(words), _just_so(words), _loose(words)
        apart = [_all(just_so), _all(loose)]
        found += [_all([*beside, *just_so]), _all([*beside, *loose]), *apart] if beside else apart
    return Tiers(_always(query, keys), tuple(dict.fromkeys(found)) or ("",))


def unmarked(query: Query, keys: Iterable[str]) -> Tiers:
    """One tier that forgives wrong marks; none when no word had any."""
    bare = [fold(word) for word in query.words]
    each = (_all(quoted(f"~{word}") for word in bare),) if bare != list(query.words) else ()
    return Tiers(_always(query, keys), each)


def unfinished(query: Query, keys: Iterable[str]) -> Tiers:
    """One tier for words still being typed: the last one may go on. None for fewer than two words."""
    each: tuple[str, ...] = ()
    if len(query.words) > 1:
        *_, last = pairs([fold(word) for word in query.words])
        each = (_all([*_beside(query.words[:-1]), *_loose(query.words[:-1]), f"{quoted(last)}:*"]),)
    return Tiers(_always(query, keys), each)


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

"""Sentences that stand nearly alike in two articles: copied, and perhaps misspelt in one of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from tram.news.rules.capitals import CAPITAL
from tram.vietnamese.text import search_words

SENTENCE = re.compile(rf"(?<=[.!?…])\s+(?=[\"“{CAPITAL}])|\n")
SHINGLE, FEWEST_WORDS, MOST_PLACES = 4, 10, 40
ALIKE, FEWEST_SHARED = 0.7, 0.2
MOST_OF_ONE, MOST_PAIRS = 150, 10_000
"""Sentences of one article, and pairs of sentences, that are compared: whoever brought the articles waits for it."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Hai câu gần trùng: the sentence here, its like in another article, how alike (0..1), the words that differ."""

    sentence: str
    other: str
    other_sentence: str
    alike: float
    differences: tuple[tuple[str, str], ...]


def twins(articles: Mapping[str, str]) -> dict[str, list[Twin]]:
    """For each article (name -> plain text) its sentences that stand nearly alike in another one, in order of place."""
    sentences = [one for name, text in articles.items() for one in islice(_sentences(name, text), MOST_OF_ONE)]
    found: dict[str, list[Twin]] = defaultdict(list)
    for here, there in sorted(_candidates([(name, words) for name, _, words in sentences]))[:MOST_PAIRS]:
        matcher = SequenceMatcher(None, sentences[here][2], sentences[there][2], autojunk=False)
        alike = round(matcher.ratio(), 2)
        if alike >= ALIKE:
            for one, other, swapped in ((here, there, False), (there, here, True)):
                differing = _differing(matcher, sentences[here][2], sentences[there][2], swapped=swapped)
                twin = Twin(sentences[one][1], sentences[other][0], sentences[other][1], alike, differing)
                found[sentences[one][0]].append(twin)
    return dict(found)


def _sentences(name: str, text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The sentences of an article that are long enough to be copied, each with its words."""
    for sentence in SENTENCE.split(text):
        words = tuple(search_words(sentence))
        if len(words) >= FEWEST_WORDS:
            yield name, sentence.strip(), words


def _candidates(sentences: list[tuple[str, tuple[str, ...]]]) -> Iterable[tuple[int, int]]:
    """Pairs of different articles that share enough runs of four words; runs that stand everywhere say nothing."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (_, words) in enumerate(sentences):
        for run in {words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1)}:
            places[run].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in places.values():
        if 1 < len(numbers) <= MOST_PLACES:
            for at, here in enumerate(numbers):
                for there in numbers[at + 1 :]:
                    if sentences[here][0] != sentences[there][0]:
                        shared[here, there] += 1
    for (here, there), count in shared.items():
        if count >= FEWEST_SHARED * (min(len(sentences[here][1]), len(sentences[there][1])) - SHINGLE + 1):
            yield here, there


def _differing(
    matcher: "SequenceMatcher[str]", here: tuple[str, ...], there: tuple[str, ...], *, swapped: bool
) -> tuple[tuple[str, str], ...]:
    found = [(" ".join(here[a:b]), " ".join(there[c:d])) for op, a, b, c, d in matcher.get_opcodes() if op != "equal"]
    return tuple((other, one) if swapped else (one, other) for one, other in found)

"""Search: pages of hits for six kinds of question, and whether the letter that somebody looks for stands in the first three."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from tram.bench.measures import Figure
from tram.bench.opening import Page, Reader
from tram.documents.models import Incoming
from tram.documents.queries import visible_to
from tram.kernel.clock import now
from tram.search.queries import Hit, search
from tram.site.trouble import Trouble
from tram.vietnamese.text import fold, search_words

SEED, SAMPLE, EACH, LOOKUPS, TELLING = 2026, 3000, 60, 1000, 3
COMMON, MEDIUM, RARE = 0.08, (0.002, 0.03), 0.002
"""The share of letters in which each word of a question stands: at least, between, at most."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Văn bản để hỏi: what somebody remembers of it."""

    pk: int
    words: tuple[str, ...]
    title: str
    code: str
    sender: str


class Questions:
    """Questions made of letters that the reader may see, with how often each word stands in all of them."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.chance = reader, Random(SEED)
        self.letters = list(_sample(reader, self.chance))
        if len(self.letters) < 50:
            raise Trouble("Dữ liệu có quá ít văn bản để đo tìm kiếm. Nạp thêm: tram demo --letters 100000")
        self.often = Counter(fold(word) for letter in self.letters for word in set(letter.words))

    def ask(self, kind: str) -> str:
        """One question of a kind; every second one is typed without marks."""
        text = self._phrase() if kind == "phrase" else self._number() if kind == "number" else self._words(kind)
        return fold(text) if kind == "bare" or self.chance.random() < 0.5 else text

    def _words(self, kind: str) -> str:
        fits = {"common": self._is_common, "rare": self._is_rare}.get(kind, self._is_medium)
        while True:
            words = [word for word in self.chance.choice(self.letters).words if fits(word)]
            if len(words) >= 2 or (words and kind == "rare"):
                return " ".join(self.chance.sample(words, min(2, len(words))))

    def _share(self, word: str) -> float:
        return self.often[fold(word)] / len(self.letters)

    def _is_common(self, word: str) -> bool:
        return self._share(word) >= COMMON

    def _is_medium(self, word: str) -> bool:
        return MEDIUM[0] <= self._share(word) <= MEDIUM[1]

    def _is_rare(self, word: str) -> bool:
        return self._share(word) <= RARE

    def _phrase(self) -> str:
        words = self.chance.choice([letter for letter in self.letters if len(letter.words) > 4]).words
        first = self.chance.randrange(len(words) - 3)
        return f'"{" ".join(words[first : first + 3])}"'

    def _number(self) -> str:
        return self.chance.choice([letter for letter in self.letters if letter.code]).code


def _sample(reader: Reader, chance: Random) -> Iterator[Letter]:
    mine = visible_to(reader.actor, now().date()).filter(arrival_number__isnull=False, secrecy=0)
    keys = list(mine.order_by("-pk").values_list("pk", flat=True)[: SAMPLE * 20])
    for one in Incoming.objects.filter(pk__in=chance.sample(keys, min(SAMPLE, len(keys)))).order_by("pk"):
        yield Letter(one.pk, tuple(search_words(one.subject)), one.subject, one.code, one.organ_name)


def pages(reader: Reader) -> list[Page]:
    """The page of hits for each kind of question, each checked once against what the letters themselves say."""
    questions, made = Questions(reader), []
    for kind in ("rare", "medium", "common", "bare", "phrase", "number"):
        asked = [questions.ask(kind) for _ in range(EACH)]
        for text in asked[:20]:
            _must_be_true(reader, text)
        made.append(
            Page(f"search_{kind}", reader, [(f"/tim?{_query(text)}", _floor(reader, kind, text)) for text in asked])
        )
    return made


def _query(text: str) -> str:
    return urlencode({"q": text})


def _floor(reader: Reader, kind: str, text: str) -> dict[str, Any]:
    """The same question as one plain condition: who may read, and every word."""
    words = sorted({fold(word) for word in search_words(text)})
    readers = " | ".join(_quoted(f"={key}") for key in reader.actor.keys(now().date()))
    terms = [_quoted(f"~{word}") for word in words]
    if kind == "number":
        digits = next((word.lstrip("0") for word in words if word.isdigit()), "")
        terms = [_quoted(f"#{digits}")] if digits else terms
    return {"asked": " & ".join([f"({readers})", *terms])}


def _quoted(term: str) -> str:
    return "'" + term.replace("'", "''") + "'"


def _letters(hits: list[Hit]) -> list[int]:
    """The keys of the hits that are letters of the book; articles and letters of our own are found too."""
    return [int(key) for kind, _, key in (hit.ref.partition("/") for hit in hits) if kind == "documents.incoming"]


def _must_be_true(reader: Reader, text: str) -> None:
    """Every hit is a letter that this person may read and that holds every word of the question."""
    words = _bare(text)
    found = search(actor=reader.actor, at=now(), text=text)
    keys = _letters(found.hits)
    mine = {one.pk: one for one in visible_to(reader.actor, now().date()).filter(pk__in=keys)}
    for key in keys:
        one = mine.get(key)
        if not one or not words <= _bare(_told(one)):
            raise Trouble(f"Tìm “{text}” ra văn bản {key} mà người tìm không được xem, hoặc không có đủ các chữ.")


def _bare(text: str) -> set[str]:
    """Its words without marks, numbers without the zeros before them."""
    return {fold(word).lstrip("0") or "0" if word.isdigit() else fold(word) for word in search_words(text)}


def _told(one: Incoming) -> str:
    parts = (
        "Số đến",
        one.subject,
        one.organ_name,
        one.code,
        one.signer_full_name,
        one.description,
        one.arrival_number,
        one.outcome,
    )
    return " ".join(map(str, parts))


def top3(reader: Reader) -> Figure:
    """`search.top3`: of a thousand look-ups, the share in which the letter looked for stands in the first three.

    What is typed: its number, the three words of its subject that fewest letters have, or its whole subject; half
    without marks. Nobody types words that stand in every letter to find one. A letter whose subject and sender are
    the same to the letter counts too: nobody could have told them apart. `ambiguous` is the share of misses in which
    each of the three holds all that was typed, as the letter itself does: reports of every month, numbers that every
    commune gives.
    """
    questions, chance = Questions(reader), Random(SEED)
    found = Counter[str]()
    for letter in chance.choices(questions.letters, k=LOOKUPS):
        typed = chance.choice([letter.code or letter.title, _telling(questions, letter), letter.title])
        hits = search(actor=reader.actor, at=now(), text=fold(typed) if chance.random() < 0.5 else typed).hits[:3]
        keys = _letters(hits)
        shown = list(Incoming.objects.filter(pk__in=keys).order_by("pk"))
        if letter.pk in keys:
            found["very"] += 1
        elif any((one.subject, one.organ_name) == (letter.title, letter.sender) for one in shown):
            found["alike"] += 1
        elif len(shown) == 3 and all(_bare(typed) <= _bare(f"{one.code} {one.subject}") for one in shown):
            found["ambiguous"] += 1
    share = {name: found[name] / LOOKUPS for name in ("very", "alike", "ambiguous")}
    value = share["very"] + share["alike"]
    return Figure(
        "search.top3",
        more={"n": LOOKUPS, "value": round(value, 4), "very_letter": share["very"], "ambiguous": share["ambiguous"]},
    )


def _telling(questions: Questions, letter: Letter) -> str:
    """The words of a letter's subject by which one remembers it, in their order."""
    rarest = sorted(set(letter.words), key=lambda word: (questions.often[fold(word)], word))[:TELLING]
    return " ".join(word for word in dict.fromkeys(letter.words) if word in rarest)

"""Requests of the table with other ids in them: whatever is swapped, nothing foreign is read, written or told apart."""

import os
import random
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.rights.engine import Answer, ask, bare, content_of, given_away, undone
from tests.rights.judging import placed
from tests.rights.scene import CANARIES, FILES, NO_FILE, NO_PK, Scene
from tests.rights.table import Row, readers

MUTANTS = int(os.environ.get("TRAM_MUTANTS", "300"))
"""How many; TRAM_MUTANTS=50000 for the full run (docs/howto/rights.md)."""
REPLAYS = MUTANTS // 20
NAME = re.compile(r"\{([a-z_.]+)\}")
WORDS = {"canary", "file_name"}
"""What the scene names besides ids."""
EVERYWHERE = {"tinh"}
"""Whose right reaches every agency."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A request that somebody may make, with other ids in it."""

    row: Row
    person: str
    kind: str
    ids: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How a difference is told."""
        return f"{self.row.name} {self.person} {self.kind} {self.ids}"


class Breeder:
    """Makes mutants of the rows, by one die."""

    def __init__(self, scene: Scene, lines: list[Row], seed: int) -> None:
        self.scene, self.dice = scene, random.Random(seed)
        self.bases = [
            (row, person)
            for row in lines
            if names(row)
            for person, word in row.expected.items()
            if word == "yes" and person != "anonymous"
        ]
        self.kinds = {
            "one of another's": self._foreign,
            "of another kind": self._strange,
            "a neighbour": self._near,
            "nobody's": self._nobody,
        }

    def __iter__(self) -> Iterator[Mutant]:
        while True:
            row, person = self.dice.choice(self.bases)
            places = names(row)
            count = self.dice.randint(1, len(places)) if self.dice.random() < 0.4 else 1
            chosen = self.dice.sample(places, count)
            kinds = [self.dice.choice(list(self.kinds)) for _ in chosen]
            ids = {place: self.kinds[kind](row, place) for place, kind in zip(chosen, kinds, strict=True)}
            headers = {}
            if self.dice.random() < 0.2:
                other = self.dice.choice(("ours", "theirs", "secret"))
                headers = {"HX-Request": "true", "HX-Current-URL": self.scene.place("/van-ban-den/{letter}", other)}
            yield Mutant(row, person, " + ".join(kinds), ids, headers)

    def _foreign(self, row: Row, place: str) -> Any:
        """The same thing of another relation."""
        held = [things[place] for about, things in self.scene.things.items() if about != row.about and place in things]
        return self.dice.choice(held) if held else self._strange(row, place)

    def _strange(self, _row: Row, _place: str) -> Any:
        """The id of some other thing."""
        about = self.dice.choice([about for about, things in self.scene.things.items() if things])
        return self.dice.choice([value for name, value in self.scene.things[about].items() if name not in WORDS])

    def _near(self, row: Row, place: str) -> Any:
        """The number before or after; of a file, the hash of its content."""
        own = current(self.scene, row, place)
        if place in FILES:
            return self.dice.choice([NO_FILE, *self.scene.hashes])
        return int(own) + self.dice.choice((-2, -1, 1, 2)) if str(own).isdigit() else own

    def _nobody(self, _row: Row, place: str) -> Any:
        return nobody(place)


def names(row: Row) -> list[str]:
    """The {names} of ids in a row's path and body."""
    return [name for name in dict.fromkeys(NAME.findall(row.path + str(row.body))) if name not in WORDS]


def current(scene: Scene, row: Row, place: str) -> str:
    """The id that stands there unchanged."""
    return scene.place("{" + place + "}", row.about)


def nobody(place: str) -> Any:
    """An id of that shape that nobody has."""
    return NO_FILE if place.rpartition(".")[2] in FILES else NO_PK


def fill(text: str, ids: dict[str, Any]) -> str:
    """The text with these ids in their places."""
    for place, value in ids.items():
        text = text.replace("{" + place + "}", str(value))
    return text


def put(scene: Scene, mutant: Mutant, ids: dict[str, Any]) -> Answer:
    """Ask it with these ids."""
    row = mutant.row
    changed = Row(row.line, row.method, row.route, row.about, fill(row.path, ids), _filled(row.body, ids), {})
    path = scene.place(changed.path, row.about)
    return ask(scene, mutant.person, row.method, path, placed(scene, changed), more=mutant.headers)


def _filled(value: Any, ids: dict[str, Any]) -> Any:
    if isinstance(value, str):
        return fill(value, ids)
    if isinstance(value, dict):
        return {name: _filled(item, ids) for name, item in value.items()}
    return [_filled(item, ids) for item in value] if isinstance(value, list) else value


def hold(scene: Scene, lines: list[Row], *, count: int, seed: int) -> Counter[str]:
    """Put so many mutants; fails with every breach. Returns how many answers there were of each outcome."""
    wrong: list[str] = []
    told = Counter[str]()
    unseen: dict[tuple[int, str, str, tuple[str, ...]], str] = {}
    for number, mutant in enumerate(Breeder(scene, lines, seed)):
        if number == count:
            break
        answer = put(scene, mutant, mutant.ids)
        told[answer.outcome] += 1
        wrong += [f"{mutant.name}: {breach}" for breach in breaches(scene, mutant, answer)]
        if answer.outcome == "hide" and not mutant.headers:
            places = tuple(sorted(mutant.ids))
            key = (mutant.row.line, mutant.row.about, mutant.person, places)
            if key not in unseen:
                missing = put(scene, mutant, {place: nobody(place) for place in places})
                unseen[key] = missing.plain() if missing.outcome == "hide" else ""
            if unseen[key] and answer.plain() != unseen[key]:
                wrong.append(f"{mutant.name}: not yours and not there differ")
    assert not wrong, f"{len(wrong)} breaches\n" + "\n".join(wrong[:50])
    return told


def breaches(scene: Scene, mutant: Mutant, answer: Answer) -> list[str]:
    """What is wrong with one answer."""
    person = mutant.person
    found = [f"gave away {about}" for about in given_away(person, answer)]
    found += [f"wrote into {about}" for about in answer.reached if person not in readers()[about]]
    if answer.status >= 500:
        found.append(f"answered {answer.status}")
    if answer.status >= 400 and answer.changed:
        found.append(f"refused, but changed {sorted(answer.changed)}")
    login = person.split("_")[0]
    own = {0, *(hat.agency for hat in scene.cast.actor(login).hats)}
    if login not in EVERYWHERE and (foreign := answer.agencies - own):
        found.append(f"acted in the agencies {sorted(foreign)}")
    return found + [f"came without {header}" for header in bare(answer)]


def replays(scene: Scene, lines: list[Row], *, count: int, seed: int) -> None:
    """An answer kept under somebody's idempotency key is for nobody else, whatever they ask with it."""
    dice = random.Random(seed)
    posts = [row for row in lines if row.method == "POST" and row.about in CANARIES and "yes" in row.expected.values()]
    wrong = []
    for _ in range(count):
        row = dice.choice(posts)
        owner = dice.choice([person for person, word in row.expected.items() if word == "yes"])
        thief = dice.choice([person for person, word in row.expected.items() if word in ("no", "hide")] or ["nga"])
        path, key = scene.place(row.path, row.about), {"Idempotency-Key": str(uuid.uuid4())}
        with undone():
            for person in (owner, thief):
                client = scene.client(person)
                cookies, words = client.cookies.copy(), content_of(placed(scene, row), path)
                answer = client.post(path, headers=key, **words)
                client.cookies = cookies
        said = str(answer.headers).encode() + answer.getvalue()
        if "Idempotent-Replay" in answer.headers:
            wrong.append(f"{row.name} {owner} {thief}: got the answer that was kept for another")
        wrong += [
            f"{row.name} {owner} {thief}: gave away {about}"
            for about, word in CANARIES.items()
            if thief not in readers()[about] and word.encode() in said
        ]
    assert not wrong, "\n".join(wrong)

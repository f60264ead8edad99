"""Somebody else's ids, one and two at a time, in address, query and body: nothing read, nothing written, nothing falls."""

import json
import re
from random import Random
from typing import Any

from tests.rights.engine import Answer, ask, given_away
from tests.rights.scene import Scene
from tests.rights.table import Row, readers, rows

NAMED = re.compile(r"\{([a-z]+\.)?([a-z_]+)\}")
MUTANTS = 400


def swapped(random: Random, scene: Scene, row: Row) -> tuple[str, Any]:
    """The row's request with one or two of its ids taken from another relation, or from nowhere."""
    text = row.path + "\x00" + json.dumps(row.body)
    names = [found.group(2) for found in NAMED.finditer(text)]
    chosen = set(random.sample(range(len(names)), min(len(names), random.choice((1, 1, 2)))))
    count = iter(range(len(names)))

    def swap(found: re.Match[str]) -> str:
        if next(count) not in chosen:
            return found.group()
        about = random.choice(("theirs", "theirs", "secret", "none"))
        others = [name for name in scene.things[about] if name != "canary"] or [found.group(2)]
        same = found.group(2) in others and random.random() < 0.8
        return scene.place("{" + (found.group(2) if same else random.choice(others)) + "}", about)

    path, _, body = scene.place(NAMED.sub(swap, text), row.about).partition("\x00")
    return path, json.loads(body)


def harm(person: str, answer: Answer) -> list[str]:
    """What the answer did that it must not."""
    written = [about for about in answer.reached if person not in readers()[about]]
    fell = [f"{answer.status}"] if answer.status >= 500 else []
    return [*fell, *(f"read {about}" for about in given_away(person, answer)), *(f"wrote {about}" for about in written)]


def test_four_hundred_swapped_requests_read_and_write_nothing_foreign(scene: Scene) -> None:
    random, wrong = Random(305), []
    doors = [row for row in rows() if row.about in ("ours", "mixed") and NAMED.search(row.path + json.dumps(row.body))]
    for _ in range(MUTANTS):
        row = random.choice(doors)
        path, body = swapped(random, scene, row)
        able = [person for person, word in row.expected.items() if word in ("yes", "no")]
        person = random.choice(able or ["hoa", "lan", "nga"])
        answer = ask(scene, person, row.method, path, body)
        wrong += [f"{person} {row.method} {path} {body}: {trouble}" for trouble in harm(person, answer)]
    assert not wrong, "\n".join(wrong)

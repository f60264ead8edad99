"""Judging: the lines of the table put to everybody, and every difference told."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.rights.engine import Answer, ask, bare, given_away
from tests.rights.scene import Scene
from tests.rights.table import Row


def hold(scene: Scene, lines: Iterable[Row]) -> None:
    """Ask everything these lines say, and fail with every difference."""
    wrong: list[str] = []
    cells = Counter[str]()
    unseen: dict[tuple[str, str, str], str] = {}
    for row in sorted(lines, key=lambda row: row.about != "none"):
        done = False
        for person, expected in row.expected.items():
            if not expected:
                continue
            answer = ask(scene, person, row.method, scene.place(row.path, row.about), placed(scene, row))
            cells[answer.outcome] += 1
            done |= answer.status < 400
            wrong += [f"{row.name} {person}: {trouble}" for trouble in troubles(row, person, expected, answer)]
            if answer.outcome == "hide":
                missing = unseen.setdefault((row.method, row.route, person), answer.plain())
                if answer.plain() != missing:
                    wrong.append(f"{row.name} {person}: not yours and not there differ")
        if row.method == "POST" and row.about != "secret" and "yes" in row.expected.values() and not done:
            wrong.append(f"{row.name}: nobody's request was carried out, so the body is not a right one")
    print(f"\n{sum(cells.values())} cells: {dict(cells)}")  # noqa: T201
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)


def placed(scene: Scene, row: Row) -> Any:
    """The body with its names filled in."""
    return json.loads(scene.place(json.dumps(row.body), row.about))


def troubles(row: Row, person: str, expected: str, answer: Answer) -> list[str]:
    """What is wrong with one cell."""
    found = [] if fits(expected, answer) else [f"expected {expected}, got {answer.outcome} ({answer.status})"]
    if (expected != "yes" or row.method == "GET") and answer.changed:
        found.append(f"changed {sorted(answer.changed)}")
    found += [f"came without {header}" for header in bare(answer)]
    return found + [f"gave away {about}" for about in given_away(person, answer)]


def fits(expected: str, answer: Answer) -> bool:
    """Whether the answer is what the cell says; `off`: what was named is not among what this person is offered."""
    return answer.status == 422 if expected == "off" else answer.outcome == expected

"""Shapes: what two stories have in common that write the same rows, apart from their words, days and people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from tram.demo.office import Cabinet
from tram.demo.slips import SECRECY
from tram.demo.steps import Journey, SecretStub, Step, Verb

ASIDE = {Verb.READ, Verb.CONTRIBUTE}
"""Done by one division beside the main line: such a step meets no other one between the direction and the end."""
DIRECTING = {Verb.DIRECT, Verb.INFORM}


class Move(NamedTuple):
    """One step as every story of the shape takes it. `who`: clerk, leader, head0, handler1 …; units by their turn.

    `to`: who gets the paper, or in what form it came.
    """

    verb: Verb
    who: str
    units: tuple[tuple[str, tuple[int, ...]], ...] = ()
    to: str = ""
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """`level`: secrecy, 0 for a letter. `heads`: how many posts head each of the units, which are told of its work."""

    level: int
    has_due: bool
    heads: tuple[int, ...]
    moves: tuple[Move, ...]


@dataclass(slots=True)
class Fitting:
    """A story laid out in its shape: the units by their turn, and for each step in order of time its move."""

    shape: Shape
    units: list[str]
    handlers: dict[int, str]
    order: list[int]


def fit(journey: Journey, cabinet: Cabinet, heads: Callable[[str], int]) -> Fitting:
    """The shape of a journey. Steps aside stand right behind the direction that caused them."""
    units: list[str] = []
    handlers: dict[int, str] = {}
    line = sorted(range(len(journey.steps)), key=lambda turn: _cause(journey.steps, turn, cabinet))
    moves = [_move(journey.steps[turn], cabinet, units, handlers) for turn in line]
    letter = journey.letter
    level = SECRECY[letter.level] if isinstance(letter, SecretStub) else 0
    has_due = not isinstance(letter, SecretStub) and letter.due_on is not None
    shape = Shape(level, has_due, tuple(heads(code) for code in units), tuple(moves))
    order = [0] * len(line)
    for place, turn in enumerate(line):
        order[turn] = place
    return Fitting(shape, units, handlers, order)


def _cause(steps: tuple[Step, ...], turn: int, cabinet: Cabinet) -> tuple[int, int, int]:
    """Where a step stands in the shape: at its own place, or behind its direction in the order of the units named."""
    step = steps[turn]
    if step.verb not in ASIDE:
        return turn, 0, 0
    for place, other in enumerate(steps):
        if other.verb in DIRECTING:
            told = [code for _, codes in _units(other) for code in codes]
            mine = next((number for number, code in enumerate(told) if cabinet.heads[code] == step.who), None)
            if mine is not None:
                return place, 1, mine
    raise ValueError(f"nobody asked {step.who} for {step.verb}")


def _units(step: Step) -> list[tuple[str, list[str]]]:
    """The divisions that a direction names, by their part."""
    if step.verb is Verb.INFORM:
        return [("informed", step.args["to"])]
    return [
        ("lead", [step.args["lead"]]),
        ("coordinating", step.args["coordinating"]),
        ("informed", step.args["informed"]),
    ]


def _move(step: Step, cabinet: Cabinet, units: list[str], handlers: dict[int, str]) -> Move:
    args: dict[str, Any] = {}
    if step.verb in DIRECTING:
        named = _units(step)
        for _, codes in named:
            units += [code for code in codes if code not in units]
        args["units"] = tuple((part, tuple(map(units.index, codes))) for part, codes in named)
    elif "form" in step.args:
        args["to"] = step.args["form"]
    elif "to" in step.args:
        args["to"] = _role(step.args["to"], cabinet, units, handlers)
    is_answered = bool(step.args.get("reply"))
    return Move(step.verb, _role(step.who, cabinet, units, handlers), is_answered=is_answered, **args)


def _role(login: str, cabinet: Cabinet, units: list[str], handlers: dict[int, str]) -> str:
    if login == cabinet.clerk:
        return "clerk"
    if login in cabinet.leaders:
        return "leader"
    for turn, code in enumerate(units):
        if cabinet.heads[code] == login:
            return f"head{turn}"
    turn = next(turn for turn, code in enumerate(units) if login in cabinet.handlers[code])
    handlers[turn] = login
    return f"handler{turn}"

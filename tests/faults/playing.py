"""Run the model machine with the rules of all rooms."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.machine import House, house
from tests.faults.rules_letters import Letters
from tests.faults.rules_work import People, Work
from tests.faults.theatre import Theatre

ROOMS: tuple[type, ...] = (Letters, Work, People)
"""A later room adds the class with its rules here."""


def play(theatre: Theatre, *, plays: int, steps: int, seed: int) -> None:
    """So many plays of at most so many steps; raises with the shortest story that the product tells otherwise."""
    House.theatre = theatre
    run_state_machine_as_test(
        seeded(seed)(house(*ROOMS)),
        settings=settings(
            max_examples=plays, stateful_step_count=steps, deadline=None, database=None, derandomize=False,
            suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
        ),
    )  # fmt: skip

"""The office as the model says it must be, through real doors: a small run here, large ones by `tests.faults model`."""

import os
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults.playing import play
from tests.faults.theatre import Theatre, opened

USUAL = {"PLAYS": 8, "STEPS": 25, "SEED": 1}


@pytest.fixture(scope="module")
def theatre(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Theatre]:
    with django_db_blocker.unblock(), opened() as theatre:
        yield theatre


PLAYS, STEPS, SEED = (int(os.environ.get(f"TRAM_MODEL_{name}", usual)) for name, usual in USUAL.items())


def test_an_office_lives_as_the_model_says(theatre: Theatre) -> None:
    play(theatre, plays=PLAYS, steps=STEPS, seed=SEED)

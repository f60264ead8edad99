"""The office as the model says it must be, through real doors: a small run here, large ones by `tests.faults model`."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults.playing import play
from tests.faults.theatre import Theatre, opened


@pytest.fixture(scope="module")
def theatre(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Theatre]:
    with django_db_blocker.unblock(), opened() as theatre:
        yield theatre


def test_an_office_lives_as_the_model_says(theatre: Theatre) -> None:
    play(theatre, plays=12, steps=25, seed=1)

"""The Sở with its people and its books of outgoing documents."""

import pytest

from tests.cast import Cast
from tests.outgoing.office import Office, open_books


@pytest.fixture
def office(cast: Cast) -> Office:
    open_books(cast)
    return Office(cast)

"""The Sở with its people, its books, and letters that are settled."""

import pytest

from tests.cast import Cast
from tests.outgoing.office import Office, open_books
from tests.workfiles.shelf import Shelf


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    open_books(cast)
    return Shelf(Office(cast))

"""The Sở, its letters with a page that was signed and scanned, and readers who are nobody."""

import pytest

from tests.cast import Cast
from tests.gazette.public import Publishing
from tests.outgoing.office import Office, open_books
from tests.portal.readers import afresh as afresh
from tests.portal.readers import reader as reader


@pytest.fixture
def house(cast: Cast) -> Publishing:
    open_books(cast)
    return Publishing(Office(cast))

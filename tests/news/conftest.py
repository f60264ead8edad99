"""The news desk of the Sở."""

import pytest

from tests.cast import Cast
from tests.news.desk import Desk


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)

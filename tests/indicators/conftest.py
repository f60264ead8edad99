"""The Sở that keeps figures, and readers who are nobody."""

import pytest

from tests.cast import Cast
from tests.indicators.keeping import Keeping
from tests.news.desk import Desk
from tests.portal.readers import afresh as afresh
from tests.portal.readers import reader as reader


@pytest.fixture
def house(cast: Cast) -> Keeping:
    return Keeping(cast)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)

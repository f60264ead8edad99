"""The portal of the stories: the news desk of the Sở, and readers who are nobody."""

import pytest

from tests.cast import Cast
from tests.news.desk import Desk
from tests.portal.readers import afresh as afresh
from tests.portal.readers import reader as reader


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)

"""Readers who are nobody, a news desk, and a worker that does what was put off."""

import pytest

from tests.alerts.reading import Reading
from tests.cast import Cast
from tests.news.desk import Desk
from tests.portal.readers import afresh as afresh
from tests.portal.readers import reader as reader
from tram.portal.pages.alerts import ASKED


@pytest.fixture
def house(cast: Cast) -> Reading:
    ASKED._seen.clear()
    return Reading(cast)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)

"""The Sở whose desk answers readers, and readers who are nobody."""

import pytest

from tests.cast import Cast
from tests.portal.readers import afresh as afresh
from tests.portal.readers import reader as reader
from tests.voices.asked import Asking
from tram.portal.pages.asking import ASKED, TRIED


@pytest.fixture
def house(cast: Cast) -> Asking:
    ASKED._seen.clear()
    TRIED._seen.clear()
    return Asking(cast)

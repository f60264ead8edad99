"""A portal of one page, of the Sở, which nobody has rated yet."""

import pytest

from tests.cast import Cast
from tests.visits.portal import ARTICLE, Pages
from tram.visits import sockets
from tram.visits.commands import rating
from tram.visits.rules import Hurry


@pytest.fixture
def shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sockets.shown._plugs, ARTICLE.partition("/")[0], Pages(cast.skhcn.pk))
    monkeypatch.setattr(rating, "hurry", Hurry(20, 600))

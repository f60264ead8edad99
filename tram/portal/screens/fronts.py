"""The front page of a site: its articles, and what stands beside them."""

from datetime import datetime
from typing import Any

from tram.portal.queries import Face
from tram.portal.screens.articles import front
from tram.portal.screens.documents import on_front
from tram.portal.screens.drafts import open_on_front
from tram.portal.screens.figured import on_front as figures_on_front
from tram.portal.screens.questions import answered_last
from tram.portal.screens.ranked import on_front as ranking_on_front


def front_of(site: Face, at: datetime) -> dict[str, Any]:
    """All of it. The same number of queries for a site with one article and with thousands."""
    beside = (
        open_on_front(site, at)
        | figures_on_front(site)
        | on_front(site, at)
        | answered_last(site)
        | ranking_on_front(site)
    )
    return front(site, at) | beside

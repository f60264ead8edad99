"""What the portal plugs into lower rooms: it is told what changes in public, and makes the cards of what is public."""

from datetime import datetime

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.news.queries.public import public_articles
from tram.portal.commands import refresh
from tram.portal.queries import cards
from tram.search.sockets import CardInput


class Pages:
    """Pages that were kept hold no more (news.faces)."""

    def changed(self, *, actor: Actor, at: datetime, article: int, agency: int) -> None:
        """In the transaction that publishes."""
        refresh(actor=actor, at=at, article=article, agency=agency)


class ArticleCards:
    """Every public article's card anew, in the order of keys (search.sources)."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` articles that are public; one that is not has none."""
        at = clock.now()
        return cards(public_articles(at, since_pk, limit), at)

"""One index over the cards of every room."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.search.events import PHRASES


class Search(AppConfig):
    name = "tram.search"
    label = "search"

    def ready(self) -> None:
        from tram.search.plugs import SavedSearches
        from tram.search.sockets import directories

        plug_phrases(PHRASES)
        directories.plug("search", SavedSearches())

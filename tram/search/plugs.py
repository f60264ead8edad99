"""What search plugs into itself: kept searches, found by their names in the palette."""

from datetime import date
from urllib.parse import urlencode

from tram.kernel.actors import Actor
from tram.search.screens import saved
from tram.search.sockets import Entry
from tram.vietnamese.text import fold


class SavedSearches:
    """Kept searches of a person and of their units."""

    def find(self, actor: Actor, on: date, text: str, limit: int) -> list[Entry]:
        """The best by a few letters of their names."""
        wanted = fold(text)
        rows = [row for row in saved(actor, on) if wanted in fold(row.name)][:limit]
        return [Entry("Tìm đã lưu", row.name, row.text, f"/tim?{urlencode({'q': row.text})}") for row in rows]

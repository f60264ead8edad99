"""What reading plugs into files: the eye for stamps of secrecy."""

from pathlib import Path

from tram.kernel.verdicts import Invalid
from tram.reading.queries import stamp_seen


class StampReader:
    """Looks at the scanned pages of every file that is kept (files.examiners)."""

    def stamp(self, content: Path) -> str:
        """The level of the stamp it sees; "" for a file that bears none, or of which no page can be drawn."""
        try:
            return stamp_seen(content)
        except Invalid:
            return ""

"""What reading plugs into files: the eye for stamps of secrecy."""

from pathlib import Path

from tram.kernel.verdicts import Invalid
from tram.reading.queries import printed_text, stamp_seen


class StampReader:
    """Reads every file that comes, and looks at the scanned pages of every file that is kept (files.examiners)."""

    def printed(self, content: Path, name: str) -> str:
        """What the file says by itself; "" for a kind that is not read (a spreadsheet)."""
        try:
            return printed_text(content, name)
        except Invalid:
            return ""

    def stamp(self, content: Path) -> str:
        """The level of the stamp it sees; "" for a file that bears none, or of which no page can be drawn."""
        try:
            return stamp_seen(content)
        except Invalid:
            return ""

"""Rows for the tests of the chain."""

from datetime import timedelta

from tests.cast import AT
from tram.audit.commands import record, together
from tram.kernel.actors import Actor

SYSTEM = Actor.system()


def write(agency: int, rows: int, *, since: int = 0) -> None:
    """So many rows in an agency's chain, a second apart, the first `since` seconds after AT."""
    for n in range(since, since + rows):
        with together():
            record(
                actor=SYSTEM,
                at=AT + timedelta(seconds=n),
                what="documents.closed",
                about=f"documents.incoming/{n}",
                agency=agency,
                outcome=f"việc {n}",
            )

"""What the checker asks of files on the disk: signatures that hold, and nothing left that the sweeper does not take."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.checker import orphans
from tests.installation import ROOT, Installation
from tram.signing.rules.words import REASONS

LONG_AGO = 0
MOST_VERIFIED = 40
"""A report on one letter takes half a second of processor."""
SIGNED = """SELECT f.blob_id, count(a.id) FROM outgoing_outgoing o JOIN files_file f ON f.id = o.paper_id
    JOIN signing_act a ON a.about = 'outgoing.document/' || o.id GROUP BY o.id, f.blob_id ORDER BY o.id DESC LIMIT %s"""
SWEEP = """
import django; django.setup()
import tram.files.jobs, tram.signing.jobs
tram.files.jobs.sweep_orphans(0)
"""


def place_of(data: Path, sha256: str) -> Path:
    """Where a content must lie."""
    return data / "files" / sha256[:2] / sha256[2:4] / sha256


def broken_signatures(house: Installation, line: psycopg.Connection, ahead: timedelta) -> Iterator[str]:
    """Of the newest signed letters each whose report is not "valid", or tells of other than as many signatures as acts.

    `ahead`: how far the clock was set forward. Of what was signed then the report rightly says that its hour is to come.
    """
    wanted = {str(place_of(house.data, name)): count for name, count in line.execute(SIGNED, [MOST_VERIFIED])}
    if not wanted:
        return
    command = [sys.executable, "-m", "tram.site.cli", "verify", "--json", "--data", str(house.data), *wanted]
    done = subprocess.run(command, cwd=ROOT, env=house.environment(), capture_output=True, text=True)
    told = [json.loads(row) for row in done.stdout.splitlines()]
    if len(told) != len(wanted):
        yield f"signatures were not judged: {done.stderr}"
    for report in told:
        found = [one["verdict"] if not _is_to_come(one, ahead) else "valid" for one in report["signatures"]]
        if found != ["valid"] * wanted[report["file"]]:
            yield f"{report['file']} is {report['verdict']}: {report['signatures']}"


def _is_to_come(signature: dict[str, Any], ahead: timedelta) -> bool:
    if signature["reasons"] != [REASONS["ahead"]]:
        return False
    return datetime.fromisoformat(signature["signed_at"]) <= datetime.now(UTC) + ahead


def unswept(house: Installation, line: psycopg.Connection) -> Iterator[str]:
    """What a death left on the disk and the nightly sweeper does not take: it is made old, swept, looked for again."""
    incoming = house.data / "files" / "incoming"
    left = [place_of(house.data, name) for name in orphans(line, house.data)]
    left += [path for path in incoming.rglob("*") if path.name != incoming.name]
    if not left:
        return
    for path in reversed(left):
        os.utime(path, (LONG_AGO, LONG_AGO))
    command = [sys.executable, "-c", SWEEP]
    done = subprocess.run(command, cwd=ROOT, env=house.environment(), capture_output=True, text=True)
    if done.returncode:
        yield f"the sweeper stopped: {done.stderr[-500:]}"
    yield from (f"left behind for good: {path}" for path in left if path.exists())

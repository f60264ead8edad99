"""Ranges of a download (RFC 9110, 14): one range at a time, which is what resuming needs."""

import re

RANGE = re.compile(r"bytes=([0-9]{0,19})-([0-9]{0,19})")


class Unsatisfiable(Exception):
    """The range begins behind the end of the file."""


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for, or None for the whole file; raises Unsatisfiable."""
    found = RANGE.fullmatch(header.strip().replace(" ", ""))
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        first, last = max(0, size - int(found[2])), size - 1
        if not int(found[2]):
            raise Unsatisfiable
    else:
        first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    if first >= size:
        raise Unsatisfiable
    return (first, last) if first <= last else None

"""A program of its own that reads scanned pages: what it needs is large, some 200 MB, and all of it goes when the program ends.

Run as `python -I eye.py SECONDS`; it imports nothing of the house. Each page comes as one line of JSON and its points, and is answered
by one line of JSON. It ends when no page came for SECONDS, or with whoever asks.
"""

import ctypes
import json
import select
import signal
import sys
from contextlib import suppress

import trueocr
from PIL import Image

LONGEST = 180
"""Seconds for a page, from its first byte, though whoever asked may have died before they could end this: then the system ends it."""
SOON = 1.0
"""Seconds in which the next page of a letter comes; then what the last one took is given back, half of all it holds."""


def serve(seconds: float) -> None:
    """Answer page after page."""
    model, asked = trueocr.load_model(), sys.stdin.buffer
    while comes(seconds):
        line = asked.readline()
        if not line:
            return
        signal.alarm(LONGEST)
        told = json.loads(line)
        page = Image.frombytes(told["mode"], told["size"], asked.read(told["length"]))
        sys.stdout.write(json.dumps(model.predict(page).data) + "\n")
        sys.stdout.flush()
        signal.alarm(0)


def comes(seconds: float) -> bool:
    """Whether a page comes in time, or the end of the input."""
    if select.select([sys.stdin.buffer], [], [], min(SOON, seconds))[0]:
        return True
    with suppress(OSError, AttributeError):  # where the C library keeps its memory in another way
        ctypes.CDLL(None).malloc_trim(0)
    return bool(select.select([sys.stdin.buffer], [], [], max(0.0, seconds - SOON))[0])


if __name__ == "__main__":
    serve(float(sys.argv[1]))

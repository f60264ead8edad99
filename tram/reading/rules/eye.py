"""A program of its own that reads scanned pages: what it needs is large, hundreds of MB, and all of it goes when the program ends.

Run as `python -I eye.py SECONDS`; it imports nothing of the house. Each page comes as one line of JSON and its points, and is answered
by one line of JSON. It ends when no page came for SECONDS, or with whoever asks.
"""

import json
import select
import sys

import trueocr
from PIL import Image


def serve(seconds: float) -> None:
    """Answer page after page."""
    model, asked = trueocr.load_model(), sys.stdin.buffer
    while select.select([asked], [], [], seconds)[0]:
        line = asked.readline()
        if not line:
            return
        told = json.loads(line)
        page = Image.frombytes(told["mode"], told["size"], asked.read(told["length"]))
        sys.stdout.write(json.dumps(model.predict(page).data) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve(float(sys.argv[1]))

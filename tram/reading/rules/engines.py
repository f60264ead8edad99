"""Machine readers of scanned pages. What they need is loaded with the first page and given back when no page comes, for it is large."""

import csv
import ctypes
import io
import math
import shutil
import subprocess
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from threading import Lock, Timer
from typing import Any

from PIL import Image

from tram.reading.rules.page import Box, Line
from tram.vietnamese.text import nfc

SECONDS_A_PAGE = 120
SECONDS_AWAKE = 30.0
"""How long a reader waits for the next page before it gives back its memory; to wake again takes it a third of a second."""


class TrueOcr:
    """The reader that comes with the wheel `trueocr`: finds, turns, orders and reads lines without any set-up."""

    name = "trueocr"

    def __init__(self) -> None:
        self._turn = Lock()
        self._sleep = Timer(0, self._give_back)

    def ready(self) -> bool:
        """It is a dependency of the product, so it is always there."""
        return True

    @cached_property
    def _model(self) -> Any:
        return import_module("trueocr").load_model()

    def read(self, image: Image.Image) -> list[Line]:
        """The lines of one page; boxes are mapped back through the straightening of the page."""
        with self._turn:
            self._sleep.cancel()
            try:
                found = self._model.predict(image).data
            finally:
                self._sleep = Timer(SECONDS_AWAKE, self._give_back)
                self._sleep.daemon = True
                self._sleep.start()
        wide, high = found["image_size"]
        straight = found["rotation_clockwise_degrees"] == 0
        skew = math.radians(found["skew_degrees"]) if straight else 0.0
        return [
            Line(nfc(line["text"]), 1, _turned_back(line["bbox"], wide, high, skew), round(line["confidence"], 3))
            for line in found["lines"]
        ]

    def _give_back(self) -> None:
        """Let the model go, and give what it took back to the machine: some 170 MB of the worker's memory."""
        with self._turn:
            self.__dict__.pop("_model", None)
        with suppress(OSError, AttributeError):  # where the C library keeps its memory in another way
            ctypes.CDLL(None).malloc_trim(0)


class Tesseract:
    """The program `tesseract` with its Vietnamese data, on machines that have it."""

    name = "tesseract"

    def ready(self) -> bool:
        """Whether the program and its Vietnamese data are installed."""
        if not shutil.which("tesseract"):
            return False
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
        return "vie" in listed.stdout.split()

    def read(self, image: Image.Image) -> list[Line]:
        """The lines of one page, cleaned and straightened before reading."""
        cleaned, angle = import_module("tram.reading.rules.scans").cleaned(image)
        picture = io.BytesIO()
        cleaned.save(picture, "PNG", dpi=(200, 200))
        command = ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "4", "--dpi", "200", "tsv"]
        ran = subprocess.run(command, input=picture.getvalue(), capture_output=True, check=True, timeout=SECONDS_A_PAGE)
        wide, high = cleaned.size
        return lines_of_table(ran.stdout.decode("utf-8"), wide, high, math.radians(angle))


def _turned_back(corners: list[int], wide: int, high: int, angle: float) -> Box:
    """The box on the page as scanned, of a box on the page turned by `angle` radians about its centre."""
    x0, y0, x1, y1 = corners
    across, down = (x0 + x1 - wide) / 2, (y0 + y1 - high) / 2
    shift_x = across * math.cos(angle) - down * math.sin(angle) - across
    shift_y = across * math.sin(angle) + down * math.cos(angle) - down
    sides = ((x0 + shift_x) / wide, (y0 + shift_y) / high, (x1 + shift_x) / wide, (y1 + shift_y) / high)
    return Box(*(round(min(max(side, 0.0), 1.0), 4) for side in sides))


def lines_of_table(table: str, wide: int, high: int, angle: float) -> list[Line]:
    """Words of Tesseract's table put together to lines; a line is cut where two columns stand side by side."""
    pieces: list[list[dict[str, str]]] = []
    before: tuple[str, ...] = ()
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] != "5" or not row["text"].strip():
            continue
        line = (row["block_num"], row["par_num"], row["line_num"])
        last = pieces[-1][-1] if pieces else None
        if (
            last
            and line == before
            and int(row["left"]) - _right(last) < 1.6 * max(int(word["height"]) for word in (*pieces[-1], row))
        ):
            pieces[-1].append(row)
        else:
            pieces.append([row])
        before = line
    return [_line_of_words(words, wide, high, angle) for words in pieces]


def _line_of_words(words: list[dict[str, str]], wide: int, high: int, angle: float) -> Line:
    top = min(int(word["top"]) for word in words)
    bottom = max(int(word["top"]) + int(word["height"]) for word in words)
    box = _turned_back([int(words[0]["left"]), top, _right(words[-1]), bottom], wide, high, angle)
    sure = sum(float(word["conf"]) for word in words) / len(words) / 100
    return Line(nfc(" ".join(word["text"] for word in words)), 1, box, round(sure, 3))


def _right(word: dict[str, str]) -> int:
    return int(word["left"]) + int(word["width"])

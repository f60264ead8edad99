"""Machine readers of scanned pages. What they need is loaded with the first page, by programs that end, for it is large."""

import csv
import ctypes
import io
import json
import math
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock, Thread, Timer
from typing import Any

from PIL import Image

from tram.reading.rules.page import Box, Line
from tram.vietnamese.text import nfc

SECONDS_A_PAGE = 120
SECONDS_AWAKE = 30.0
"""How long the program waits for the next page before it ends; to begin again takes it a second."""
PROGRAM = Path(__file__).with_name("eye.py")


class TrueOcr:
    """The reader that comes with the wheel `trueocr`: finds, turns, orders and reads lines without any set-up.

    It works in a program of its own, which begins with the first page and ends when no page comes.
    """

    name = "trueocr"

    def __init__(self) -> None:
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """A fork asks no program of the process it came from."""
        self._turn = Lock()
        self._program: subprocess.Popen[bytes] | None = None

    def ready(self) -> bool:
        """It is a dependency of the product, so it is always there."""
        return True

    def read(self, image: Image.Image) -> list[Line]:
        """The lines of one page; boxes are mapped back through the straightening of the page."""
        with self._turn:
            found = self._told_of(image if image.mode in ("L", "RGB") else image.convert("RGBA"))
        wide, high = found["image_size"]
        straight = found["rotation_clockwise_degrees"] == 0
        skew = math.radians(found["skew_degrees"]) if straight else 0.0
        return [
            Line(nfc(line["text"]), 1, _turned_back(line["bbox"], wide, high, skew), round(line["confidence"], 3))
            for line in found["lines"]
        ]

    def _told_of(self, page: Image.Image) -> Any:
        """What the program says of a page; raises ReaderEnded. One that ended its rest just when it was asked is replaced."""
        points = page.tobytes()
        head = json.dumps({"mode": page.mode, "size": page.size, "length": len(points)}).encode()
        while True:
            program = self._program = self._program or _begun()
            assert program.stdin and program.stdout
            late = Timer(SECONDS_A_PAGE, program.kill)
            late.start()
            with suppress(BrokenPipeError):
                program.stdin.write(head + b"\n")
                program.stdin.write(points)
                program.stdin.flush()
            told = program.stdout.readline()
            late.cancel()
            if told.endswith(b"\n"):
                return json.loads(told)
            self._program = None
            program.communicate()
            if program.returncode:
                raise ReaderEnded(program.returncode)


class ReaderEnded(Exception):
    """The program that reads pages was ended, by its page or for being slow."""


def _begun() -> subprocess.Popen[bytes]:
    program = subprocess.Popen(
        [sys.executable, "-I", str(PROGRAM), str(SECONDS_AWAKE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, start_new_session=True, env={"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    Thread(target=_await_end, args=[program], daemon=True).start()
    return program


def _await_end(program: subprocess.Popen[bytes]) -> None:
    """Lest it stay in the list of processes; then give back what its pages took here, some 50 MB."""
    program.wait()
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

"""Opening a PDF or a picture in a process of its own: what it found, or why it could not."""

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from tram.files.rules.refusals import FileRefused, Limits, refusal

PROGRAM = Path(__file__).with_name("pdfium.py")
XFA_FORMS = (2, 3)
_resting: list[subprocess.Popen[bytes]] = []
"""Programs without work: each request takes the last and puts it back; one that rests for long ends by itself."""
os.register_at_fork(after_in_child=_resting.clear)


class TooSlow(Exception):
    """The process was ended because its time was over."""


def probe_pdf(path: Path, limits: Limits, encrypted: bool) -> int:
    """The number of pages; raises FileRefused when it cannot be opened, is locked, or a page is missing."""
    try:
        found = _ask(["probe", "pdf", str(path)], limits.seconds, limits.pages + 1)
    except TooSlow as error:
        raise refusal("pdf_slow", seconds=int(limits.seconds)) from error
    if found.get("locked"):
        raise refusal("pdf_locked")
    if not found.get("opened"):
        raise refusal("pdf_damaged")
    if encrypted or found["restricted"]:
        raise refusal("pdf_restricted")
    for sign, id in (("scripts", "pdf_javascript"), ("attachments", "pdf_embedded")):
        if found[sign] > 0:
            raise refusal(id)
    if found["form"] in XFA_FORMS:
        raise refusal("pdf_xfa")
    return _checked_pages(found, limits)


def _checked_pages(found: dict[str, Any], limits: Limits) -> int:
    pages = int(found["pages"])
    if pages < 1:
        raise refusal("pdf_no_pages")
    if pages > limits.pages:
        raise refusal("pdf_many_pages", pages=pages, limit=limits.pages)
    if found["bad_page"]:
        raise refusal("pdf_page", page=found["bad_page"])
    if found["large_page"]:
        page, width, height = found["large_page"]
        raise refusal("pdf_page_size", page=page, width=width, height=height)
    return pages


def probe_picture(path: Path, kind: str, limits: Limits) -> None:
    """Read a JPG or PNG to its last row; raises FileRefused when that fails."""
    try:
        opened = _ask(["probe", kind, str(path)], limits.seconds, 0).get("opened")
    except TooSlow:
        opened = False
    if not opened:
        raise _damaged(kind)


def probe_sound(path: Path, kind: str, limits: Limits) -> float:
    """The length of a sound in seconds, read to its last frame; raises FileRefused."""
    return _sounded(["probe", kind, str(path)], limits.sound_seconds, limits.seconds)


def resound(path: Path, kind: str, out: Path, longest: int, *, seconds: float) -> None:
    """Write a sound of at most `longest` seconds anew into `out`: what is heard, nothing else. Raises FileRefused."""
    _sounded(["resound", kind, str(path)], longest, seconds, str(out))


def _sounded(words: list[str], longest: int, seconds: float, *more: str) -> float:
    try:
        found = _ask(words, seconds, longest, *more)
    except TooSlow as error:
        raise refusal("sound_slow", seconds=int(seconds)) from error
    if "seconds" not in found:
        damaged = {"mp3": "mp3_damaged", "m4a": "m4a_damaged"}.get(words[1], "ogg_damaged")
        raise refusal(found.get("refused", damaged), **found.get("facts", {}))
    return float(found["seconds"])


def _damaged(kind: str) -> FileRefused:
    return refusal("jpeg_damaged") if kind == "jpg" else refusal("png_damaged", chunk="IDAT")


def draw(path: Path, kind: str, page: int, width: int, out: Path, *, most: int, seconds: float) -> bool:
    """Draw a page into `out` as PNG or JPEG, whichever suits it; False when that could not be done in time."""
    try:
        found = _ask(["draw", kind, str(path)], seconds, most, str(page), str(width), str(out))
    except TooSlow:
        return False
    return bool(found.get("opened"))


def redraw(path: Path, kind: str, out: Path, longest: int, *, seconds: float) -> str:
    """Write a picture anew into `out` as pixels, at most `longest` a side; "jpg" or "png". Raises FileRefused."""
    try:
        found = _ask(["redraw", kind, str(path)], seconds, 0, str(out), str(longest))
    except TooSlow:
        found = {}
    if not found.get("opened"):
        raise _damaged(kind)
    return str(found["kind"])


def look(path: Path, first: int, last: int, *, seconds: float) -> list[tuple[float, str]]:
    """Of each page of a PDF from `first` to `last`: the share of ink, the words of its square code. Raises FileRefused."""
    try:
        found = _ask(["look", "pdf", str(path)], seconds, 0, str(first), str(last))
    except TooSlow as error:
        raise refusal("pdf_slow", seconds=int(seconds)) from error
    if not found.get("opened"):
        raise refusal("pdf_damaged")
    return [(float(ink), str(code)) for ink, code in found["pages"]]


def cut(path: Path, pages: Sequence[int], out: Path, *, most: int, seconds: float) -> None:
    """Write these pages (from 1) of a PDF into one of their own of at most `most` bytes. Raises FileRefused."""
    try:
        found = _ask(["cut", "pdf", str(path)], seconds, most, ",".join(map(str, pages)), str(out))
    except TooSlow as error:
        raise refusal("pdf_slow", seconds=int(seconds)) from error
    if not found.get("opened"):
        raise refusal("pdf_damaged")


def _ask(words: list[str], seconds: float, most: int, *more: str) -> dict[str, Any]:
    """Ask a program that rests, or a new one; an empty answer when the file ended it. Raises TooSlow.

    Its own limit lies a second behind ours: who was ended for being slow is never taken for damaged.
    """
    request = json.dumps([*words, str(int(seconds) + 1), str(most), *more]).encode() + b"\n"
    program = _asked(request)
    try:
        told = _answer_of(program, monotonic() + seconds)
    except TooSlow:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.communicate()
        raise
    if told.endswith(b"\n"):
        _resting.append(program)
    else:
        program.communicate()
        if not told and program.returncode == 0:  # it ended its rest just when it was asked, and never saw the file
            return _ask(words, seconds, most, *more)
    answer: dict[str, Any] = json.loads(told) if told.strip() else {}
    return answer


def _asked(request: bytes) -> subprocess.Popen[bytes]:
    """The program that has the request in hand. One that was killed while it rested is passed over."""
    while True:
        try:
            program = _resting.pop()
        except IndexError:
            program = _started()
        assert program.stdin is not None
        try:
            program.stdin.write(request)
            return program
        except BrokenPipeError:
            program.wait()


def _started() -> subprocess.Popen[bytes]:
    program = subprocess.Popen(
        [sys.executable, "-I", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        bufsize=0, start_new_session=True, env={"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    Thread(target=program.wait, daemon=True).start()  # lest it stay in the list of processes after its end
    return program


def _answer_of(program: subprocess.Popen[bytes], deadline: float) -> bytes:
    """One line; less when the program itself died. Raises TooSlow after the deadline (monotonic seconds)."""
    assert program.stdout is not None
    told = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(program.stdout, selectors.EVENT_READ)
        while not told.endswith(b"\n"):
            if not waiting.select(max(0.0, deadline - monotonic())):
                raise TooSlow
            piece = program.stdout.read(65536)
            if monotonic() > deadline:
                raise TooSlow
            if not piece:
                break
            told += piece
    return told

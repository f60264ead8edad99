"""Asking the signing program. The web worker imports this and nothing of what signs."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
from threading import Lock
from time import monotonic
from typing import Any

from tram.signing.rules.words import TROUBLES, Trouble

log = logging.getLogger("tram.signing")
WORDS = [sys.executable, "-I", "-m", "tram.signing.rules.program"]
SECONDS = 30
MOST_RESTING = 2
_resting: list[subprocess.Popen[bytes]] = []
"""Programs without work (some 58 MB each): an order takes one and puts it back, unless enough rest there already."""
_warming = Lock()
os.register_at_fork(after_in_child=_resting.clear)


def ask(verb: str, order: dict[str, Any], *, seconds: int = SECONDS) -> dict[str, Any]:
    """Have an order carried out; raises Trouble when it was not. `seconds` of processor and of waiting at most."""
    request = json.dumps({"verb": verb, "seconds": seconds, "order": order}).encode() + b"\n"
    program = _asked(request)
    told = _answer_of(program, monotonic() + seconds)
    if not told.endswith(b"\n"):
        _end(program)
        raise Trouble("too_slow" if program.returncode == -signal.SIGKILL else "broken")
    if len(_resting) < MOST_RESTING:
        _resting.append(program)
    else:
        _end(program)
    said: dict[str, Any] = json.loads(told) if told.strip() else {"trouble": "broken"}
    if "done" in said:
        done: dict[str, Any] = said["done"]
        return done
    if said["trouble"] == "broken":
        log.error("signing program, order %s: %s", verb, said.get("detail", "ended by the order"))
    raise Trouble(said["trouble"] if said["trouble"] in TROUBLES else "broken")


def warm() -> None:
    """Start a program ahead of its first order, while a person still reads what they are about to sign."""
    with _warming:
        if not _resting:
            _resting.append(_started())


def _end(program: subprocess.Popen[bytes]) -> None:
    if program.poll() is None:
        os.killpg(program.pid, signal.SIGKILL)
    program.communicate()


def _asked(request: bytes) -> subprocess.Popen[bytes]:
    """The program that has the order in hand. One that ended while it rested is passed over."""
    while True:
        try:
            program = _resting.pop()
        except IndexError:
            program = _started()
        assert program.stdin is not None
        if program.poll() is None:
            try:
                program.stdin.write(request)
                return program
            except BrokenPipeError:
                pass
        _end(program)


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        WORDS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
        start_new_session=True, env={"LC_ALL": "C.UTF-8", "HOME": os.environ.get("HOME", "/")},
    )  # fmt: skip


def _answer_of(program: subprocess.Popen[bytes], deadline: float) -> bytes:
    """One line; less when the program died or its time (monotonic seconds) was over."""
    assert program.stdout is not None
    pieces: list[bytes] = []
    with selectors.DefaultSelector() as waiting:
        waiting.register(program.stdout, selectors.EVENT_READ)
        while not (pieces and pieces[-1].endswith(b"\n")):
            if not waiting.select(max(0.0, deadline - monotonic())):
                _end(program)
                break
            piece = program.stdout.read(65536)
            if not piece:
                break
            pieces.append(piece)
    return b"".join(pieces)

"""The signing program: a process of its own that signs and judges, so that keys and bad files never meet the web worker.

Run as `python -I -m tram.signing.rules.program`; it reads orders from its input, one line of JSON each, and answers
each from a fork that limits itself first. So what is slow to load is loaded once, keys and PINs live for one order, and
no file meets what another left behind. It ends by itself when nobody has asked for a while.
"""

import json
import logging
import os
import resource
import select
import sys
from collections.abc import Callable
from typing import Any

from tram.signing.rules.judging import judged
from tram.signing.rules.sealing import reserved, seal
from tram.signing.rules.sealing_away import prepare, resume
from tram.signing.rules.words import Trouble

MEMORY = 1024 * 1024 * 1024
OUTPUT = 600 * 1024 * 1024
IDLE_SECONDS = 600
VERBS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "reserve": reserved, "seal": seal, "prepare": prepare, "resume": resume, "judge": judged,
}  # fmt: skip


def limit(seconds: int) -> None:
    """This process may not eat memory, time or disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(line: str) -> dict[str, Any]:
    """Carry out {"verb", "seconds", "order"}; trouble comes back as its id."""
    told = json.loads(line)
    limit(told["seconds"])
    try:
        return {"done": VERBS[told["verb"]](told["order"])}
    except Trouble as trouble:
        return {"trouble": trouble.id}
    except Exception as error:
        return {"trouble": "broken", "detail": f"{type(error).__name__}: {error}"}


def serve() -> None:
    """Answer until the input ends or rests for long; an empty line when the order ended the fork."""
    logging.disable(logging.CRITICAL)
    while select.select([sys.stdin.buffer], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return
        if os.fork() == 0:
            try:
                sys.stdout.write(json.dumps(answer(line.decode())))
                sys.stdout.flush()
            finally:
                os._exit(0)
        os.wait()
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()

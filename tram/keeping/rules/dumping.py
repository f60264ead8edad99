"""PostgreSQL's own programs, always of the server's version: copy a database out, read the copy, bring it in."""

import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from psycopg.conninfo import conninfo_to_dict

from tram.site.postgres import tool
from tram.site.processes import tie_to_parent
from tram.site.trouble import Trouble

PIECE = 1024 * 1024
VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


def reached_by(url: str) -> dict[str, str]:
    """The environment in which PostgreSQL's programs find a database: a password on a command line is seen by others."""
    parts = conninfo_to_dict(url)
    return {"LC_ALL": "C", **{name: str(parts[key]) for key, name in VARIABLES.items() if parts.get(key)}}


def dumped(url: str, snapshot: str, version: int) -> Iterator[bytes]:
    """A database as pg_dump's custom format, as one snapshot sees it. Raises Trouble when it is not the whole."""
    program = [str(tool("pg_dump", server_version=version)), "--format=custom", "--compress=gzip:3"]
    command = [*program, "--no-owner", "--no-privileges", "--no-unlogged-table-data", f"--snapshot={snapshot}"]
    yield from copied_out(command, reached_by(url))


def copied_out(command: list[str], environment: dict[str, str]) -> Iterator[bytes]:
    """What a program of PostgreSQL writes. Raises Trouble when it is not the whole."""
    with _running(command, environment, stdout=subprocess.PIPE) as (process, why):
        assert process.stdout
        size = 0
        while piece := process.stdout.read(PIECE):
            size += len(piece)
            yield piece
        if process.wait() or not size:
            raise Trouble(f"{Path(command[0]).name} không chép hết cơ sở dữ liệu: {why()}")


def read_back(pieces: Iterable[bytes], version: int) -> set[str]:
    """The tables whose rows a copy holds, after pg_restore has listed it and read it to its last byte. Raises Trouble."""
    program = str(tool("pg_restore", server_version=version))
    with (
        TemporaryFile() as told,  # a pipe would fill while the program is still being fed, and both would wait for ever
        _running([program, "--list"], {"LC_ALL": "C"}, stdin=subprocess.PIPE, stdout=told) as (listing, why),
        _running([program, "--file=/dev/null"], {"LC_ALL": "C"}, stdin=subprocess.PIPE) as (reading, why_not),
    ):
        _feed((listing, reading), pieces)
        if listing.wait() or reading.wait():
            raise Trouble(f"pg_restore không đọc được bản chép cơ sở dữ liệu: {why() or why_not()}")
        told.seek(0)
        lines = told.read().decode().splitlines()
    return {words[6] for line in lines if (words := line.split())[3:6] == ["TABLE", "DATA", "public"]}


def loaded(pieces: Iterable[bytes], url: str, version: int) -> None:
    """Bring a copy into an empty database, all or nothing. Raises Trouble."""
    program = str(tool("pg_restore", server_version=version))
    database = conninfo_to_dict(url)["dbname"]
    words = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={database}"]
    with _running([program, *words], reached_by(url), stdin=subprocess.PIPE) as (process, why):
        _feed((process,), pieces)
        if process.wait():
            raise Trouble(f"pg_restore không nạp được cơ sở dữ liệu: {why()}")


def _feed(processes: tuple[subprocess.Popen[bytes], ...], pieces: Iterable[bytes]) -> None:
    """Give every piece to every program that still listens; one that has heard enough does not keep the rest unread."""
    for piece in pieces:
        for process in processes:
            if process.stdin and not process.stdin.closed:
                try:
                    process.stdin.write(piece)
                except BrokenPipeError:
                    _close(process.stdin)
    for process in processes:
        if process.stdin:
            _close(process.stdin)


def _close(pipe: IO[bytes]) -> None:
    with suppress(BrokenPipeError):
        pipe.close()


@contextmanager
def _running(
    command: list[str],
    environment: dict[str, str],
    stdin: int = subprocess.DEVNULL,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], str]]]:
    """A program that dies with this block and with this process, and the end of what it complained about."""
    with TemporaryFile() as complaints:

        def why() -> str:
            complaints.seek(0)
            return complaints.read().decode(errors="replace").strip()[-600:]

        process = subprocess.Popen(
            command, stdin=stdin, stdout=stdout, stderr=complaints, env=environment, cwd="/",
            preexec_fn=tie_to_parent(signal.SIGKILL),
        )  # fmt: skip
        try:
            yield process, why
        finally:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    _close(pipe)
            process.wait()

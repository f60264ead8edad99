"""`tram bench`: every figure as one line of JSON, with its floor and their ratio from the same run."""

import os
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import psycopg

from tram.bench import starting
from tram.bench.comparing import read, slower
from tram.bench.measures import Figure, written
from tram.site.environment import data_folder, database
from tram.site.preparation import read_mark
from tram.site.trouble import Trouble

QUICK = 100_000
OWN = "do-thu"
"""The folder, inside the data folder, which the bench fills and throws away."""


def bench(asked: Namespace) -> int:
    """Measure, print each figure as it is known, compare with an earlier run where one is given."""
    before = read(Path(asked.compare)) if asked.compare else {}
    lines: list[dict[str, Any]] = []

    def tell(figure: Figure) -> None:
        lines.append(figure.line())
        print(written(lines[-1]), flush=True)

    data = Path(asked.data).resolve() if asked.data else data_folder() / OWN
    try:
        if asked.data:
            _must_be_demo(data)
        else:
            _fill(data, asked.port, asked.size or QUICK, tell)
        _measure(data, asked, tell)
    finally:
        if not asked.data and not asked.keep:
            shutil.rmtree(data, ignore_errors=True)
    worse = slower(before, lines)
    for sentence in worse:
        print(sentence, file=sys.stderr)
    return 1 if worse else 0


def say(text: str) -> None:
    """Say what is being done, beside the figures."""
    print(f"  … {text}", file=sys.stderr, flush=True)


def _must_be_demo(data: Path) -> None:
    """The bench writes letters: never among real ones."""
    mark = read_mark(data)
    if mark is None or mark["demo"] != "planted":
        raise Trouble(f"Bài đo ghi hàng nghìn văn bản, nên chỉ chạy trên tỉnh mẫu; {data} không phải tỉnh mẫu.")


def _fill(data: Path, port: int, letters: int, tell: Callable[[Figure], None]) -> None:
    """A province of our own: one for the cold start, then one of the size asked for."""
    shutil.rmtree(data, ignore_errors=True)
    say("khởi động từ chỗ chưa có gì")
    tell(starting.cold(data, port))
    shutil.rmtree(data)
    say(f"nạp {letters} văn bản")
    command = [sys.executable, "-m", "tram.site.cli", "demo", "--data", str(data), "--letters", str(letters)]
    if subprocess.run(command, stdout=sys.stderr).returncode:
        raise Trouble("Không nạp được dữ liệu cho bài đo; lý do ở ngay trên.")


def _measure(data: Path, asked: Namespace, tell: Callable[[Figure], None]) -> None:
    say("khởi động lại")
    tell(starting.warm(data, asked.port, 3 if asked.quick else 5))
    with ExitStack() as stack:
        stack.enter_context(database(data))
        django.setup()
        house = stack.enter_context(starting.running(data, asked.port))
        desk = stack.enter_context(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True))
        figures = import_module("tram.bench.figures").figures
        for figure in figures(house, desk, asked):
            tell(figure)
        tell(starting.memory(house))

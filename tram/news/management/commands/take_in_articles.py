"""`take_in_articles`: a whole folder of old articles, brought in for an agency's editors to look through (`tram import-articles`)."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.news.commands.old import Brought, take_in_all
from tram.news.queries.reading import files_of, name_of
from tram.news.rules.refusals import SENTENCES
from tram.organisation.models import Unit
from tram.organisation.queries import find_units

TOGETHER = 50
"""Files of one transaction: what was taken in stays when the next fifty are cut off, and the same bytes are kept once."""


class Command(BaseCommand):
    help = "Đưa một thư mục bài cũ vào cho biên tập của cơ quan xem lại; chưa bài nào lên cổng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--agency", required=True, help="tên hoặc tên viết tắt của cơ quan")
        parser.add_argument("--source", default="")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, folder: Path, agency: str, source: str, **options: Any) -> None:
        now = clock.now()
        unit, paths, refused = _agency(agency, now), files_of(folder), 0
        for first in range(0, len(paths), TOGETHER):
            those = paths[first : first + TOGETHER]
            for line in _taken(those, folder, agency=unit, source=source, at=now):
                refused += "error" in line
                self.stdout.write(json.dumps(line, ensure_ascii=False) if options["json"] else _in_words(line))
        if not options["json"]:
            self.stdout.write(
                f"{len(paths) - refused} tệp chờ biên tập của {unit.name} xem lại ở Tin bài, mục Nhập bài cũ; "
                f"{refused} tệp không nhận được, không để lại gì."
            )
        if refused:
            raise SystemExit(1)


def _agency(text: str, now: datetime) -> Unit:
    found = find_units(text, clock.local_day(now))
    exact = [one for one in found if text.casefold() in (one.name.casefold(), one.abbr.casefold())]
    if len(one := exact or found) == 1:
        return Unit.objects.get(pk=one[0].id)
    if not found:
        raise CommandError(f"Không có cơ quan nào tên “{text}”. Gõ tên hoặc tên viết tắt, ví dụ --agency SKHCN.")
    raise CommandError(f"“{text}” là {', '.join(one.name for one in found[:4])}… Gõ đủ tên một cơ quan.")


def _taken(paths: Sequence[Path], folder: Path, *, agency: Unit, source: str, at: datetime) -> list[dict[str, Any]]:
    """What became of each of them."""
    lines: list[dict[str, Any]] = []
    with ExitStack() as opened:
        files: list[Brought] = []
        for path in paths:
            name = name_of(path.relative_to(folder) if folder.is_dir() else Path(path.name))
            try:
                files.append((name, path.stat().st_size, opened.enter_context(path.open("rb"))))
            except OSError:
                lines.append({"file": name, "error": SENTENCES["missing"]})
        taken, refused = take_in_all(actor=Actor.system(), at=at, agency=agency, files=files, source=source)
    lines += [{"file": one.name, "title": one.title, "url": f"/tin-bai/bai-cu/{one.pk}"} for one in taken]
    return [*lines, *({"file": name, "error": sentence} for name, sentence in refused)]


def _in_words(line: dict[str, Any]) -> str:
    return f"✗ {line['file']}: {line['error']}" if "error" in line else f"✓ {line['file']}: {line['title']}"

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
from tram.kernel.verdicts import Invalid
from tram.news.commands.old import ARCHIVE, Brought, take_in_all
from tram.news.queries.reading import files_of, name_of
from tram.news.rules.filing import categories, filed
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
        parser.add_argument("--category", default=ARCHIVE, help="mã hoặc tên chuyên mục chính")
        parser.add_argument(
            "--also", action="append", default=[], help="chuyên mục khác cũng đăng bài; ghi nhiều lần được"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, folder: Path, agency: str, source: str, **options: Any) -> None:
        now = clock.now()
        unit, paths, refused = _agency(agency, now), files_of(folder), 0
        where = _filed(options["category"], options["also"])
        for first in range(0, len(paths), TOGETHER):
            those = paths[first : first + TOGETHER]
            for line in _taken(those, folder, agency=unit, source=source, at=now, **where):
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


def _filed(category: str, also: Sequence[str]) -> dict[str, Any]:
    """Where the articles are to stand, told by codes or names."""
    try:
        main, further = filed(_code(category), [_code(word) for word in also])
    except Invalid as wrong:
        raise CommandError(str(wrong)) from wrong
    return {"category": main, "also": further}


def _code(word: str) -> str:
    known = categories()
    found = [code for code, name in known.items() if word.casefold() in (code, name.casefold())]
    if not found:
        told = ", ".join(f"{code} ({name})" for code, name in known.items())
        raise CommandError(f"Không có chuyên mục “{word}”. Ghi mã hoặc tên một chuyên mục: {told}.")
    return found[0]


def _taken(paths: Sequence[Path], folder: Path, *, agency: Unit, at: datetime, **told: Any) -> list[dict[str, Any]]:
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
        taken, refused = take_in_all(actor=Actor.system(), at=at, agency=agency, files=files, **told)
    lines += [{"file": one.name, "title": one.title, "url": f"/tin-bai/bai-cu/{one.pk}"} for one in taken]
    return [*lines, *({"file": name, "error": sentence} for name, sentence in refused)]


def _in_words(line: dict[str, Any]) -> str:
    return f"✗ {line['file']}: {line['error']}" if "error" in line else f"✓ {line['file']}: {line['title']}"

"""`tram import-articles`: what would come of old articles, for programs and for people, without database and Django; or, told an
agency, brings them in for its editors to look through."""

import json
import sys
from argparse import Namespace

from django.core.management import CommandError, call_command

from tram.news.queries.reading import articles_as_json, files_of, read_files
from tram.site.environment import awake, data_folder
from tram.site.trouble import Trouble

WHOSE = (
    "Bài đưa vào cho cơ quan nào? Thêm --agency và tên hoặc tên viết tắt, ví dụ --agency SKHCN. Biên tập của cơ quan ấy xem lại "
    "từng bài ở Tin bài, mục Nhập bài cũ. Chỉ xem trước, không ghi gì: --dry-run."
)
FIELDS = ("title", "source_label", "lead", "byline", "published_at", "event_date")


def import_articles(asked: Namespace) -> int:
    """Print one JSON object an article, or its fields and changes in lines; 1 when a file is no article."""
    if not asked.folder.exists():
        raise Trouble(f"Không có thư mục {asked.folder}. Kiểm tra lại tên.")
    return _read(asked) if asked.dry_run else _take_in(asked)


def _take_in(asked: Namespace) -> int:
    if not asked.agency:
        raise Trouble(WHOSE)
    with awake(data_folder(asked.data)) as why_not:
        if why_not:
            raise Trouble(why_not)
        told = {
            "agency": asked.agency,
            "source": asked.source,
            "category": asked.category,
            "also": asked.also,
            "json": asked.json,
        }
        try:
            call_command("take_in_articles", asked.folder, **told)
        except CommandError as wrong:
            raise Trouble(str(wrong)) from wrong
    return 0


def _read(asked: Namespace) -> int:
    refused = 0
    for line in articles_as_json(read_files(files_of(asked.folder), source=asked.source)):
        told = json.loads(line)
        refused += "error" in told
        if asked.json:
            print(line, flush=True)
        else:
            _show(told)
    if refused and not asked.json:
        print(f"{refused} tệp không nhận được; các tệp ấy không để lại gì.", file=sys.stderr)
    return 1 if refused else 0


def _show(told: dict[str, object]) -> None:
    print(f"── {told['file']}")
    if "error" in told:
        print(f"✗ {told['error']}\n")
        return
    for name in FIELDS:
        print(f"{name:14}{told[name] or '–'}")
    body, changes, alike = told["body"], told["changes"], told["near_duplicates"]
    assert isinstance(body, list) and isinstance(changes, list) and isinstance(alike, list)
    print(f"{'body':14}{len(body)} khối")
    for one in changes:
        done = "đã làm" if one["made"] else "đề nghị"
        print(f"  dòng {one['line']}, {one['name']} ({done}): {one['reason']}")
    for one in alike:
        print(f"  gần trùng với {one['other']}: {one['sentence']}")
    print()

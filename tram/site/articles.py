"""`tram import-articles`: what would come of old articles, for programs and for people. Needs neither database nor Django."""

import json
import sys
from argparse import Namespace

from tram.news.queries.reading import articles_as_json, files_of, read_files
from tram.site.trouble import Trouble

ONLY_READS = (
    "Lệnh này chỉ đọc thử: thêm --dry-run để xem mỗi tệp ra bài thế nào. Đưa bài vào ở trang Tin bài, mục Nhập bài cũ, "
    "nơi biên tập xem lại từng thay đổi rồi xác nhận."
)
FIELDS = ("title", "source_label", "lead", "byline", "published_at", "event_date")


def import_articles(asked: Namespace) -> int:
    """Print one JSON object an article, or its fields and changes in lines; 1 when a file is no article."""
    if not asked.folder.exists():
        raise Trouble(f"Không có thư mục {asked.folder}. Kiểm tra lại tên.")
    if not asked.dry_run:
        raise Trouble(ONLY_READS)
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

"""`rebuild_index`: put off the rebuilding of every kind of card, or of those named."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tram.search.jobs import rebuild
from tram.search.sockets import sources


class Command(BaseCommand):
    help = "Giao cho máy việc nền dựng lại chỉ mục tìm kiếm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kinds", nargs="*", choices=[name for name, _ in sources.items()], metavar="LOẠI")

    def handle(self, *args: Any, kinds: list[str], **options: Any) -> None:
        for name in kinds or [name for name, _ in sources.items()]:
            rebuild.defer(kind=name)
            self.stdout.write(f"Đã giao dựng lại: {sources[name].name}")

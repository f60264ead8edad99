"""One issued letter of the demo, signed and sealed, as a file: for trying validators on."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tram.files.queries import open_blob
from tram.outgoing.models import Outgoing

NONE = "Dữ liệu này không có văn bản đi nào đã ký số và phát hành. Nạp tỉnh mẫu: tram run --data THƯMỤC"


class Command(BaseCommand):
    help = "Ghi ra tệp một văn bản đi đã ký số, đóng dấu và phát hành của tỉnh mẫu."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to write it."""
        parser.add_argument("--pdf", type=Path, required=True, metavar="TỆP", help="nơi ghi tệp PDF")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the last one; refuses with a sentence where there is none, or the place cannot be written."""
        letters = Outgoing.objects.filter(
            issued_at__isnull=False, is_on_paper=False, paper__isnull=False, original=None
        )
        letter = letters.order_by("-issued_at").first()
        if letter is None or letter.paper_id is None:
            raise CommandError(NONE)
        try:
            options["pdf"].write_bytes(open_blob(letter.paper_id).read_bytes())
        except OSError as wrong:
            raise CommandError(f"Không ghi được {options['pdf']}: {wrong.strerror}.") from wrong
        self.stdout.write(f"{letter.code} ngày {letter.issued_date:%d/%m/%Y}: {options['pdf']}")

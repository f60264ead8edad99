"""`found_backups`: say where backups go and make the key that opens them, once, when a house is opened."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tram.keeping.management.console import key_lines
from tram.keeping.rules.places import backups_folder, backups_wanted
from tram.keeping.rules.recovery import key_place, make_key
from tram.site.trouble import Trouble


class Command(BaseCommand):
    help = "Nói bản sao lưu để ở đâu và tạo khóa khôi phục, một lần."

    def handle(self, *args: Any, **options: Any) -> None:
        data = Path(settings.TRAM_DATA)
        if not backups_wanted() or key_place(data).exists():
            return
        try:
            lines = key_lines(data, make_key(data))
        except Trouble as trouble:
            lines = [f"  ! {trouble}"]
        where = f"  ! Sao lưu hằng đêm vào {backups_folder(data)}; đổi chỗ bằng TRAM_BACKUPS, nên là đĩa khác."
        self.stdout.write("\n".join([where, *lines]))

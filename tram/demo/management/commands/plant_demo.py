"""Plant the demo province."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tram.demo.bulk import plant_years
from tram.demo.plant import plant
from tram.kernel import clock
from tram.kernel.verdicts import WrongState

BY_HAND = 2000
"""Up to so many letters are lived through the commands; more are printed."""


class Command(BaseCommand):
    help = "Nạp tỉnh mẫu Lào Cai năm 2026 vào cơ sở dữ liệu trống: cơ quan, cán bộ và 60 ngày văn bản đến."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many letters, and whether to say what was done."""
        parser.add_argument("--letters", type=int, default=400, metavar="SỐ", help="số văn bản đến (mặc định 400)")
        parser.add_argument("--progress", action="store_true", help="in từng phần đã nạp và số giây")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plant; refuses with a sentence where there are units already."""
        try:
            fill = plant_years if options["letters"] > BY_HAND else plant
            fill(now=clock.now(), letters=options["letters"], progress=self.say if options["progress"] else _nothing)
        except WrongState as error:
            raise CommandError(str(error)) from None

    def say(self, line: str) -> None:
        """A sentence on a line of its own; one that begins with a return stands in place of the one before."""
        if line.startswith("\r") and self.stdout.isatty():
            self.stdout.write(line, ending="")
        else:
            self.stdout.write(f"    {line.strip()}")
        self.stdout.flush()


def _nothing(_line: str) -> None:
    """Nobody asked for progress."""

"""`scan_portal`: look through all that is public now, list what was seen, settle what is right as it stands."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.portal.commands.scan import scan, settle_sighting
from tram.portal.queries import sightings


class Command(BaseCommand):
    help = "Tự kiểm cổng: xem mọi trang, tệp công khai có ai cho đăng không, có bị đổi, chèn quảng cáo không."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="chỉ liệt kê điều đã thấy")
        parser.add_argument("--settle", type=int, metavar="SỐ", help="ghi là đã xem, giữ nguyên như vậy")
        parser.add_argument("--reason", default="", metavar="LÝ-DO")

    def handle(self, *args: Any, settle: int | None, reason: str, **options: Any) -> None:
        by: Any = {"actor": Actor.system(), "at": clock.now()}
        if settle is not None:
            try:
                settle_sighting(sighting=settle, reason=reason, **by)
            except Hidden:
                raise CommandError(
                    f"Không có điều số {settle}. Xem danh sách: tram manage scan_portal --list"
                ) from None
            except (Invalid, WrongState) as why:
                raise CommandError(str(why)) from why
        elif not options["list"]:
            now = scan(**by)
            while now.ended_at is None:
                now = scan(actor=Actor.system(), at=clock.now())
            self.stdout.write(f"Đã xem {now.looked} mục.")
        for one in sightings():
            self.stdout.write(f"{'✗' if one.is_bad else '!'} {one.pk}  {one.place}: {one.sentence}\n    → {one.mend}")

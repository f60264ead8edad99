"""Load the map of provinces and communes."""

from typing import Any

from django.core.management.base import BaseCommand

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.organisation.commands import areas


class Command(BaseCommand):
    help = "Nạp 34 tỉnh, thành phố, 3.321 xã, phường, đặc khu và các đơn vị hành chính trước đó từ catalogue/areas."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it; when it is there already, say how many areas it has."""
        count = areas.load_areas(actor=Actor.system(), at=clock.now())
        self.stdout.write(f"Bản đồ có {count} đơn vị hành chính, kể cả các đơn vị trước ngày 01/07/2025.")

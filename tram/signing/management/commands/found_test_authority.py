"""The installation's own test authority, made when the data folder is prepared."""

from typing import Any

from django.core.management.base import BaseCommand

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.signing.commands import certificates


class Command(BaseCommand):
    help = "Lập nơi cấp chứng thư thử (không có giá trị pháp lý) trong thư mục dữ liệu, nếu chưa có."

    def handle(self, *words: Any, **options: Any) -> None:
        """Make it, or find it made."""
        certificates.found_test_authority(actor=Actor.system(), at=clock.now())

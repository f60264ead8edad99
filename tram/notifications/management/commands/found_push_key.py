"""The key by which push services know this installation, made when the data folder is prepared."""

from typing import Any

from django.core.management.base import BaseCommand

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.notifications import commands


class Command(BaseCommand):
    help = "Tạo khóa đẩy của máy chủ trong thư mục dữ liệu, nếu chưa có."

    def handle(self, *words: Any, **options: Any) -> None:
        """Make it, or find it made."""
        commands.found_push_key(actor=Actor.system(), at=clock.now())

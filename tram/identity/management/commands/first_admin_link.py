"""Print the one-time link with which the first administrator sets their password."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from tram.identity.commands.invitations import invite_first_admin
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import WrongState


class Command(BaseCommand):
    help = "In liên kết một lần, dùng trong 30 phút, để quản trị đầu tiên đặt mật khẩu."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link; fails when the first administrator has come already."""
        try:
            secret = invite_first_admin(actor=Actor.system(), at=clock.now())
        except WrongState as error:
            raise CommandError(str(error)) from None
        self.stdout.write(settings.TRAM_PUBLIC_URL + reverse("identity:invitation", args=[secret]))

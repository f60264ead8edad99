"""A long book: as many rows as one likes, laid down as copies of one registered letter."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from tests.cast import Cast
from tram.documents.commands.register import register
from tram.documents.models import Incoming
from tram.documents.rules import Slip
from tram.documents.screens.books import book_of, wanted
from tram.kernel.clock import now
from tram.organisation.models import NumberBook
from tram.outputs.sockets import Wanted

ROWS = 620
WORKER = """
import django
django.setup()
from django.core.management import call_command
from tram.outputs import rules
rules.PAUSE = 0
call_command("worker")
"""


def lay_book(cast: Cast, rows: int = ROWS) -> NumberBook:
    """The book of incoming papers of this year, with its numbers used up to `rows`."""
    at = now()
    slip = Slip(organ_name="Sở Tài chính", code_number="45", code_notation="STC-NS", subject="Dự toán năm 2027")
    letter = register(actor=cast.actor("hoa", at), at=at, agency=cast.units["skhcn"], slip=slip)
    fields = {one.attname: getattr(letter, one.attname) for one in Incoming._meta.fields if one.attname != "id"}
    Incoming.objects.bulk_create(
        Incoming(**{**fields, "arrival_number": number, "code_number": str(number), "number_key": f"k{number}"})
        for number in range(2, rows + 1)
    )
    book = NumberBook.objects.get(agency=cast.units["skhcn"], code="incoming", year=at.year)
    NumberBook.objects.filter(pk=book.pk).update(next_number=rows + 1)
    return book


def asked(cast: Cast, last: int = ROWS, form: str = "xlsx") -> Wanted:
    """That book as Hoa asks for it."""
    at = now()
    return wanted(book_of(cast.actor("hoa", at), "incoming", at.year, at.date()), 1, last, form)


def killed_worker(armoury: Path) -> None:
    """A worker of its own process does what waits, and is killed at the crash point that is armed in the folder."""
    place = connection.settings_dict
    query = urlencode({"host": place["HOST"], **({"port": place["PORT"]} if place["PORT"] else {})})
    url = f"postgresql://{quote(place['USER'])}:{quote(place['PASSWORD'])}@/{place['NAME']}?{query}"
    environment = os.environ | {
        "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tram.site.settings", "TRAM_DATA": str(settings.TRAM_DATA),
        "TRAM_CRASH_POINTS": str(armoury),
    }  # fmt: skip
    worker = subprocess.run([sys.executable, "-c", WORKER], env=environment, timeout=180, check=False)
    assert worker.returncode == -signal.SIGKILL

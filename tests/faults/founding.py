"""Found the cast in an installation and tell who they are, as JSON: `python -m tests.faults.founding`.

Runs with the installation's environment (Installation.environment).
"""

# ruff: noqa: T201
import json
from datetime import timedelta

import django

django.setup()

from tests.api.program import token  # noqa: E402
from tests.cast import build  # noqa: E402
from tram.kernel import clock  # noqa: E402
from tram.kernel.actors import Actor  # noqa: E402
from tram.organisation.commands.books import open_book  # noqa: E402
from tram.organisation.models import NumberBook  # noqa: E402

WORKERS = ("hoa", "son", "hung", "tam", "dung", "lan", "phuc", "nga", "tuan", "thu", "binh")


def found() -> dict[str, object]:
    """The cast, with books of this year and a token for each who works."""
    cast, at = build(), clock.now()
    for book in NumberBook.objects.filter(year=2026).select_related("agency"):
        open_book(
            actor=Actor.system(), at=at, agency=book.agency, code=book.code, name=book.name,
            year=(at + timedelta(days=1)).year, is_secret=book.is_secret,
        )  # fmt: skip
    words = {"code": "outgoing", "name": "Sổ đăng ký văn bản đi", "year": at.year}
    open_book(actor=Actor.system(), at=at, agency=cast.units["skhcn"], **words)
    return {
        "tokens": {login: token(cast, login) for login in WORKERS},
        "posts": {login: post.pk for login, post in cast.posts.items()},
        "units": {key: unit.pk for key, unit in cast.units.items()},
        "accounts": {login: account.pk for login, account in cast.accounts.items()},
    }


if __name__ == "__main__":
    print(json.dumps(found()))

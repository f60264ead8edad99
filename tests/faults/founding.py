"""Found the cast in an installation and tell who they are, as JSON: `python -m tests.faults.founding`.

Runs with the installation's environment (Installation.environment). Whoever signs gets a session and a certificate.
"""

# ruff: noqa: T201
import json
from datetime import timedelta

import django

django.setup()

from django.test import Client  # noqa: E402

from tests.api.program import token  # noqa: E402
from tests.cast import PASSWORD, Cast, build  # noqa: E402
from tram.kernel import clock  # noqa: E402
from tram.kernel.actors import Actor  # noqa: E402
from tram.organisation.commands.books import open_book  # noqa: E402
from tram.organisation.models import NumberBook  # noqa: E402
from tram.signing.commands.certificates import issue_test_certificate  # noqa: E402

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
        "password": PASSWORD,
        "certificates": {"sign": certificate(cast, "son"), "seal": certificate(cast, "")},
        "sessions": {who: cast.signed_in(Client(), who).cookies["phien"].value for who in ("hoa", "son")},
    }


def certificate(cast: Cast, login: str) -> int:
    """A person's certificate of the test authority, or the agency's own; its key."""
    agency, at = cast.units["skhcn"], clock.now()
    account = cast.accounts.get(login)
    made = issue_test_certificate(
        actor=Actor.system(), at=at, name=account.name if account else agency.name, agency=agency.pk,
        agency_name=agency.name, account=account, title=cast.posts[login].title if account else "", since=at,
        until=at + timedelta(days=700),
    )  # fmt: skip
    return made.pk


if __name__ == "__main__":
    print(json.dumps(found()))

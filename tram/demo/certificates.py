"""Certificates of the test authority for those who sign at home and for the seals of three agencies, with their pictures."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import typst

from tram.demo.founding import SYSTEM, Town
from tram.demo.people import COMMUNE, HOME
from tram.files.commands import look, store
from tram.identity.commands.entering import FreshProof, Shown, prove_for, sign_in
from tram.identity.commands.sessions import sign_out
from tram.identity.models import SignIn
from tram.kernel.actors import Actor
from tram.organisation.models import Unit
from tram.organisation.queries import actor_of
from tram.signing.commands.certificates import found_test_authority, issue_test_certificate, set_picture
from tram.signing.models import Certificate
from tram.signing.queries import warm
from tram.web.paper import FONTS

SIGNERS = ("son", "dung", "minh", "binh")
SEALS = {HOME: "hoa", "stc": "tuan", COMMUNE: ""}
"""Agencies with a seal, and the clerk of the cast who keeps its picture."""
GOOD_FOR = timedelta(days=2 * 365)
DRAWN = Path(__file__).parent / "templates" / "demo" / "signature.typ"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/130"


class Signing:
    """Who may sign with what; `proof` shows their password anew."""

    def __init__(self, town: Town, passwords: dict[str, str]) -> None:
        self.town, self.passwords = town, passwords
        self.certificates: dict[str, Certificate] = {}

    def of(self, whose: str) -> int:
        """The certificate of a login, or of an agency's code."""
        return self.certificates[whose].pk

    def issue(self, at: datetime) -> None:
        """Certificates for signers and seals at that hour, and how they look on paper."""
        warm()
        found_test_authority(actor=SYSTEM, at=at)
        for login in SIGNERS:
            account, post = self.town.accounts[login], self.town.posts[login]
            self.certificates[login] = self._issued(at, account.name, post.unit.agency or post.unit, login)
        for code in SEALS:
            agency = self.town.units[code]
            self.certificates[code] = self._issued(at, agency.name, agency)
        self._dress(at)

    def _issued(self, at: datetime, name: str, agency: Unit, login: str = "") -> Certificate:
        return issue_test_certificate(
            actor=SYSTEM, at=at, name=name, agency=agency.pk, agency_name=agency.name,
            account=self.town.accounts[login] if login else None, title=self.town.posts[login].title if login else "",
            since=at - timedelta(hours=1), until=at + GOOD_FOR,
        )  # fmt: skip

    def _dress(self, at: datetime) -> None:
        """The owner's own hand, or the seal as its clerk keeps it; where nobody of the cast keeps it, none."""
        shown = {**{login: login for login in SIGNERS}, **{code: clerk for code, clerk in SEALS.items() if clerk}}
        pictures = [
            {"seal": key in SEALS, "name": self.town.units[key].name if key in SEALS else _given(self.town, key)}
            for key in shown
        ]
        for (key, owner), content in zip(shown.items(), drawn(pictures), strict=True):
            actor = actor_of(self.town.accounts[owner].pk, at.date())
            agency = self.certificates[key].agency
            file = store(actor=actor, at=at, stream=BytesIO(content), name=f"mau-{key}.png", agency=agency)
            look(actor=SYSTEM, at=at, file=file.pk, level="")
            set_picture(actor=actor, at=at, certificate=self.certificates[key], file=file.pk)

    @contextmanager
    def proof(self, actor: Actor, login: str, at: datetime, purpose: str) -> Iterator[FreshProof]:
        """They sign in, show their password for this one act, and leave after it."""
        password, account = self.passwords[login], self.town.accounts[login]
        sign_in(actor=SYSTEM, at=at, login=login, password=password, address="127.0.0.1", agent=BROWSER)
        row = SignIn.objects.select_related("account").filter(account=account).latest("pk")
        yield prove_for(actor=actor, at=at, sign_in=row, purpose=purpose, shown=Shown(password))
        sign_out(actor=actor, at=at, sign_in=row)


def _given(town: Town, login: str) -> str:
    return town.accounts[login].name.split()[-1]


def drawn(pictures: list[dict[str, object]]) -> Iterator[bytes]:
    """PNG pictures on nothing, in one run of typst."""
    told = {"data": json.dumps({"pictures": pictures}, ensure_ascii=False)}
    made = typst.compile(str(DRAWN), format="png", ppi=220, font_paths=[str(FONTS)], sys_inputs=told)
    yield from made if isinstance(made, list) else [made]

"""A letter leaves: its page drawn, signed and sealed by keys in files, issued to twelve agencies; a book printed.

Each walk is one whole letter by the people of the home agency, so that every figure is of the letters that people send.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_urlsafe

from tram.bench.doors import enter, sign_in_by
from tram.bench.measures import Figure, seconds_of
from tram.bench.office import Office, person
from tram.identity.commands.entering import FreshProof, Shown, prove_for
from tram.identity.models import Account, SignIn
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.organisation.commands.books import open_book
from tram.organisation.models import NumberBook, Post, Unit
from tram.outgoing.commands.check import check_content, check_form, submit
from tram.outgoing.commands.draft import draft
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.present import approve, present
from tram.outgoing.commands.sign import seal, sign, wanted_from_clerk, wanted_from_signer
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.sheets import Content, Place
from tram.signing.commands.certificates import issue_test_certificate
from tram.signing.commands.wanted import Wanted
from tram.signing.queries import own_certificates, seals_of, warm

PLACES = 12
BODY = (
    "Thực hiện Kế hoạch chuyển đổi số năm 2026, Sở Khoa học và Công nghệ đề nghị quý cơ quan rà soát hạ tầng mạng truyền số "
    "liệu chuyên dùng, báo cáo số máy trạm, số phần mềm dùng chung và nhu cầu năm sau.\n"
) * 6 + "Trân trọng./."
NAMES = ("draft.command", "page.command", "sign.command", "number.command", "seal.command", "issue.command")


@dataclass
class Signing:
    """Người ký trong bài đo: with a sign-in of their own, whose password the bench has just set."""

    actor: Actor
    sign_in: SignIn
    password: str
    certificate: int

    def proof(self, wanted: Wanted) -> FreshProof:
        """What they show for this one act."""
        shown = Shown(self.password)
        return prove_for(actor=self.actor, at=now(), sign_in=self.sign_in, purpose=wanted.purpose, shown=shown)


@dataclass
class Desk:
    """Bàn phát hành: who does which step, and to whom the letters go."""

    office: Office
    drafter: Actor
    head: Actor
    chief: Actor
    signer: Signing
    keeper: Signing
    places: tuple[Place, ...]
    figures: dict[str, Figure] = field(default_factory=lambda: {name: Figure(name) for name in NAMES})

    @classmethod
    def opened(cls, office: Office) -> "Desk":
        """The home agency with the book of the year, two certificates and twelve agencies to write to."""
        agency, at = office.agency, now()
        if not NumberBook.objects.filter(agency=agency, year=at.year, code="outgoing").exists():
            open_book(actor=Actor.system(), at=at, agency=agency, code="outgoing", name="Sổ văn bản đi", year=at.year)
        units = Unit.objects.filter(is_agency=True, abolished_on=None).exclude(pk=agency.pk).order_by("pk")[:PLACES]
        places = tuple(Place(unit.name, unit=unit.pk, is_addressed=True) for unit in units)
        own, stamps = own_certificates(office.leader, at), seals_of(agency.pk, at)
        signer = _signing(office.leader, own[0].id if own else _certificate(office, office.leader))
        keeper = _signing(office.clerk, stamps[0].id if stamps else _certificate(office, None))
        warm()
        return cls(office, person("lan"), person("thang"), person("minh"), signer, keeper, places)

    def walk(self, turn: int) -> None:
        """One letter from nothing to twelve agencies; a turn below 0 is not counted."""
        letter, clerk = self._approved(turn), self.office.clerk
        wanted = wanted_from_signer(letter, self.signer.certificate)
        proof = self.signer.proof(wanted)
        by, own = self.signer.actor, self.signer.certificate
        self._timed(
            "sign.command", turn, lambda: sign(actor=by, at=now(), document=letter, certificate=own, proof=proof)
        )
        letter.refresh_from_db()
        self._timed("number.command", turn, lambda: number(actor=clerk, at=now(), document=letter))
        letter.refresh_from_db()
        wanted = wanted_from_clerk(letter, self.keeper.certificate)
        stamped, stamp = self.keeper.proof(wanted), self.keeper.certificate
        self._timed(
            "seal.command", turn, lambda: seal(actor=clerk, at=now(), document=letter, certificate=stamp, proof=stamped)
        )
        letter.refresh_from_db()
        self._timed("issue.command", turn, lambda: issue(actor=clerk, at=now(), document=letter))

    def _approved(self, turn: int) -> Outgoing:
        content = Content("official_letter", f"rà soát hạ tầng số, lần {turn}", BODY, places=self.places)
        made: list[Outgoing] = []
        self._timed("draft.command", turn, lambda: made.append(draft(actor=self.drafter, at=now(), content=content)))
        letter = submit(actor=self.drafter, at=now(), document=made[0], seen=1)
        letter = check_content(actor=self.head, at=now(), document=letter, seen=1)
        letter = check_form(actor=self.chief, at=now(), document=letter, seen=1)
        hat = self.office.leader.acting
        assert hat is not None
        present(actor=self.drafter, at=now(), document=letter, seen=1, to=Post.objects.get(pk=hat.post))
        self._timed("page.command", turn, lambda: approve(actor=self.office.leader, at=now(), document=letter, seen=1))
        letter.refresh_from_db()
        return letter

    def _timed(self, name: str, turn: int, act: Callable[[], object]) -> None:
        seconds = seconds_of(act)
        if turn >= 0:
            self.figures[name].ours.append([seconds])


def _signing(actor: Actor, certificate: int) -> Signing:
    password = token_urlsafe(18)
    return Signing(
        actor, sign_in_by(enter(Account.objects.get(pk=actor.account or 0), password)), password, certificate
    )


def _certificate(office: Office, owner: Actor | None) -> int:
    """One of the test authority, good for a day: the signer's own, or the agency's seal."""
    at, agency = now(), office.agency
    account = Account.objects.get(pk=owner.account or 0) if owner else None
    made = issue_test_certificate(
        actor=Actor.system(), at=at, name=account.name if account else agency.name, agency=agency.pk,
        agency_name=agency.name, account=account, title=owner.acting.title if owner and owner.acting else "",
        since=at - timedelta(minutes=5), until=at + timedelta(days=1),
    )  # fmt: skip
    return made.pk


def figures(office: Office, rounds: int) -> Iterator[Figure]:
    """`draft`, `page`, `sign`, `number`, `seal`, `issue` (`.command`): each step of as many letters as there are rounds.

    `page` is the approval, which draws the page to be signed.
    """
    desk = Desk.opened(office)
    for turn in range(-1, rounds):
        desk.walk(turn)
    yield from desk.figures.values()

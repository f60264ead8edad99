"""Outgoing letters of the scene: what leaves an agency, in the states that their verbs need."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.cast import Cast
from tests.rights.papers import own_certificate
from tram.agendas.models import Item
from tram.agendas.models import Publication as Week
from tram.contacts.models import Publication as Contact
from tram.files.models import File
from tram.gazette.models import Paper, Publication
from tram.kernel.actors import Actor
from tram.organisation.commands.books import open_book
from tram.organisation.models import Unit
from tram.outgoing.commands.check import check_content, check_form
from tram.outgoing.commands.check import submit as submit_draft
from tram.outgoing.commands.draft import draft
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number as give_number
from tram.outgoing.commands.present import approve, present
from tram.outgoing.commands.sign import sign_on_paper
from tram.outgoing.models import Outgoing
from tram.outgoing.rules import Content, Place
from tram.signing.models import Certificate
from tram.signing.queries import home
from tram.skins.models import Skin


def outgoing(cast: Cast, office: Any, canary: str, at: datetime, scan: File) -> dict[str, Any]:
    """Letters that the worker drafts: one being written, one before the leader, one that left by post, one that left with its scan."""
    unit = cast.units[office.unit]
    worker, clerk, leader = (cast.actor(login) for login in (office.worker, office.clerk, office.leader))
    head = cast.actor(office.head)
    form = cast.actor("tam" if office.clerk == "hoa" else office.clerk)
    open_book(
        actor=clerk, at=at, agency=Unit.objects.get(pk=clerk.agency), code="outgoing", name="Văn bản đi", year=2026
    )
    trusted = home() / "authorities"
    trusted.mkdir(parents=True, exist_ok=True)
    (trusted / "noi-cap.cer").write_bytes(own_certificate())
    place = Place(f"Bưu điện {canary}", address=f"Số 1 đường {canary}")
    content = Content("official_letter", f"V/v trả lời {canary}", f"Nội dung {canary}./.", places=(place,))
    by: dict[str, Any] = {"at": at, "seen": 1}
    made = [draft(actor=worker, at=at, content=content) for _ in range(4)]
    for letter in made[1:]:
        submit_draft(actor=worker, document=letter, **by)
        check_content(actor=head, document=letter, **by)
        check_form(actor=form, document=letter, **by)
        present(actor=worker, document=letter, **by)
    for letter, page in ((made[2], None), (made[3], scan)):
        last: dict[str, Any] = {"at": at, "document": letter}
        approve(actor=leader, seen=1, **last)
        sign_on_paper(actor=clerk, scan=page, **last)
        give_number(actor=clerk, **last)
        issue(actor=clerk, **last)
    asked = cast.units["it"] if office.unit == "telecoms" else cast.units["price"]
    shown(Outgoing.objects.get(pk=made[3].pk), clerk, at)
    reachable(cast, office.leader, at)
    agenda = of_the_week(cast, office.leader, at)
    return {
        "draft": made[0].pk, "shown": made[1].pk, "left": made[2].pk, "scanned": made[3].pk, "asked_unit": asked.pk,
        "brought": _paper(unit, clerk, at).pk, "recipient": made[2].recipients.get().pk, "drafting_unit": unit.pk,
        "certificate": certificate(cast, office, canary, at).pk, "agenda": agenda.pk, "worn": dressed(cast, office.leader, at).pk,
    }  # fmt: skip


def shown(letter: Outgoing, clerk: Actor, at: datetime) -> None:
    """The letter as if it were public, by other words than its own: no site is opened, and no canary gets out."""
    assert clerk.account is not None and letter.issued_date is not None
    Publication.objects.create(
        letter=letter, agency_id=letter.agency_id, slug=f"cong-khai-{letter.pk}", kind=letter.kind, code=letter.code,
        subject="Lịch tiếp công dân", issued_date=letter.issued_date, signer="Giám đốc", files=[],
        publisher_id=clerk.account, publisher_name=clerk.name, first_at=at, since_at=at,
    )  # fmt: skip


def reachable(cast: Cast, leader: str, at: datetime) -> None:
    """The agency and its leader as if they were public; no site is opened."""
    account, post = cast.accounts[leader], cast.posts[leader]
    by: dict[str, Any] = {
        "publisher": account,
        "publisher_name": account.name,
        "since_at": at,
        "agency_id": post.unit.agency_id,
    }
    Contact.objects.create(name="Sở", **by)
    Contact.objects.create(name="Giám đốc", post=post, account=account, **by)


def of_the_week(cast: Cast, leader: str, at: datetime) -> Item:
    """What the house knows of a week that is public without it; no site is opened."""
    account, agency, monday = cast.accounts[leader], cast.posts[leader].unit.agency_id, date(2026, 11, 16)
    Week.objects.create(
        agency_id=agency,
        monday=monday,
        edition=1,
        items=[],
        publisher=account,
        publisher_name=account.name,
        since_at=at,
    )
    return Item.objects.create(agency_id=agency, day=monday, begins=at.time(), what="Họp giao ban", is_public=True)


def dressed(cast: Cast, leader: str, at: datetime) -> Skin:
    """What the agency's site wore, and what is tried; no site is opened."""
    account, agency = cast.accounts[leader], cast.posts[leader].unit.agency_id
    by: dict[str, Any] = {"agency_id": agency, "writer": account, "writer_name": account.name, "made_at": at}
    Skin.objects.create(colour="0f6466", **by)
    return Skin.objects.create(colour="1f6b3a", since_at=at, until_at=at, **by)


def _paper(unit: Unit, clerk: Actor, at: datetime) -> Paper:
    """A document that was not drafted here, as if it were public: in words that are nobody's."""
    assert clerk.account is not None
    paper = Paper.objects.create(
        agency_id=unit.agency_id, subject="Lịch tiếp công dân", brought_by="Văn thư", brought_at=at, changed_at=at
    )
    Publication.objects.create(
        paper=paper, agency_id=unit.agency_id, slug=f"dua-len-{paper.pk}", kind="law", code="1/QH", issued_date=at.date(),
        subject="Lịch tiếp công dân", signer="", files=[], publisher_id=clerk.account, publisher_name=clerk.name,
        first_at=at, since_at=at,
    )  # fmt: skip
    return paper


def certificate(cast: Cast, office: Any, canary: str, at: datetime) -> Certificate:
    """The worker's own, as it would stand enrolled; its key is asked for by nobody here."""
    return Certificate.objects.create(
        account=cast.accounts[office.worker], agency=cast.units[office.unit].agency_id, name="Chuyên viên",
        issuer="Nơi cấp", serial="1", fingerprint=sha256(canary.encode()).hexdigest(), der=b"", keeper="away",
        since=at, until=at + timedelta(days=700), enrolled_at=at,
    )  # fmt: skip

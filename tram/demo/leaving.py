"""Letters that leave the home agency: how far each has come, lived through the commands by its people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from tram.demo.acting import Office
from tram.demo.certificates import Signing
from tram.demo.days import Works, after, later, on_hour
from tram.demo.office import home
from tram.demo.people import HOME
from tram.documents.commands.register import register
from tram.gazette.commands.letters import publish
from tram.kernel.actors import Actor
from tram.organisation.models import Unit
from tram.outgoing.commands.check import check_content, check_form, send_back, submit
from tram.outgoing.commands.draft import draft
from tram.outgoing.commands.issue import confirm_delivery, dispatch, issue, slip_of
from tram.outgoing.commands.number import number
from tram.outgoing.commands.opinions import ask_opinions, give_opinion
from tram.outgoing.commands.present import approve, present
from tram.outgoing.commands.sign import seal, sign, sign_on_paper, wanted_from_clerk, wanted_from_signer
from tram.outgoing.models import Opinion, Outgoing
from tram.outgoing.queries.documents import Delivery, Relation, Stance, Way, files_to_send
from tram.outgoing.queries.sheets import Content, Place

CHECKED = ("draft", "submit", "check_content", "check_form")
SHOWN = (*CHECKED, "present")
ON_PAPER = (*SHOWN, "approve", "sign_on_paper", "number", "issue")
SIGNED = (*SHOWN, "approve", "sign", "number", "seal", "issue")
PATHS: dict[str, tuple[str, ...]] = {
    "draft": ("draft",),
    "asked": ("draft", "ask_opinions", "give_opinion"),
    "review": ("draft", "submit"),
    "form": ("draft", "submit", "check_content"),
    "presented": SHOWN,
    "returned": (*SHOWN, "send_back"),
    "approved": (*SHOWN, "approve"),
    "replaced": (*SIGNED, "make_public"),
    "replacing": (*SIGNED, "make_public"),
    "public": (*SIGNED, "make_public"),
    "carried": (*ON_PAPER, "dispatch"),
    "delivered": (*ON_PAPER, "dispatch", "confirm_delivery"),
    "sealed": (*SIGNED, "register_there", "make_public"),
}
"""How far a letter comes: the verbs of the outgoing room, one after the other; then it may become public."""
PACE = 25
"""Office minutes between two steps: the longest path ends a working day after it began."""
FIRST = 13
"""So many working days ago people got their certificates, before the first of the letters."""
Deed = tuple[datetime, Callable[[], object]]


@dataclass
class Letter:
    """Văn bản đi của tỉnh mẫu: what the catalogue beside says of it, and the document once it is drafted."""

    told: dict[str, Any]
    document: Outgoing | None = None

    @property
    def made(self) -> Outgoing:
        """The document as it is now."""
        assert self.document is not None
        return Outgoing.objects.get(pk=self.document.pk)


@cache
def told() -> list[dict[str, Any]]:
    """The letters as the catalogue beside tells them."""
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return rows


class Leaving:
    """The home agency's outgoing letters. `deeds` are its steps in order of time, each with its moment."""

    def __init__(self, office: Office, signing: Signing, today: date, works: Works) -> None:
        self.office, self.signing, self.today, self.works = office, signing, today, works
        self.letters = [Letter(row) for row in told()]

    def deeds(self) -> Iterator[Deed]:
        """Certificates first, then every step of every letter; all of them lie before today."""
        opened = on_hour(later(self.today, -FIRST, self.works), 0)
        yield opened, partial(self.signing.issue, opened)
        for letter in self.letters:
            at = on_hour(later(self.today, -letter.told["ago"], self.works), letter.told["minute"])
            for verb in PATHS[letter.told["path"]]:
                yield at, partial(ACTS[verb], self, letter, at)
                at = after(at, PACE, self.works)

    def who(self, login: str, at: datetime) -> Actor:
        """A person on that day."""
        return self.office.person(login, at.date())

    def unit(self, code: str) -> Unit:
        """A unit of the province."""
        return self.office.town.units[code]

    def seen(self, letter: Letter, login: str, at: datetime) -> dict[str, Any]:
        """What a step on the present version is given."""
        document = letter.made
        return {"actor": self.who(login, at), "at": at, "document": document, "seen": document.version}

    def signer(self, letter: Letter) -> str:
        """Who signs it: the director, if nobody else is named."""
        return str(letter.told.get("signer", "son"))


def _place(leaving: Leaving, row: dict[str, Any]) -> Place:
    code = row.get("agency") or row.get("division")
    unit = leaving.unit(code) if code else None
    return Place(
        unit.name if unit else row["name"], unit=unit.pk if unit else None, is_addressed=row.get("addressed", False),
        work=row.get("work", "inform"), way=row.get("way", "post"), address=row.get("address", ""),
        copies=row.get("copies", 1),
    )  # fmt: skip


def _draft(leaving: Leaving, letter: Letter, at: datetime) -> None:
    row = letter.told
    places = tuple(_place(leaving, place) for place in row["to"])
    content = Content(row["kind"], row["subject"], row["body"], places=places, urgency=row.get("urgency", 0))
    links: dict[str, Any] = {}
    if "replaces" in row:
        old = next(one for one in leaving.letters if one.told["subject"] == row["replaces"])
        links = {"before": old.made, "relation": Relation.REPLACES}
    letter.document = draft(actor=leaving.who(row["by"], at), at=at, content=content, **links)


def _ask_opinions(leaving: Leaving, letter: Letter, at: datetime) -> None:
    units = [leaving.unit(code) for code in letter.told["asks"]]
    due_on = later(leaving.today, 2, leaving.works)
    actor = leaving.who(letter.told["by"], at)
    ask_opinions(actor=actor, at=at, document=letter.made, units=units, due_on=due_on)


def _give_opinion(leaving: Leaving, letter: Letter, at: datetime) -> None:
    """The first unit asked answers; the others are waited for."""
    code = letter.told["asks"][0]
    opinion = Opinion.objects.select_related("task", "unit").get(document=letter.made, unit=leaving.unit(code))
    give_opinion(
        actor=leaving.who(home().heads[code], at), at=at, document=letter.made, opinion=opinion,
        stance=Stance.AGREES_WITH_CHANGES, text="Đề nghị nêu rõ đợt chuyển đổi của các xã vùng cao.",
    )  # fmt: skip


def _present(leaving: Leaving, letter: Letter, at: datetime) -> None:
    present(to=leaving.office.town.posts[leaving.signer(letter)], **leaving.seen(letter, letter.told["by"], at))


def _send_back(leaving: Leaving, letter: Letter, at: datetime) -> None:
    send_back(
        actor=leaving.who(leaving.signer(letter), at), at=at, document=letter.made,
        reason="Nêu rõ điều khoản cần sửa của dự thảo.", marks=[(1, "ghi số điều, khoản")],
    )  # fmt: skip


def _sign(leaving: Leaving, letter: Letter, at: datetime) -> None:
    login, document = leaving.signer(letter), letter.made
    own = leaving.signing.of(login)
    actor = leaving.who(login, at)
    with leaving.signing.proof(actor, login, at, wanted_from_signer(document, own).purpose) as proof:
        sign(actor=actor, at=at, document=document, certificate=own, proof=proof)


def _seal(leaving: Leaving, letter: Letter, at: datetime) -> None:
    document, held, actor = letter.made, leaving.signing.of(HOME), leaving.who("hoa", at)
    with leaving.signing.proof(actor, "hoa", at, wanted_from_clerk(document, held).purpose) as proof:
        seal(actor=actor, at=at, document=document, certificate=held, proof=proof)


def _dispatch(leaving: Leaving, letter: Letter, at: datetime) -> None:
    for row in letter.made.recipients.filter(state=Delivery.QUEUED).order_by("place"):
        way = Way(row.way)
        note = "RB 104 227 615 VN" if way == Way.POST else "Văn thư chuyển trực tiếp"
        dispatch(actor=leaving.who("hoa", at), at=at, document=letter.made, recipient=row, way=way, note=note)


def _confirm_delivery(leaving: Leaving, letter: Letter, at: datetime) -> None:
    row = letter.made.recipients.filter(state=Delivery.SENT).order_by("place")[0]
    note = "Văn thư Bưu điện tỉnh ký nhận"
    confirm_delivery(actor=leaving.who("hoa", at), at=at, document=letter.made, recipient=row, note=note)


def _register_there(leaving: Leaving, letter: Letter, at: datetime) -> None:
    """The clerk of the first agency registers it, so that its status comes back."""
    row = letter.made.recipients.select_related("letter", "unit").order_by("place")[0]
    assert row.unit is not None and row.letter is not None
    slip = slip_of(letter.made, files_to_send(letter.made))
    register(actor=leaving.who("tuan", at), at=at, agency=row.unit, slip=slip, document=row.letter)


def _make_public(leaving: Leaving, letter: Letter, at: datetime) -> None:
    document = letter.made
    since = document.issued_date if letter.told.get("holds") else None
    publish(actor=leaving.who("hoa", at), at=at, letter=document, reviewed=True, effective_on=since)


ACTS: dict[str, Callable[[Leaving, Letter, datetime], object]] = {
    "draft": _draft,
    "ask_opinions": _ask_opinions,
    "give_opinion": _give_opinion,
    "submit": lambda all_, letter, at: submit(**all_.seen(letter, letter.told["by"], at)),
    "check_content": lambda all_, letter, at: check_content(**all_.seen(letter, "thang", at)),
    "check_form": lambda all_, letter, at: check_form(**all_.seen(letter, "minh", at)),
    "present": _present,
    "send_back": _send_back,
    "approve": lambda all_, letter, at: approve(**all_.seen(letter, all_.signer(letter), at)),
    "sign": _sign,
    "sign_on_paper": lambda all_, letter, at: sign_on_paper(actor=all_.who("hoa", at), at=at, document=letter.made),
    "number": lambda all_, letter, at: number(actor=all_.who("hoa", at), at=at, document=letter.made),
    "seal": _seal,
    "issue": lambda all_, letter, at: issue(actor=all_.who("hoa", at), at=at, document=letter.made),
    "dispatch": _dispatch,
    "confirm_delivery": _confirm_delivery,
    "register_there": _register_there,
    "make_public": _make_public,
}  # fmt: skip

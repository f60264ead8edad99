"""The scene on which rights are tried: letters of two agencies and a secret one, their work, files and notices.

Everything that belongs to one of them bears its canary: a word that stands nowhere else, so that a single look at an
answer tells whether it holds something of a thing that its reader may not know of.
"""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from tests import cast as people_of_the_cast
from tests.cast import AT, FOUNDED, PASSWORD, Cast
from tests.documents.scans import together
from tests.files.builders import assembled, stream
from tests.notifications.pushing import device_of
from tests.rights.crowd import settle
from tests.rights.filing import filing
from tests.rights.leaving import outgoing
from tests.rights.made import made
from tests.rights.telling import telling
from tram.audit.models import Event
from tram.documents.commands.arrive import receive
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.commands.split import split
from tram.documents.models import Direction, Incoming
from tram.documents.rules import Slip
from tram.files.commands import begin_upload, look, store
from tram.files.models import File
from tram.identity.commands.accounts import close_account, open_account
from tram.identity.commands.entering import sign_in
from tram.identity.commands.factors import add_totp
from tram.identity.commands.tokens import issue_token
from tram.identity.models import SignIn
from tram.kernel.actors import Actor
from tram.notifications.models import Notice
from tram.organisation.commands.posts import appoint, create_post, delegate, end_appointment, set_absence
from tram.organisation.models import Absence, Appointment, Delegation, RoleGrant, Unit
from tram.search.commands import save_search
from tram.tasks.commands.due import ask_extension
from tram.tasks.commands.give import Subject, assign, hand
from tram.tasks.commands.work import report_progress, submit
from tram.tasks.events import Kind
from tram.tasks.models import Task

BEFORE = AT - timedelta(hours=2)
CANARIES = {
    "ours": "qzcuata", "ours_kept": "qzgiuta", "secret": "qzmatta", "named": "qzdanhta",
    "theirs": "qzcuaho", "theirs_kept": "qzgiuho", "ours_filed": "qzhosota", "theirs_filed": "qzhosoho",
    "ours_news": "qztinta", "theirs_news": "qztinho",
}  # fmt: skip
"""Agency and level: letters that were directed, those that only clerk and leaders know, the secret book, a row of it
that was opened to Lan by name; work files and articles, which are others' to see than the letters."""
FRESH, PRESENTED = 102, 105
"""The letter that nobody was asked to direct yet, and the one that lies before the leader."""
NO_PK, NO_FILE = 987654321, "00000000-0000-4000-8000-000000000001"
MORE_PEOPLE = [
    # login, name, unit, title, rank, roles
    ("hanh", "Tạ Thị Hạnh", "it", "Phó Trưởng phòng", 50, ["specialist"]),
    ("khoi", "Đặng Minh Khôi", "it", "Chuyên viên", 70, ["specialist"]),
    ("viet", "Lý Quốc Việt", "telecoms", "Chuyên viên", 70, ["specialist"]),
    ("khai", "Hồ Đức Khải", "budget", "Chuyên viên", 70, ["specialist"]),
    ("ngan", "Lê Thị Ngân", "budget", "Trưởng phòng", 40, ["unit_head"]),
]
FILES = {"file", "evidence", "waiting_file", "upload", "marked_file", "output", "output_running"}
TOKENS = {
    "hoa_token": ("hoa", True),
    "lan_token": ("lan", True),
    "hoa_reader": ("hoa", False),
    "tuan_token": ("tuan", True),
    "quan_token": ("quan", True),
}


@dataclass
class Scene:
    """The cast, what lies before them, and a signed-in browser for each; `things[relation][name]` is an id for a path."""

    cast: Cast
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    hashes: list[str] = field(default_factory=list)
    last_event: int = 0
    untouched: dict[str, Any] = field(default_factory=dict)
    """What tables hold while nobody asks, once somebody had to look: whatever is asked is undone."""

    def client(self, person: str) -> Client:
        """The browser (or program) of a person, signed in once."""
        if person not in self.clients:
            self.untouched.clear()
            client = self.clients[person] = Client(raise_request_exception=False)
            if person in TOKENS:
                client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.secrets[person]}"
            elif person != "anonymous":
                enter(client, person)
        return self.clients[person]

    def place(self, text: str, relation: str) -> str:
        """A path or body with its {names} filled in for this relation; what a relation lacks is an id that nobody has."""
        far = {f"{about}.{name}": value for about, held in self.things.items() for name, value in held.items()}
        near = self.things["ours" if relation == "mixed" else relation] if relation in self.things else {}
        for name, value in {**self.things["all"], **far, **near}.items():
            text = text.replace("{" + name + "}", str(value))
        for name in self.things["ours"]:
            text = text.replace("{" + name + "}", str(NO_FILE if name in FILES else NO_PK))
        return text


def enter(client: Client, login: str) -> Client:
    """Sign in as the sign-in page does, at the scene's hour."""
    entry = sign_in(
        actor=Actor.system(), at=AT, login=login, password=PASSWORD, address="127.0.0.1", agent="Chromium", browser=login,
    )  # fmt: skip
    assert entry.is_admitted, f"{login}: {entry.problem}"
    session = client.session
    session["sign_in"] = entry.key
    session.save()
    return client


def paper(text: str) -> bytes:
    """A PDF of one page that says something."""
    words = f"BT /F1 12 Tf 40 400 Td ({text}) Tj ET".encode()
    return assembled(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
            4: stream(words),
        }
    )


def _seat(cast: Cast, login: str, name: str, unit: Unit, title: str, rank: int, roles: list[str]) -> None:
    founded = BEFORE.replace(year=2025, month=7, day=1)
    by: dict[str, Any] = {"actor": Actor.system(), "at": founded}
    account = open_account(
        login=login, name=name, agency=unit.agency_id, password_hash=people_of_the_cast._HASHED, **by
    )
    post = create_post(unit=unit, title=title, rank=rank, roles=roles, since=FOUNDED, **by)
    appoint(post=post, account=account, since=FOUNDED, **by)
    cast.accounts[login], cast.posts[login] = account, post


def people(cast: Cast) -> None:
    """Four more: who stands in for Dũng, who moved today, who will be shut out, who works for the stranger."""
    for login, name, unit, title, rank, roles in MORE_PEOPLE:
        _seat(cast, login, name, cast.units[unit], title, rank, roles)
    settle(cast, _seat)
    by: dict[str, Any] = {"actor": Actor.system(), "at": BEFORE}
    day = AT.date()
    old = create_post(
        unit=cast.units["telecoms"], title="Chuyên viên viễn thông", since=FOUNDED, roles=["specialist"], **by
    )
    seat = appoint(post=old, account=cast.accounts["khoi"], since=FOUNDED, **by)
    end_appointment(appointment=seat, until=day - timedelta(days=1), **by)
    set_absence(
        post=cast.posts["dung"], substitute=cast.posts["hanh"], since=day, until=day + timedelta(days=3),
        reason="Đi công tác", **by,
    )  # fmt: skip


def _file(cast: Cast, who: str, canary: str, name: str) -> File:
    content = io.BytesIO(paper(f"{canary} {name}"))
    actor = cast.actor(who)
    return store(actor=actor, at=BEFORE, stream=content, name=f"{canary}-{name}.pdf", agency=actor.agency)


@dataclass
class Office:
    """Who does what in an agency's part of the scene."""

    clerk: str
    leader: str
    unit: str
    worker: str
    head: str
    helper: str = ""


def _letter(cast: Cast, office: Office, canary: str, number: int) -> Incoming:
    """A letter in the book, with a file, put before the leader."""
    slip = Slip(
        organ_name=f"Bưu điện tỉnh {canary}", code_number=str(number), code_notation="BĐT-KD",
        issued_date=date(2026, 11, 12), type_name="Công văn", subject=f"V/v điểm bưu điện {canary} số {number}",
        signer_full_name=f"Nguyễn {canary}", description=f"Ghi chú {canary}", due_date=date(2026, 11, 30),
    )  # fmt: skip
    clerk = cast.actor(office.clerk)
    paper_file = _file(cast, office.clerk, canary, f"cong-van-{number}")
    return register(
        actor=clerk, at=BEFORE, agency=Unit.objects.get(pk=clerk.agency), slip=slip, files=[paper_file],
        present_to=cast.posts[office.leader] if number != FRESH else None,
    )  # fmt: skip


def _batch(cast: Cast, office: Office, canary: str, name: str) -> Incoming:
    """A waiting file of two letters, a page each."""
    clerk = cast.actor(office.clerk)
    pages = together(*(paper(f"{canary} {name} {page}") for page in (1, 2)))
    file = store(actor=clerk, at=BEFORE, stream=io.BytesIO(pages), name=f"{canary}-{name}.pdf", agency=clerk.agency)
    return receive(actor=clerk, at=BEFORE, agency=Unit.objects.get(pk=clerk.agency), files=[file])


def _directed(cast: Cast, office: Office, letter: Incoming, canary: str) -> Task:
    unit = cast.units[office.unit]
    helpers = [cast.posts[login] for login in (office.worker, office.helper) if login]
    direct(
        actor=cast.actor(office.leader), at=BEFORE, document=letter, lead=Target(unit),
        coordinating=[Target(post.unit, post) for post in helpers], note=f"Giao phòng {canary}",
        due_date=date(2026, 11, 25),
    )  # fmt: skip
    return Task.objects.get(about=letter.ref, kind="handle")


def _worked(cast: Cast, office: Office, task: Task, canary: str) -> File:
    hand(actor=cast.actor(office.head), at=BEFORE, task=task, to=cast.posts[office.worker], word=f"Dự thảo {canary}")
    evidence = _file(cast, office.worker, canary, f"minh-chung-{task.pk}")
    report_progress(
        actor=cast.actor(office.worker), at=BEFORE, task=task, percent=40, text=f"Đã khảo sát {canary}",
        evidence=evidence,
    )  # fmt: skip
    return evidence


def _overdue(cast: Cast, office: Office, canary: str) -> None:
    """Work in the unit's inbox whose day has passed, so that there is something to urge."""
    about = Subject(ref="organisation.unit/1", url="", title=f"Báo cáo {canary}")
    assign(
        actor=cast.actor(office.leader), at=BEFORE, kind=Kind.HANDLE, unit=cast.units[office.unit], about=about,
        due_on=date(2026, 11, 13),
    )  # fmt: skip


def _leaving(cast: Cast, office: Office, canary: str) -> dict[str, Any]:
    """Letters that leave, and the files in which they lie."""
    left = outgoing(cast, office, canary, BEFORE, _file(cast, office.clerk, canary, "ban-quet"))
    left |= telling(cast, office.leader, canary.replace("qzcua", "qztin"), BEFORE)
    return left | filing(cast, office, canary.replace("qzcua", "qzhoso"), BEFORE, left["left"])


def affairs(cast: Cast, office: Office, canary: str, kept: str) -> dict[str, Any]:
    """One agency's letters in every state that a verb needs; the ids by which paths name them."""
    letter, fresh, lying, handed_in, presented, given, asked = (
        _letter(cast, office, kept if number in (FRESH, PRESENTED) else canary, number) for number in range(101, 108)
    )
    task, inbox, submitted, handed, late = (
        _directed(cast, office, one, canary) for one in (letter, lying, handed_in, given, asked)
    )
    hand(actor=cast.actor(office.head), at=BEFORE, task=handed, to=cast.posts[office.worker], word=f"Xem {canary}")
    evidence = _worked(cast, office, task, canary)
    _worked(cast, office, submitted, canary)
    _worked(cast, office, late, canary)
    wish = ask_extension(
        actor=cast.actor(office.worker), at=BEFORE, task=late, wanted_on=date(2026, 11, 28), reason=f"Xã xa {canary}"
    )
    submit(actor=cast.actor(office.worker), at=BEFORE, task=submitted, result=f"Xong {canary}")
    clerk = cast.actor(office.clerk)
    lane_file = _file(cast, office.clerk, kept, "cho-vao-so")
    waiting = receive(actor=clerk, at=BEFORE, agency=Unit.objects.get(pk=clerk.agency), files=[lane_file])
    marked_file = _file(cast, office.clerk, kept, "nghi-mat")
    receive(actor=clerk, at=BEFORE, agency=Unit.objects.get(pk=clerk.agency), files=[marked_file])
    look(actor=Actor.system(), at=BEFORE, file=marked_file.pk, level="secret")
    _overdue(cast, office, canary)
    halved = _batch(cast, office, canary, "da-tach")
    split(actor=clerk, at=BEFORE, document=halved, starts={2}, drops=set())
    return _leaving(cast, office, canary) | made(cast, office.clerk, canary, BEFORE) | {
        "batch": _batch(cast, office, canary, "tap-quet").pk, "halved": halved.pk,
        "letter": letter.pk, "fresh": fresh.pk, "presented": presented.pk, "waiting": waiting.pk, "task": task.pk,
        "inbox": inbox.pk, "wish": wish.request_id, "handed": handed.pk, "helping": Task.objects.get(about=letter.ref, kind="coordinate", post=cast.posts[office.worker]).pk, "submitted": submitted.pk, "evidence": evidence.pk,
        "file": letter.files.get(place=0).file_id, "file_name": letter.files.get(place=0).file.name,
        "waiting_file": lane_file.pk, "marked_file": marked_file.pk,
        "upload": begin_upload(actor=clerk, at=BEFORE, name=f"{canary}.pdf", size=4).pk,
        "direction": Direction.objects.get(document=letter).pk, "post": cast.posts[office.worker].pk,
        "unit": cast.units[office.unit].pk, "agency": clerk.agency, "head": cast.posts[office.head].pk,
        "leader": cast.posts[office.leader].pk, "account": cast.accounts[office.worker].pk,
        "notice": Notice.objects.filter(post=cast.posts[office.worker].pk).latest("pk").pk,
        "canary": canary, "device": device_of(cast.actor(office.worker), BEFORE, office.worker).pk, "appointment": Appointment.objects.get(post=cast.posts[office.worker]).pk,
        "grant": RoleGrant.objects.get(post=cast.posts[office.worker]).pk,
        "direct_task": Task.objects.get(about=presented.ref, kind="direct").pk,
    }  # fmt: skip


def _secret(cast: Cast, word: str, number: str) -> Incoming:
    slip = Slip(
        organ_name=f"Bộ chỉ huy {word}", code_number=number, code_notation="BCH-M", issued_date=date(2026, 11, 12),
        type_name="Công văn", subject=f"V/v {word}", secrecy=1, keeping_place=f"Tủ {word}", description=word,
    )  # fmt: skip
    return register(
        actor=cast.actor("hoa"), at=BEFORE, agency=cast.units["skhcn"], slip=slip, present_to=cast.posts["son"]
    )


def named_stub(cast: Cast) -> dict[str, Any]:
    """A row of the secret book that the director opened to Lan by name; her head sees a piece of work, not of what."""
    letter = _secret(cast, CANARIES["named"], "8")
    lead = Target(cast.units["telecoms"], cast.posts["lan"])
    direct(actor=cast.actor("son"), at=BEFORE, document=letter, lead=lead, due_date=date(2026, 11, 25))
    return {"letter": letter.pk, "task": Task.objects.get(about=letter.ref, kind="handle").pk}


def secret_stub(cast: Cast) -> dict[str, Any]:
    """A row of the secret book: no content, and only the clerk and the leaders may know of it."""
    letter = _secret(cast, CANARIES["secret"], "7")
    return {
        "letter": letter.pk, "fresh": letter.pk, "presented": letter.pk, "unit": cast.units["telecoms"].pk, "leader": cast.posts["son"].pk,
        "direct_task": Task.objects.get(about=letter.ref, kind="direct").pk,
    }  # fmt: skip


def _tokens(scene: Scene) -> None:
    for name, (login, may_write) in TOKENS.items():
        enter(Client(), login)
        row = SignIn.objects.filter(account=scene.cast.accounts[login]).latest("pk")
        scene.secrets[name] = issue_token(
            actor=scene.cast.actor(login), at=AT, sign_in=row, name=f"{name} {uuid4()}", may_write=may_write,
            post=scene.cast.posts[login].pk, life=timedelta(days=30),
        )  # fmt: skip


def _lent(cast: Cast) -> Delegation:
    """Hùng lends his role to Tâm."""
    return delegate(
        actor=cast.actor("hung"), at=BEFORE, giver=cast.posts["hung"], taker=cast.posts["tam"], role="deputy_director",
        unit=cast.units["skhcn"], since=date(2026, 12, 1), until=date(2026, 12, 5), document="12/GUQ-SKHCN",
    )  # fmt: skip


def _ways_in(cast: Cast, login: str) -> dict[str, Any]:
    """A session, a token and a second step of a person."""
    account = cast.accounts[login]
    enter(Client(), login)
    row = SignIn.objects.filter(account=account).latest("pk")
    by: dict[str, Any] = {"actor": cast.actor(login), "at": AT, "sign_in": row}
    issue_token(name="máy quét", may_write=True, post=None, life=timedelta(days=30), **by)
    add_totp(**by)
    kept = save_search(actor=by["actor"], at=AT, name="Bưu điện", text="bưu điện")
    return {
        "saved": kept.pk,
        "sign_in": row.pk,
        "token": account.tokens.get(name="máy quét").pk,
        "factor": account.factors.get().pk,
    }


def build(cast: Cast) -> Scene:
    """The whole scene, through the commands."""
    people(cast)
    scene = Scene(cast)
    ours = affairs(
        cast, Office("hoa", "son", "telecoms", "lan", "dung", "hoang"), CANARIES["ours"], CANARIES["ours_kept"]
    )
    theirs = affairs(cast, Office("tuan", "thu", "budget", "khai", "ngan"), CANARIES["theirs"], CANARIES["theirs_kept"])
    everybody = {f"post_{login}": post.pk for login, post in cast.posts.items()}
    everybody |= {f"account_{login}": account.pk for login, account in cast.accounts.items()}
    everybody |= {f"unit_{key}": unit.pk for key, unit in cast.units.items()}
    everybody["absence"] = Absence.objects.get(post=cast.posts["dung"]).pk
    everybody |= {"no": NO_PK, "delegation": _lent(cast).pk}
    scene.things = {
        "all": everybody,
        "ours": ours,
        "theirs": theirs,
        "secret": secret_stub(cast),
        "named": named_stub(cast),
        "none": {},
    }
    _tokens(scene)
    for about, login in (("ours", "lan"), ("theirs", "khai")):
        scene.things[about] |= _ways_in(cast, login)
    for person in ("anonymous", *cast.accounts, *TOKENS):
        scene.client(person)
    close_account(actor=Actor.system(), at=BEFORE, account=cast.accounts["viet"])
    scene.hashes = list(File.objects.values_list("blob_id", flat=True))
    scene.last_event = Event.objects.latest("pk").pk
    return scene

"""The mixed load: a department's morning, by the people of the cast, until told to stop.

Every write carries a mark of its own in words that the database keeps, so that the checker can count its effects.
"""

import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.faults.clients import Client
from tests.faults.history import History, now
from tests.files.builders import xlsx

STEPS = (
    "submit", "check_content", "check_form", "present", "approve", "sign_on_paper", "sign", "number", "seal", "issue"
)  # fmt: skip
"""The way of a letter that leaves, each step by whoever may take it; every fourth letter is signed electronically, the others on paper."""
BY_HAND, PAGES = ("sign_on_paper",), {"sign": "ky", "seal": "dong-dau"}
"""Steps of a letter on paper alone; and of an electronic one, with the addresses of their pages."""
HEADS = {"telecoms": "dung", "it": "phuc", "office": "tam"}
STAFF = {"telecoms": "lan", "it": "nga", "office": "tam"}


@dataclass
class Office:
    """Who works where, as founding told it, and everything that the clients share."""

    told: dict[str, Any]
    port: int
    run: int = 1
    history: History = field(default_factory=History)
    stopped: threading.Event = field(default_factory=threading.Event)

    def client(self, login: str, name: str = "") -> Client:
        session = self.told["sessions"].get(login, "")
        return Client(f"{name or login}-{self.run}", self.told["tokens"][login], self.port, self.history, session)

    def proof(self, step: str) -> dict[str, Any]:
        """What a signer, or the clerk with the seal, fills in: the certificate and the password."""
        return {"certificate": self.told["certificates"][step], "password": self.told["password"]}

    def post(self, login: str) -> int:
        return int(self.told["posts"][login])

    def unit(self, key: str) -> int:
        return int(self.told["units"][key])


def mark() -> str:
    """A word that stands nowhere else."""
    return f"dau{uuid.uuid4().hex[:20]}"


class Worker(threading.Thread):
    """One person at work: does the next thing that comes to hand. `pause` is between two things, in seconds."""

    def __init__(self, office: Office, login: str, seed: int, pause: float = 0.05) -> None:
        super().__init__(name=f"{login}-{seed}", daemon=True)
        self.office, self.login, self.dice, self.pause = office, login, Random(f"{login}-{seed}"), pause
        self.client = office.client(login, self.name)
        self.failed: Exception | None = None

    def run(self) -> None:
        try:
            while not self.office.stopped.is_set():
                self.act()
                time.sleep(self.pause * self.dice.random() * 2)
        except Exception as error:  # told by `end`, in the thread of the test
            self.failed = error

    def act(self) -> None:
        if self.login in ("hoa", "lan", "dung", "tam", "son") and self.dice.random() < 0.3:
            self.leave()
        elif self.login in ("hoa", "tuan"):
            self.clerk()
        else:
            self.inbox()

    def clerk(self) -> None:
        """Mostly papers typed from nothing; every fourth comes as a file and waits in the lane before its number; Tuấn also
        enters what another agency here sent."""
        leader = "thu" if self.login == "tuan" else self.dice.choice(("son", "hung"))
        told = {"slip": self.slip(), "present_to": self.office.post(leader)}
        lane = self.client.ask("/api/documents/lanes/exchange?limit=1") if self.login == "tuan" else None
        if lane and lane["items"] and self.dice.random() < 0.5:
            path = f"/api/documents/{lane['items'][0]['id']}/register"
            self.client.write("register", path, told, mark=told["slip"]["subject"])
            return
        if self.dice.random() < 0.75:
            self.client.write("register", "/api/documents", told, mark=told["slip"]["subject"])
            return
        word = mark()
        brought = self.client.write("bring", "/api/documents/arrivals", None, mark=word, file=self.paper(word))
        if brought:
            path = f"/api/documents/{brought['document']['id']}/register"
            self.client.write("register", path, told, mark=told["slip"]["subject"])

    @staticmethod
    def paper(word: str) -> tuple[str, bytes]:
        """A file with the mark in its name and its content, of a kind that a job looks at."""
        return f"{word}.xlsx", xlsx({"docProps/mark.txt": word})

    def slip(self) -> dict[str, Any]:
        return {
            "organ_name": "Sở Tài chính", "code_number": str(self.dice.randrange(1, 10**9)), "code_notation": "STC-QLNS",
            "type_name": "Công văn", "issued_date": (date.today() - timedelta(days=3)).isoformat(), "subject": mark(),
        }  # fmt: skip

    def leave(self) -> None:
        """A letter goes a step further; Lan begins a new one where she has none to take further."""
        page = self.client.ask("/api/outgoing?limit=10")
        for row in self.dice.sample(page["items"], len(page["items"])) if page else []:
            card = self.client.ask(f"/api/outgoing/{row['id']}")
            others = PAGES if row["id"] % 4 else BY_HAND
            step = next((one for one in STEPS if card and one in card["steps"] and one not in others), None)
            if step:
                self.take(step, row["id"], card["version"])
                return
        if self.login == "lan":
            told = self.letter()
            self.client.write("draft", "/api/outgoing", {"content": told}, mark=told["subject"])

    def take(self, step: str, letter: int, version: int) -> None:
        verb, mark = f"letter.{step}", f"outgoing.document/{letter}"
        if step in PAGES:
            self.client.press(verb, f"/van-ban-di/{letter}/{PAGES[step]}", self.office.proof(step), mark=mark)
        else:
            told = {} if step in ("sign_on_paper", "number", "issue") else {"seen": version}
            self.client.write(verb, f"/api/outgoing/{letter}/{step}", told, mark=mark)

    def letter(self) -> dict[str, Any]:
        """A letter to a department by its clerk's lane or by post, and to a division of one's own as work."""
        units = [("Sở Tài chính", "stc", "inform"), ("Phòng Chuyển đổi số", "it", "handle")]
        places = [{"name": name, "unit": self.office.unit(key), "work": work} for name, key, work in units]
        return {
            "kind": "official_letter", "subject": mark(), "body": "Sở đề nghị rà soát dự toán.\nTrân trọng./.",
            "places": [*places, {"name": "Bưu điện tỉnh", "address": "Số 1 Hoàng Liên"}],
        }  # fmt: skip

    def inbox(self) -> None:
        page = self.client.ask("/api/tasks/inbox?limit=20")
        for row in self.dice.sample(page["items"], len(page["items"])) if page else []:
            if self.handle(row):
                return

    def handle(self, row: dict[str, Any]) -> bool:
        """The step that fits this person and this work; False when there is none."""
        task, word = f"/api/tasks/{row['id']}", mark()
        match row["kind"], row["state"]:
            case "direct", _:
                document = row["url"].removeprefix("/van-ban-den/")
                self.client.write("direct", f"/api/documents/{document}/direct", self.direction(word), mark=word)
            case "handle", "submitted":
                self.client.write("confirm", f"{task}/confirm", {}, mark=f"tasks.task/{row['id']}")
            case "handle", _ if row["in_unit_inbox"]:
                unit = next((unit for unit, head in HEADS.items() if head == self.login), None)
                if unit is None:
                    return False
                told = {"to": self.office.post(STAFF[unit]), "word": word}
                self.client.write("hand", f"{task}/hand", told, mark=word)
            case "handle", "assigned":
                self.client.write("accept", f"{task}/accept", {}, mark=f"tasks.task/{row['id']}")
            case "handle", _ if self.dice.random() < 0.4:
                told = {"percent": self.dice.randrange(100), "text": word}
                self.client.write("report", f"{task}/report-progress", told, mark=word)
            case "handle", _:
                self.client.write("submit", f"{task}/submit", {"result": word}, mark=word)
            case "coordinate", _:
                self.client.write("finish", f"{task}/finish", {"result": word}, mark=word)
            case _:
                return False
        return True

    def direction(self, word: str) -> dict[str, Any]:
        if self.login == "thu":
            return {"lead": {"unit": self.office.unit("budget")}, "note": word}
        lead, helper = self.dice.sample(list(HEADS), 2)
        return {
            "lead": {"unit": self.office.unit(lead)}, "coordinating": [{"unit": self.office.unit(helper)}],
            "note": word, "due_date": (date.today() + timedelta(days=9)).isoformat(),
        }  # fmt: skip


CREW = ("hoa", "hoa", "son", "hung", "dung", "lan", "phuc", "nga", "tam", "tuan", "thu")


def at_work(office: Office, seed: int, crew: tuple[str, ...] = CREW, pause: float = 0.05) -> list[Worker]:
    """Start everybody; stop them with `end`."""
    people = [Worker(office, login, seed * 100 + place, pause) for place, login in enumerate(crew)]
    for person in people:
        person.start()
    return people


def end(office: Office, people: list[Worker], patience: float = 240.0) -> None:
    """Let everybody finish what is in hand; raises AssertionError when somebody hangs."""
    office.stopped.set()
    deadline = now() + patience
    for person in people:
        person.join(max(0.0, deadline - now()))
    assert not any(person.is_alive() for person in people), "a client still waits for its answer"
    for person in people:
        if person.failed:
            raise person.failed

"""Asking: one request as one person, undone afterwards; what came back, what it changed, what it gave away."""

import io
import json
import logging
import re
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils.html import escape

from tests.rights.papers import PNG, own_certificate
from tests.rights.scene import CANARIES, Scene, paper
from tests.rights.table import readers

TRACES = {"django_session", "identity_signin", "identity_token", "web_answer"}
"""Tables in which a request leaves only that somebody was here, and what they were answered."""
TOUCHED = (
    "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
    " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
)
FRAMED = "/dien-mao/xem"
"""The one page that stands in a frame, of this site alone: it shows what is tried and takes no deed (decision 0035)."""
PROTECTION = (
    "x-content-type-options: nosniff", "x-frame-options: deny", "referrer-policy: same-origin",
    "cross-origin-opener-policy: same-origin",
)  # fmt: skip
UPLOAD = "@"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: str
    body: bytes
    sent_to: str
    path: str
    logged: str
    agencies: frozenset[int]
    changed: frozenset[str]
    reached: frozenset[str]

    @property
    def outcome(self) -> str:
        """The word of the table for it; a status that no cell may have stands for itself."""
        if self.status == 401 or (self.status in (301, 302, 303) and self.sent_to.startswith("/dang-nhap")):
            return "in"
        if self.status in (403, 404):
            return {403: "no", 404: "hide"}[self.status]
        return "yes" if self.status < 400 or self.status in (409, 422) else str(self.status)

    @property
    def texts(self) -> Iterator[bytes]:
        """Everything in it that a reader could read."""
        yield self.headers.encode() if self.outcome != "in" else b""
        yield self.body
        if self.body.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(self.body)) as package:
                yield from (package.read(name) for name in package.namelist())
        if self.body.startswith(b"%PDF"):
            document = pypdfium2.PdfDocument(self.body)
            yield from (page.get_textpage().get_text_range().encode() for page in document)

    def plain(self) -> str:
        """The body without what differs between any two answers: tokens, keys, hours."""
        text = self.body.decode("utf-8", "replace").replace(escape(self.path), "")
        text = re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', "", text)
        text = re.sub(r'name="next" value="[^"]*"', "", text)
        text = re.sub(r"<time.*?</time>|data-print-at>[^<]*<", "", text, flags=re.S)
        return re.sub(r"X-CSRFToken[^}]*}", "", text)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in here has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def listening() -> Iterator[list[str]]:
    """What is written into the logs meanwhile."""
    lines: list[str] = []
    ear = logging.Handler()
    ear.emit = lambda record: lines.append(ear.format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addHandler(ear)
    try:
        yield lines
    finally:
        root.removeHandler(ear)


def content_of(body: dict[str, Any], path: str) -> dict[str, Any]:
    """Arguments of the test client for a body: a form, a form with files, or JSON for the API."""
    if any(isinstance(value, str) and value.startswith(UPLOAD) for value in body.values()):
        made = {name: _upload(value) for name, value in body.items()}
        return {"data": made}
    if path.startswith("/api/"):
        return {"data": json.dumps(body), "content_type": "application/json"}
    return {"data": body}


def _upload(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(UPLOAD):
        name = value.removeprefix(UPLOAD)
        if name.endswith((".cer", ".png")):
            return SimpleUploadedFile(name, own_certificate() if name.endswith(".cer") else PNG)
        if name.endswith(".txt"):
            return SimpleUploadedFile(name, f"Tít bài\n\nĐoạn dẫn.\n\nĐoạn {uuid.uuid4()}.".encode(), "text/plain")
        if name.endswith(".csv"):
            line = f"inspections;Sở;2023;{uuid.uuid4().int % 99};cuộc"
            return SimpleUploadedFile(name, f"Mã chỉ tiêu;Phạm vi;Kỳ;Giá trị;Đơn vị tính\n{line}\n".encode())
        return SimpleUploadedFile(name, paper(f"khong mat {uuid.uuid4()}"), "application/pdf")
    return value


def ask(
    scene: Scene, person: str, method: str, path: str, body: dict[str, Any] | None = None, referer: str = "",
    more: dict[str, str] | None = None,
) -> Answer:  # fmt: skip
    """One request of one person, undone afterwards; `referer` is the page on which they typed it; `more` headers."""
    client = scene.client(person)
    cookies = client.cookies.copy()
    words = {} if method == "GET" else content_of(body or {}, path)
    headers = {"Idempotency-Key": str(uuid.uuid4())} | ({"Referer": referer} if referer else {}) | (more or {})
    untouched = {} if connection.in_atomic_block else scene.untouched
    with undone(), listening() as logged:
        before = Ledger.now()
        send = getattr(client, method.lower())
        response = send(path, headers=headers, **words)
        touched = Ledger.now().since(before) - TRACES
        after = fingerprints(touched)
        agencies = recorded(scene.last_event) if "audit_event" in touched else frozenset()
        body = b"".join(response.streaming_content) if response.streaming else response.content
    untouched.update({table: fingerprints({table}) for table in touched - set(untouched)})
    wrote = {key for key, _ in after.items() ^ {item for table in touched for item in untouched[table].items()}}
    changed = frozenset(table for table, about in wrote if not about)
    reached = frozenset(about for _, about in wrote if about)
    client.cookies = cookies
    said = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return Answer(
        response.status_code,
        said,
        bytes(body),
        response.headers.get("Location", ""),
        path,
        "\n".join(logged),
        agencies,
        changed,
        reached,
    )


@dataclass
class Ledger:
    """What a request wrote, told by PostgreSQL's own count of touched rows; only touched tables are compared in full."""

    touched: dict[str, int] = field(default_factory=dict)

    @classmethod
    def now(cls) -> "Ledger":
        """Rows touched so far in this transaction, table by table."""
        with connection.cursor() as cursor:
            cursor.execute(TOUCHED)
            return cls(dict(cursor.fetchall()))

    def since(self, before: "Ledger") -> set[str]:
        """Tables touched after `before`."""
        return {name for name, count in self.touched.items() if count != before.touched.get(name)}


def fingerprints(tables: set[str]) -> dict[tuple[str, str], str]:
    """(table, relation) -> count and sum of hashes of the rows that bear its canary; of all rows under ""."""
    if not tables:
        return {}
    words = ", ".join(f"('{about}', '%%{word}%%')" for about, word in {"": "", **CANARIES}.items())
    one = (
        "SELECT '{0}', canary.about, count(*) || ' ' || sum(hashtext(told)::bigint)"
        " FROM (SELECT t::text AS told FROM {0} t OFFSET 0) said"
        f" JOIN (VALUES {words}) canary(about, word) ON told LIKE canary.word GROUP BY canary.about"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(name) for name in sorted(tables)).replace("%%", "%"))
        return {(table, about): told for table, about, told in cursor.fetchall()}


def recorded(since: int) -> frozenset[int]:
    """The agencies in whose chains something was recorded after that row of the audit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT agency FROM audit_event WHERE id > %s", [since])
        return frozenset(agency for (agency,) in cursor.fetchall())


def bare(answer: Answer) -> list[str]:
    """The headers of protection that an answer lacks (ASVS 3.4)."""
    lines = {line.lower() for line in answer.headers.splitlines()}
    if answer.path == FRAMED and answer.status == 200:
        lines = {line.replace("sameorigin", "deny").replace("ancestors 'self'", "ancestors 'none'") for line in lines}
    lacking = [line for line in PROTECTION if line not in lines]
    policy = next((line for line in lines if line.startswith("content-security-policy:")), "")
    if "frame-ancestors 'none'" not in policy or "unsafe" in policy:
        lacking.append(f"policy {policy!r}")
    return lacking


def given_away(person: str, answer: Answer) -> list[str]:
    """The relations of which the answer holds something that this person may not read."""
    texts = b"\n".join(answer.texts)
    found = [about for about, word in CANARIES.items() if person not in readers()[about] and word.encode() in texts]
    told = answer.logged.replace(answer.path, "")
    return found + [f"{about} to the logs" for about, word in CANARIES.items() if word in told]

"""Who gets in, who sees what, and one effect for each key."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from tests.api.conftest import Programs
from tests.api.program import Program, operations, token
from tests.api.test_every_operation import day, letter, registered, slip
from tests.cast import Cast
from tests.files.builders import jpeg
from tram.documents.models import Incoming
from tram.kernel import clock
from tram.organisation.commands.posts import end_appointment
from tram.organisation.models import Absence, Appointment, RoleGrant

NOBODYS = "00000000-0000-4000-8000-000000000001"
NOWHERE = {"code": "incoming", "channel": "scan", "year": "2026", "file": NOBODYS, "output": NOBODYS}

KEYS = (
    "unit", "post", "appointment", "grant", "absence", "delegation", "account", "task", "document", "direction", "notice",
    "outgoing",
    *NOWHERE,
)  # fmt: skip


def filled(path: str, known: dict[str, object] | None = None) -> str:
    """An address of an operation, with keys that are there or with keys of nothing."""
    for name in KEYS:
        path = path.replace(f"{{{name}}}", str((known or {}).get(name) or NOWHERE.get(name, "987654321")))
    return path


def asked(who: Program, method: str, path: str) -> Any:
    headers = {"Idempotency-Key": str(uuid4()), **({"Authorization": f"Bearer {who.secret}"} if who.secret else {})}
    call = who.client.get if method == "GET" else who.client.post
    return call(path, headers=headers)


def test_nobody_gets_in_without_a_token(client: Client, cast: Cast) -> None:
    for method, path in operations(client):
        answer = asked(Program(), method, filled(path))
        assert answer.status_code == 401 and "Authorization: Bearer" in answer.json()["detail"], (method, path)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_cookie_opens_nothing_here(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "hoa")
    for secret in ("", "sai-the"):
        who = Program(secret, client=client)
        assert {asked(who, method, filled(path)).status_code for method, path in operations(client)} == {401}


def test_a_reading_token_writes_nothing(client: Client, cast: Cast) -> None:
    who = Program(token(cast, "hoa", may_write=False))
    assert who.get("/api/me")["name"] == "Trần Thị Hoa"
    assert "thẻ chỉ đọc" in who.send("/api/documents", {"slip": slip("Mời họp")}, 401)["detail"]
    assert not Incoming.objects.exists()


def test_a_token_ends_with_its_seat(cast: Cast, program: Programs) -> None:
    lan = program("lan")
    lan.get("/api/me")
    seat, yesterday = Appointment.objects.get(post=cast.posts["lan"]), clock.now().date() - timedelta(days=1)
    end_appointment(actor=cast.quan, at=clock.now(), appointment=seat, until=yesterday)
    lan.get("/api/me", 401)


def ours(program: Programs, cast: Cast) -> dict[str, object]:
    """One of everything of the Sở, by the names that addresses have for them."""
    document = registered(program, cast, "Rà soát dự toán", "45")
    program("hoa").upload(f"/api/documents/{document}/files", "phu-luc.jpg", jpeg())
    told = {"lead": {"unit": cast.telecoms.pk}}
    card = program("son").send(f"/api/documents/{document}/direct", told)
    task = program("dung").get("/api/tasks/inbox")["items"][0]["id"]
    away = {"post": cast.posts["lan"].pk, "substitute": cast.posts["nga"].pk, "since": day(1), "until": day(2)}
    absence = program("lan").send("/api/absences", {**away, "reason": "Đi tập huấn"})["id"]
    notice = program("dung").get("/api/notifications")["items"][0]["id"]
    lent = program("lan").send("/api/delegations", {
        "role": "specialist", "unit": cast.telecoms.pk, "taker": cast.posts["nga"].pk, "since": day(1), "until": day(2),
        "document": "12/GUQ",
    })["id"]  # fmt: skip
    post = cast.posts["lan"]
    arranged = {"unit": cast.it.pk, "post": post.pk, "account": cast.accounts["lan"].pk, "delegation": lent}
    arranged |= {"appointment": Appointment.objects.get(post=post).pk, "grant": RoleGrant.objects.get(post=post).pk}
    things = {
        **arranged,
        "document": document,
        "direction": card["directions"][0]["id"],
        "file": card["files"][0]["id"],
    }
    content = {"kind": "official_letter", "subject": "Trả lời", "body": "Sở trả lời."}
    things["outgoing"] = program("lan").send("/api/outgoing", {"content": content})["document"]["id"]
    return {**things, "task": task, "absence": absence, "notice": notice}


def test_a_stranger_learns_nothing_of_ours(client: Client, cast: Cast, program: Programs) -> None:
    things, stranger = ours(program, cast), program("tuan")
    own = ("/api/units", "/api/books", "/api/documents/lanes/")
    for method, path in operations(client):
        if "{" not in path or method == "GET" and path.startswith(own) or path.startswith("/api/books"):
            continue
        answers = [asked(stranger, method, filled(path, known)) for known in (things, None)]
        assert answers[0].status_code in (404, 422), (path, answers[0].content)
        assert answers[0].content == answers[1].content, path
    assert not stranger.get("/api/documents")["items"] and not stranger.get("/api/search?q=45/STC")["items"]
    assert not stranger.get("/api/tasks/inbox")["items"] and not stranger.get("/api/absences")["items"]


BODIES: dict[str, dict[str, Any]] = {
    "register": {"slip": {}},
    "correct": {"changes": {"subject": "X"}, "reason": "X"},
    "present": {"to": 1},
    "direct": {"lead": {"unit": 1}},
    "close": {"outcome": "X"},
    "duplicate": {"of": 1},
    "split": {"start": [2]},
    "{file}": {"level": "none"},
    "hand": {"to": 1},
    "transfer": {"to": 1},
    "report-progress": {"percent": 1, "text": "X"},
    "ask-extension": {"wanted_on": "2027-01-01", "reason": "X"},
    "answer-extension": {"granted": True},
    "change-due": {"due_on": None, "reason": "X"},
    "hide": {"until": "2027-01-01"},
    "end": {"until": "2026-01-01"},
    "rename": {"name": "X", "abbr": "X", "since": "2027-01-01", "decision": "X"},
    "move": {"parent": 1, "since": "2027-01-01", "decision": "X", "reason": "X"},
    "abolish": {"on": "2027-01-01", "decision": "X", "reason": "X"},
    "codes": {"scheme": "qd20", "code": "X", "since": "2027-01-01"},
    "posts": {"title": "X", "since": "2027-01-01"},
    "appoint": {"account": 1, "since": "2027-01-01"},
    "grant": {"role": "clerk", "unit": 1, "since": "2027-01-01", "cause": "X"},
    "withdraw": {"until": "2026-01-01"},
    "amend": {"name": "X"},
    "versions": {"content": {"kind": "official_letter"}, "seen": 1},
    "send_back": {"reason": "X"},
    **{step: {"seen": 1} for step in ("check_content", "check_form", "approve")},
}


def test_a_strangers_sound_requests_find_nothing_either(client: Client, cast: Cast, program: Programs) -> None:
    things, stranger = ours(program, cast), program("tuan")
    for method, path in operations(client):
        if method == "POST" and "{" in path and not path.endswith("/files") and "/books/" not in path:
            step = path.rpartition("/")[2]
            told = (
                {"seen": 1}
                if path.startswith("/api/outgoing/") and step in ("submit", "present")
                else BODIES.get(step, {})
            )
            stranger.send(filled(path, things), told, 404)
    stranger.upload(f"/api/documents/{things['document']}/files", "a.jpg", jpeg(), 404)
    assert Incoming.objects.get(pk=things["document"]).files.count() == 1


def test_colleagues_are_refused_with_the_reason(cast: Cast, program: Programs) -> None:
    things = ours(program, cast)
    told = {"lead": {"unit": cast.it.pk}}
    assert "lãnh đạo" in program("hoa").send(f"/api/documents/{things['document']}/direct", told, 403)["detail"]
    assert "văn thư" in program("lan").send("/api/documents", {"slip": slip("X")}, 403)["detail"]
    assert "văn thư" in program("lan").upload("/api/documents/arrivals", "a.pdf", letter(), 403)["detail"]
    told = {"post": cast.posts["son"].pk, "substitute": cast.posts["lan"].pk, "since": day(1), "until": day(2)}
    program("lan").send("/api/absences", {**told, "reason": "X"}, 403)
    assert "xem và in sổ" in program("lan").get("/api/books/2026", 403)["detail"]


def test_letters_and_work_stay_in_the_agency(cast: Cast, program: Programs) -> None:
    things = ours(program, cast)
    again = f"/api/documents/{registered(program, cast, 'Mời họp', '46')}"
    for target in ({"unit": cast.stc.pk}, {"post": cast.posts["thu"].pk}, {"unit": cast.it.pk, "post": 1}, {}):
        program("son").send(f"{again}/direct", {"lead": target}, 422)
    program("hoa").send(f"{again}/present", {"to": cast.posts["thu"].pk}, 422)
    program("dung").send(f"/api/tasks/{things['task']}/hand", {"to": cast.posts["thu"].pk}, 403)
    program("dung").send(f"/api/tasks/{things['task']}/transfer", {"to": cast.stc.pk, "word": "X"}, 403)
    order = {"title": "X", "due_on": day(3), "product": "X"}
    program("son").send("/api/tasks", {**order, "unit": cast.stc.pk}, 403)
    program("son").send("/api/tasks", {**order, "unit": cast.it.pk, "coordinating": [cast.stc.pk]}, 403)


def test_a_wrong_step_is_a_conflict(cast: Cast, program: Programs) -> None:
    things = ours(program, cast)
    detail = program("dung").send(f"/api/tasks/{things['task']}/finish", {"result": "X"}, 409)["detail"]
    assert "trạng thái" in detail


def test_the_same_key_has_one_effect(cast: Cast, program: Programs) -> None:
    hoa, key = program("hoa"), str(uuid4())
    told = {"slip": slip("Rà soát dự toán")}
    first, again = (hoa.send("/api/documents", told, key=key) for _ in range(2))
    assert first == again and Incoming.objects.count() == 1
    assert "đã dùng cho một việc khác" in hoa.send("/api/absences", {}, 409, key=key)["detail"]
    answer = hoa.client.post(
        "/api/documents", "{}", content_type="application/json", headers={"Authorization": f"Bearer {hoa.secret}"}
    )
    assert answer.status_code == 422 and "Idempotency-Key" in answer.json()["detail"]


def test_a_refused_request_leaves_its_key_free(cast: Cast, program: Programs) -> None:
    hoa, key = program("hoa"), str(uuid4())
    wrong = hoa.send("/api/documents", {"slip": {"subject": "X"}}, 422, key=key)
    assert "Nhập cơ quan ban hành" in wrong["errors"]["organ_name"]
    hoa.send("/api/documents", {"slip": slip("Rà soát dự toán")}, key=key)
    assert not Absence.objects.exists()

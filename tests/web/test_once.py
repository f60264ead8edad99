"""One effect for each POST, and the same words for what is hidden."""

import threading
import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from tests.cast import AT
from tram.audit.commands import record, together
from tram.audit.models import Event
from tram.audit.queries import verify
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.web.middleware import repeatable
from tram.web.models import Answer, Draft

EFFECTS: list[str] = []


def act(request: HttpRequest) -> HttpResponse:
    EFFECTS.append(request.POST["word"])
    Draft.objects.create(account=len(EFFECTS), name=uuid.uuid4().hex, content={}, saved_at="2026-11-16T09:00+07:00")
    return HttpResponse(f"việc {len(EFFECTS)}", status=201, headers={"HX-Trigger": "done"})


def fail(request: HttpRequest) -> HttpResponse:
    Draft.objects.create(account=1, name=uuid.uuid4().hex, content={}, saved_at="2026-11-16T09:00+07:00")
    kind = request.POST["kind"]
    raise {
        "refused": Refused("Chỉ văn thư."),
        "hidden": Hidden(),
        "state": WrongState("Đã đóng."),
        "invalid": Invalid({"subject": "Nhập trích yếu."}),
    }[kind]


def two(request: HttpRequest) -> HttpResponse:
    for n in range(2):
        with together():
            record(actor=Actor.system(), at=AT, what="documents.begun", about=f"x.y/{n}", agency=7)
    EFFECTS.append(f"{Event.objects.filter(agency=7).count()} dòng")
    return HttpResponse(status=int(request.POST["status"]))


def hour(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.at.isoformat())  # type: ignore[attr-defined]


urlpatterns = [
    path("viec", act),
    path("hong", fail),
    path("hai", two),
    path("gio", hour),
    path("lap", repeatable(hour)),
]
here = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    EFFECTS.clear()


@here
def test_the_same_key_gets_the_first_answer_and_no_second_effect(db: None) -> None:
    client, key = Client(), str(uuid.uuid4())
    answers = [client.post("/viec", {"word": "a", "idempotency_key": key}) for _ in range(3)]
    assert EFFECTS == ["a"]
    assert {(a.status_code, a.content, a["HX-Trigger"]) for a in answers} == {(201, "việc 1".encode(), "done")}
    assert answers[1]["Idempotent-Replay"] == "true"


@here
@pytest.mark.parametrize(("status", "kept"), [(200, [2]), (422, [])])
def test_two_commands_behind_one_door_enter_the_chain_together_at_the_end(
    db: None, status: int, kept: list[int]
) -> None:
    Client().post("/hai", {"status": status, "idempotency_key": str(uuid.uuid4())})
    assert EFFECTS == ["0 dòng"]
    assert list(verify()) == kept


@here
def test_a_key_belongs_to_its_act(db: None) -> None:
    client, key = Client(), str(uuid.uuid4())
    client.post("/viec", {"word": "a", "idempotency_key": key})
    assert client.post("/hong", {"kind": "state", "idempotency_key": key}).status_code == 409
    assert EFFECTS == ["a"]


@here
@pytest.mark.parametrize("key", ["", "không phải uuid", "1234"])
def test_a_post_without_a_key_does_nothing(db: None, key: str) -> None:
    assert Client().post("/viec", {"word": "a", "idempotency_key": key}).status_code == 422
    assert EFFECTS == []


@here
@pytest.mark.parametrize(("kind", "status"), [("refused", 401), ("hidden", 401), ("state", 409), ("invalid", 422)])
def test_what_is_not_done_leaves_nothing_and_may_be_sent_again(db: None, kind: str, status: int) -> None:
    client, key = Client(), str(uuid.uuid4())
    for _ in range(2):
        assert client.post("/hong", {"kind": kind, "idempotency_key": key}).status_code == status
    assert not Draft.objects.exists() and not Answer.objects.exists()


@here
@pytest.mark.parametrize("address", ["/gio", "/lap"])
def test_what_is_written_bears_the_databases_hour(db: None, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = clock.now
    monkeypatch.setattr(clock, "now", lambda: right() + timedelta(days=400))
    told = Client().post(address, {"idempotency_key": str(uuid.uuid4())}).content.decode()
    at = datetime.fromisoformat(told)
    assert abs(at - right()) < timedelta(minutes=1) and at.utcoffset() == timedelta(hours=7)


@here
def test_two_at_once_have_one_effect(transactional_db: None) -> None:
    key, answers = str(uuid.uuid4()), []

    def send() -> None:
        try:
            answers.append(Client().post("/viec", {"word": "a", "idempotency_key": key}).content)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(EFFECTS) == 1 and len(set(answers)) == 1 and len(answers) == 6
    connection.close()

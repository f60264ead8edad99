"""A database that is away for a moment: waited for when it is just coming back, and told in words when it is not."""

import uuid

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from tests.cast import Cast
from tram.web import middleware
from tram.web.models import Answer
from tram.web.sockets import identifiers


def fail(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection unexpectedly")


urlpatterns = [path("hong", fail), path("api/hong", fail)]
here = override_settings(ROOT_URLCONF=__name__)


@here
@pytest.mark.parametrize(("address", "method"), [("/hong", "get"), ("/hong", "post"), ("/api/hong", "post")])
def test_a_page_and_a_program_are_told_to_come_back(db: None, address: str, method: str) -> None:
    answer = getattr(Client(), method)(address, headers={"Idempotency-Key": str(uuid.uuid4())})
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")
    told = answer.json()["detail"] if "api" in address else answer.content.decode()
    assert "chờ ít giây rồi gửi lại, không sợ bị ghi hai lần" in told
    assert not Answer.objects.exists()


@pytest.fixture
def comes_back(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nobody can be identified for the first two tries."""
    tries: list[int] = []
    known = dict(identifiers.items())

    def identify(request: HttpRequest) -> object:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("the database system is starting up")
        return known["organisation"](request)

    monkeypatch.setattr(middleware.identifiers, "_plugs", {"organisation": identify})
    return tries


def test_a_request_waits_for_a_database_that_is_just_coming_back(db: None, comes_back: list[int]) -> None:
    assert Client().get("/dang-nhap").status_code == 200
    assert len(comes_back) == 3


def test_it_does_not_wait_for_ever(db: None, comes_back: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "WAIT_SECONDS", -1)
    assert Client().get("/dang-nhap").status_code == 503


def test_a_connection_that_died_between_two_requests_is_made_anew(transactional_db: None, cast: Cast) -> None:
    hoa, visitor, other = cast.signed_in(Client(), "hoa"), Client(), connection.copy()
    for who, address in ((hoa, "/tro-giup"), (visitor, "/suc-khoe/san-sang")):
        assert who.get(address).status_code == 200
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        assert who.get(address).status_code == 200
    other.close()

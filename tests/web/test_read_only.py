"""A disk that is nearly full: everything can be read, nothing is written, and everybody is told."""

import uuid
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from psycopg import errors

from tests.cast import Cast
from tram.documents.models import Incoming
from tram.kernel import space
from tram.web.models import Draft
from tram.web.views import READ_ONLY


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A disk as full as the test says."""
    return lambda percent: monkeypatch.setattr(space, "fullness", lambda *folders: percent)


def post(client: Client, address: str, **told: str) -> Any:
    return client.post(address, told, headers={"Idempotency-Key": str(uuid.uuid4())})


def test_people_read_and_are_told_and_nothing_is_written(cast: Cast, full: Any) -> None:
    hoa = cast.signed_in(Client(), "hoa")
    full(95)
    page = hoa.get("/")
    assert page.status_code == 200 and READ_ONLY in page.content.decode()
    answer = post(hoa, "/van-ban-den/ban-van-thu/vao-so", organ_name="Sở Tài chính", subject="Góp ý")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30") and READ_ONLY in answer.content.decode()
    assert post(hoa, "/api/documents").json()["detail"] == READ_ONLY
    assert not Incoming.objects.exists()


def test_sign_in_and_drafts_go_on(cast: Cast, full: Any) -> None:
    full(97)
    hoa = cast.signed_in(Client(), "hoa")
    assert hoa.post("/ban-nhap", {"name": "phieu", "content": '{"subject": "Góp ý"}'}).json() == {"saved": True}
    assert Draft.objects.count() == 1
    assert READ_ONLY in Client().get("/dang-nhap").content.decode()


def test_who_can_mend_it_is_warned_before(cast: Cast, full: Any) -> None:
    full(85)
    for login, told in (("tinh", True), ("hoa", False)):
        assert ("đã dùng 85 %" in cast.signed_in(Client(), login).get("/").content.decode()) == told
    full(84)
    assert "đã dùng" not in cast.signed_in(Client(), "tinh").get("/").content.decode()


def fill(request: HttpRequest) -> HttpResponse:
    raise OperationalError("could not extend file") from errors.DiskFull("could not extend file")


urlpatterns = [path("api/day", fill)]


@override_settings(ROOT_URLCONF=__name__)
def test_a_database_without_room_says_the_same(db: None) -> None:
    assert post(Client(), "/api/day").json()["detail"] == READ_ONLY

"""Answers that no page gives carry the same protection, and tell nothing of the inside."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from tests.rights.engine import PROTECTION
from tram.kernel.actors import Actor
from tram.web.views import trouble


def fall(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("bên trong")


urlpatterns = [path("nga", fall)]
handler404 = "tram.web.views.hidden"
handler500 = "tram.web.views.trouble"


def protected(answer: HttpResponse) -> bool:
    """Whether the answer carries every header of protection."""
    lines = {f"{name}: {value}".lower() for name, value in answer.headers.items()}
    policy = answer.headers["Content-Security-Policy"]
    return set(PROTECTION) <= lines and "frame-ancestors 'none'" in policy and "unsafe" not in policy


def test_an_unknown_address_is_hidden_and_protected(db: None) -> None:
    answer = Client().get("/khong-co-o-day")
    assert answer.status_code == 404 and protected(answer)


def test_a_form_without_its_token_is_protected(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/dang-nhap", {"login": "hoa"})
    assert answer.status_code == 403 and protected(answer)


@override_settings(ROOT_URLCONF=__name__)
def test_a_fall_shows_a_short_code_and_nothing_of_the_inside(db: None) -> None:
    answer = Client(raise_request_exception=False).get("/nga")
    assert answer.status_code == 500 and protected(answer)
    assert "Traceback" not in answer.content.decode() and "bên trong" not in answer.content.decode()


def test_a_fall_of_the_database_shows_its_code_to_who_is_signed_in() -> None:
    request = RequestFactory().get("/viec/1")
    request.actor = Actor(account=1, name="Hoàng Thị Lan")
    answer = trouble(request)
    assert answer.status_code == 500 and "mã <span data-code>" in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_host_is_not_served(db: None, method: str) -> None:
    answer = getattr(Client(raise_request_exception=False), method)("/dang-nhap", headers={"host": "xau.example"})
    assert answer.status_code == 404 and protected(answer)

"""What is left for the following page is told once, and again to who asks again because the answer never came."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from tram.kernel.clock import LOCAL
from tram.web.after import heard, say_next

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=LOCAL)
GOOD = {"notices": [{"kind": "good", "text": "Đã vào sổ."}]}


def asking(path: str, session: dict[str, object]) -> HttpRequest:
    request = RequestFactory().get(path)
    request.session = session  # type: ignore[assignment]
    return request


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setattr("tram.kernel.clock.now", lambda: NOW)
    session: dict[str, object] = {}
    say_next(asking("/vao-so", session), "Đã vào sổ.")
    return session


def test_the_next_page_tells_it_and_no_other(session: dict[str, object]) -> None:
    assert heard(asking("/a", session)) == GOOD
    assert heard(asking("/b", session)) == {} == heard(asking("/a?the=nhat-ky", session))


def test_an_answer_that_never_came_is_told_again_for_a_moment(
    session: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(asking("/a", session))
    assert heard(asking("/a", session)) == GOOD
    monkeypatch.setattr("tram.kernel.clock.now", lambda: NOW + timedelta(seconds=11))
    assert heard(asking("/a", session)) == {}


def test_nothing_was_said() -> None:
    assert heard(asking("/a", {})) == {}

"""Windows of the people in a journey, closed with it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import DESK, Person

Enter = Callable[..., Person]


@pytest.fixture
def enter(browser: Browser, live_server: Any) -> Iterator[Enter]:
    """`enter("hoa")`, `enter("son", PHONE)`: that person signs in, in a window of their own."""
    inside: list[Person] = []

    def sign_in(login: str, size: dict[str, int] = DESK) -> Person:
        inside.append(Person(browser, live_server.url, login, size))
        return inside[-1]

    yield sign_in
    for person in inside:
        person.page.context.close()

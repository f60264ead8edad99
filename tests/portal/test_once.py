"""After something was published a hundred readers ask at once: each process makes each page once, the others are given it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests.cast import AT
from tests.news.desk import Desk
from tests.portal.test_open_data import MONTH, chair
from tests.visits.test_figures import OCTOBER
from tram.kernel.actors import Actor
from tram.portal.pages import keeping, open_data
from tram.portal.pages.keeping import Told, kept
from tram.portal.queries import Face
from tram.portal.rules.kept import KEPT, TURNS
from tram.visits.commands.figures import publish_ranking

__all__ = ["chair"]
READERS = 100
SITE = Face(0, 1, "Cổng", "/cong")


class Numbers:
    """The generation of the site, raised by hand."""

    number = 1

    def now(self) -> dict[int, int]:
        return {0: self.number}


def test_a_hundred_readers_cost_one_rendering_in_each_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers, made = Numbers(), list[str]()
    monkeypatch.setattr(keeping, "generations", numbers)

    @kept
    def page(request: Any) -> Told:
        made.append(request.path)
        sleep(0.05)
        if len(made) == 1:
            raise ConnectionError("the database went away")
        return Told(f"<p>{request.path} {numbers.number}</p>", SITE)

    def all_at_once(*paths: str) -> list[bytes]:
        start = Barrier(READERS)

        def read(number: int) -> bytes:
            start.wait()
            try:
                return page(RequestFactory().get(paths[number % len(paths)])).content
            except ConnectionError:
                return b"broken"

        with ThreadPoolExecutor(READERS) as readers:
            return list(readers.map(read, range(READERS)))

    told = all_at_once("/cong")
    assert made == ["/cong"] * 2 and told.count(b"broken") == 1, "who fails keeps nobody else from it"
    assert told.count(b"<p>/cong 1</p>") == READERS - 1
    numbers.number = 2
    assert set(all_at_once("/cong", "/cong/van-ban")) == {b"<p>/cong 2</p>", b"<p>/cong/van-ban 2</p>"}
    assert made[2:] in (["/cong", "/cong/van-ban"], ["/cong/van-ban", "/cong"]) and not TURNS._turns


def test_open_data_is_made_once_and_kept_under_its_generation(
    desk: Desk, chair: Actor, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.public()
    by = {"actor": chair, "at": AT, "agency": desk.cast.province, "month": OCTOBER}
    publish_ranking(**by)
    made, true = list[str](), open_data.sheet
    monkeypatch.setattr(open_data, "sheet", lambda *told: made.append(told[0]) or true(*told))
    KEPT.forget()
    answers = [reader.get(f"{MONTH}/xlsx") for _ in range(5)]
    assert len(made) == 1 and len({answer.content for answer in answers}) == 1
    assert all(answer["Content-Disposition"].startswith("attachment") for answer in answers)
    assert reader.get(f"{MONTH}/xlsx", headers={"If-None-Match": answers[0]["ETag"]}).status_code == 304
    publish_ranking(**by, reason="Đính chính")
    assert reader.get(f"{MONTH}/xlsx").content != answers[0].content and len(made) == 2

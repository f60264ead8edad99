"""The public portal with a hundred thousand articles: its front kept and made anew, an article, a list, a search, and how
soon everybody sees what was published."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from socket import create_connection
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connections
from django.test import Client

from tram.bench.articles import MARK, PLACES, THINGS, fill, let_out
from tram.bench.measures import Figure, p, seconds_of
from tram.kernel.clock import now
from tram.news.commands.write import Content, body_of
from tram.news.models import Publication
from tram.portal.queries import KEPT, place_word, slug_of_category
from tram.site.trouble import Trouble
from tram.vietnamese.text import fold

NAMES = ("portal_front.cached", "portal_front.made", "portal_article", "portal_list", "portal_search", "portal.visible")
SEED, FEW, MANY = 2026, 1_000, 100_000
READERS, PROCESSES, ROUND = 8, 2, 10
FRONT, BARE = "/cong", "/suc-khoe/song"
Desk = psycopg.Connection[Any]
FLOORS = {
    "portal_article": "SELECT r.content, p.since_at FROM news_address a JOIN news_publication p ON p.article_id ="
    " a.article_id JOIN news_revision r ON r.id = p.revision_id WHERE a.slug = %(slug)s AND p.until_at IS NULL",
    "portal_list": "SELECT a.slug, r.content->>'title', r.content->>'lead', p.since_at FROM news_filing f"
    " JOIN news_publication p ON p.id = f.publication_id JOIN news_article a ON a.id = p.article_id"
    " JOIN news_revision r ON r.id = p.revision_id WHERE f.language = 'vi' AND f.category = %(category)s"
    " AND (f.told_at, f.publication_id) < (%(at)s, %(id)s) ORDER BY f.told_at DESC, f.publication_id DESC LIMIT 26",
    "portal_search": "SELECT title, line, url, at FROM search_card WHERE terms @@ %(asked)s::tsquery"
    " ORDER BY at DESC, id DESC LIMIT 21",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """Lượt mở: an address that nobody opened before, and what its floor is asked."""

    path: str
    told: dict[str, Any]


def figures(desk: Desk, port: int, wanted: Callable[[str], bool], rounds: int) -> Iterator[Figure]:
    """Pages that grow with the number of articles first at a thousand, then at a hundred thousand; `growth` is p95 to p95."""
    growing = {"portal_article": _articles, "portal_list": _lists, "portal_search": _searches}
    fill(desk, FEW)
    few = {
        name: _opened(desk, port, name, turns(Random(SEED)), rounds) for name, turns in growing.items() if wanted(name)
    }
    fill(desk, MANY)
    for name, before in few.items():
        figure = _opened(desk, port, name, growing[name](Random(SEED + 1)), rounds)
        small, large = (p([one for each in some.ours for one in each], 0.95) for some in (before, figure))
        figure.more = {"articles": MANY, "p95_ms_at_1000": round(small * 1000, 3), "growth": round(large / small, 3)}
        yield figure
    if wanted("portal_front.cached"):
        yield front_kept(port, 2.0, rounds)
    if wanted("portal_front.made"):
        yield front_made(5.0)
    if wanted("portal.visible"):
        yield visible(port, rounds)


def _opened(desk: Desk, port: int, name: str, turns: Iterator[Turn], rounds: int) -> Figure:
    """Pages that are made for whoever opens them, each from an address of its own: a neighbour may search only so often."""
    figure, doors = Figure(f"{name}.http"), count(2)
    for turn in range(-1, rounds):
        some = [next(turns) for _ in range(ROUND)]
        source = f"127.0.{next(doors) % 250}.9"
        wire = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(source, 0))
        mine = [seconds_of(partial(_get, wire, one.path)) for one in some]
        wire.close()
        floor = [
            seconds_of(lambda one=one: desk.execute(FLOORS[name], one.told, prepare=True).fetchall())  # type: ignore[misc]
            for one in some
        ]
        if turn >= 0:
            figure.ours.append(mine)
            figure.floor.append(floor)
    return figure


def _get(wire: HTTPConnection, path: str) -> bytes:
    wire.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
    answer = wire.getresponse()
    told = answer.read()
    if answer.status != 200:
        raise Trouble(f"Bài đo hỏi {path} nhưng trang trả lời {answer.status}.")
    return told


def _rows() -> list[tuple[int, str, str, Any]]:
    found = Publication.objects.filter(until_at=None, article__slug__startswith=f"{MARK}-")
    return list(found.order_by("pk").values_list("pk", "article__slug", "category", "since_at"))


def _articles(chance: Random) -> Iterator[Turn]:
    rows = _rows()
    for _, slug, _, _ in chance.sample(rows, min(len(rows), FEW)):
        yield Turn(f"/cong/tin/{slug}", {"slug": slug})


def _lists(chance: Random) -> Iterator[Turn]:
    rows = _rows()
    for pk, _, category, at in chance.sample(rows, min(len(rows), FEW)):
        told = {"category": category, "at": at, "id": pk}
        yield Turn(f"/cong/muc/{slug_of_category(category)}?sau={place_word((at, pk))}", told)


def _searches(chance: Random) -> Iterator[Turn]:
    """Common words, with and without marks: a place and a thing of which articles tell; one in three is the very article."""
    last = max((int(slug.rpartition("-")[2]) for _, slug, _, _ in _rows()), default=1)
    while True:
        text = chance.choice(THINGS)
        if chance.random() < 0.5:
            text = f"{chance.choice(PLACES)} {text}"
        if chance.random() < 0.33:
            text = f"{text} đợt {chance.randint(1, last)}"
        if chance.random() < 0.5:
            text = fold(text)
        terms = " & ".join(f"'~{word}'" for word in fold(text).split())
        yield Turn(f"/cong/tim?q={quote(text)}", {"asked": f"'=public' & {terms}"})


def front_kept(port: int, seconds: float, rounds: int) -> Figure:
    """`portal_front.cached`: eight readers of the front page that is kept, in turn with an answer of the server that says
    nothing at all (`/suc-khoe/song`), which is the floor."""
    figure, rates, floors = Figure("portal_front.cached", is_rate=True), [], []
    _hurry(port, FRONT, 0.5)
    for _ in range(max(3, rounds // 5)):
        times, rate = _hurry(port, FRONT, seconds)
        floor, floor_rate = _hurry(port, BARE, seconds)
        figure.ours.append(times)
        figure.floor.append(floor)
        rates.append(rate)
        floors.append(floor_rate)
    figure.more = {"per_s": round(p(rates, 0.5), 1), "floor_per_s": round(p(floors, 0.5), 1), "readers": READERS}
    return figure


def _hurry(port: int, path: str, seconds: float) -> tuple[list[float], float]:
    with ThreadPoolExecutor(READERS) as pool:
        begun = monotonic()
        each = list(pool.map(lambda _: list(_again(port, path, begun + seconds)), range(READERS)))
    times = [one for some in each for one in some]
    return times, len(times) / (monotonic() - begun)


def _again(port: int, path: str, until: float) -> Iterator[float]:
    """One reader on one connection. The answer is read by its length alone: the reader shares the machine's two cores."""
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    with create_connection(("127.0.0.1", port), timeout=60) as line:
        while monotonic() < until:
            begun = perf_counter()
            line.sendall(asked)
            told = b""
            while b"\r\n\r\n" not in told:
                told += line.recv(65536)
            head, _, body = told.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise Trouble(f"Bài đo hỏi {path} nhưng trang trả lời {head[:40]!r}.")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            while len(body) < length:
                body += line.recv(65536)
            yield perf_counter() - begun


def front_made(seconds: float) -> Figure:
    """`portal_front.made`: the front page when nothing is kept, made over and over by as many processes as the web has,
    through the whole door but for the server's own part of it."""
    connections.close_all()
    fork, ends = get_context("fork"), []
    for _ in range(PROCESSES):
        here, there = fork.Pipe(duplex=False)
        ends.append((fork.Process(target=_make, args=(there, seconds)), here))
    for maker, _ in ends:
        maker.start()
    each = [here.recv() for _, here in ends]
    for maker, _ in ends:
        maker.join()
    figure = Figure("portal_front.made", [[one for some in each for one in some]])
    figure.more = {"per_s": round(sum(len(some) / sum(some) for some in each), 1), "processes": PROCESSES}
    return figure


def _make(told: Connection, seconds: float) -> None:
    client, times = Client(), []
    client.get(FRONT)
    until = monotonic() + seconds
    while monotonic() < until:
        KEPT.forget()
        times.append(seconds_of(lambda: client.get(FRONT)))
    told.send(times)


def visible(port: int, rounds: int) -> Figure:
    """`portal.visible`: from the return of the publishing command until the front page tells of the article, on the slower
    of four connections."""
    times, category = [], _rows()[0][2]
    for turn in range(rounds):
        title = f"Tin đo {now():%H%M%S} {turn}"
        content = Content(title=title, lead="Bài đo viết.", body=body_of("Bài đo viết đoạn này."))
        let_out(content, category)
        begun = perf_counter()
        for _ in range(4):
            wire = HTTPConnection("127.0.0.1", port, timeout=60)
            wire.connect()
            while title.encode() not in _plain(wire):
                if perf_counter() - begun > 60:
                    raise Trouble("Bài đã đăng mà sau một phút trang đầu chưa có.")
                sleep(0.02)
            wire.close()
        times.append(perf_counter() - begun)
    return Figure("portal.visible", [times])


def _plain(wire: HTTPConnection) -> bytes:
    wire.request("GET", FRONT, headers={"Host": "localhost", "Accept-Encoding": "identity"})
    return wire.getresponse().read()

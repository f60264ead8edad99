"""Articles by the hundred thousand: rows as the commands write them, from what the demo province has published, laid down by COPY."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

import psycopg

from tram.bench.office import person
from tram.demo.telling import stories
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.news.commands.publish import pass_on, present, publish
from tram.news.commands.write import Content, begin, body_of
from tram.news.models import Publication
from tram.news.queries.public import Public, public_articles, public_of
from tram.organisation.models import Unit
from tram.portal.models import Site
from tram.portal.queries import cards
from tram.search.commands import put_many

SEED, MARK, FLUSH, APART = 2026, "bai-do", 2000, timedelta(minutes=50)
TABLES = {
    "article": "slug, title, category, also, agency_id, state, number, writer_id, writer_name, began_at, changed_at,"
    " first_published_at, correction, locked_name, language",
    "address": "slug, article_id, since_at",
    "revision": "article_id, number, content, digest, account_id, by_name, at, note",
    "publication": "article_id, revision_id, agency_id, category, also, digest, correction, publisher_id, publisher_name,"
    " since_at, ended_for, language, procedure",
}
PLACES = (
    "Tả Phìn",
    "Bát Xát",
    "Mường Khương",
    "Si Ma Cai",
    "Bảo Hà",
    "Văn Bàn",
    "Nậm Lúc",
    "Y Tý",
    "Cốc San",
    "Võ Lao",
)
THINGS = (
    "đường truyền", "bưu điện văn hóa", "thôn bản", "học sinh", "nông dân", "chữ ký số", "một cửa", "trạm y tế", "chợ phiên",
    "lũ quét", "rừng phòng hộ", "nước sạch", "hộ nghèo", "du lịch cộng đồng", "cửa khẩu", "giống lúa", "điện lưới", "cầu treo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """Khuôn bài: an article of the demo whose body others share, and the row that made it public."""

    public: Public
    row: Publication


def fill(desk: psycopg.Connection[Any], wanted: int) -> None:
    """Bring the number of articles that the bench wrote to `wanted`."""
    shapes, sites = _shapes(), list(Site.objects.exclude(agency=None).order_by("pk").values_list("agency", flat=True))
    [there] = desk.execute(f"SELECT count(*) FROM news_article WHERE slug LIKE '{MARK}-%'").fetchone() or (0,)
    made = _articles(shapes, [agency for agency in sites if agency], Random(SEED))
    for _ in islice(made, there):
        pass
    left = wanted - there
    while left > 0:
        with desk.transaction():
            keys = _lay_down(desk, list(islice(made, min(left, FLUSH))))
        put_many(actor=Actor.system(), at=now(), cards=cards(keys, now()))
        left -= FLUSH
    for table in (*(f"news_{name}" for name in (*TABLES, "filing")), "search_card"):
        desk.execute(f"ANALYZE {table}")
    desk.execute("UPDATE portal_site SET generation = generation + 1")


def let_out(content: Content, category: str) -> None:
    """An article of the home agency by its three people, through the commands."""
    writer, editor, leader = (person(login) for login in ("lan", "minh", "son"))
    agency = Unit.objects.get(pk=leader.agency)
    article = begin(actor=writer, at=now(), agency=agency, category=category, content=content)
    present(actor=writer, at=now(), article=article)
    pass_on(actor=editor, at=now(), article=article)
    publish(actor=leader, at=now(), article=article)


def _shapes() -> list[Shape]:
    """What is public of the demo; where nothing is, as in a province of years of mail, its stories are published first."""
    at = now()
    keys = public_articles(at, 0, 50)
    if not keys:
        for story in stories():
            let_out(Content(title=story.title, lead=story.lead, body=body_of(story.body)), story.category)
        keys = public_articles(now(), 0, 50)
    rows = {row.article_id: row for row in Publication.objects.filter(article__in=keys, until_at=None)}
    return [Shape(one, rows[one.article]) for one in public_of(keys, now()) if not one.slug.startswith(MARK)]


def _articles(shapes: list[Shape], sites: list[int], chance: Random) -> Iterator[dict[str, Any]]:
    """One after the other, the newest first: fifty minutes apart, in turn of each agency and category, each third in two."""
    newest, number = now() - timedelta(days=1), 0
    categories = sorted({shape.public.category for shape in shapes})
    while True:
        number += 1
        shape = chance.choice(shapes)
        title = f"{chance.choice(PLACES)}: {chance.choice(THINGS)} và {chance.choice(THINGS)} đợt {number}"
        said = replace(shape.public.content, title=title, procedure="")
        category, other = (categories[(number + turn) % len(categories)] for turn in (0, 1))
        yield {
            "shape": shape, "title": title, "slug": f"{MARK}-{number}", "category": category,
            "also": [other] if number % 3 == 0 and other != category else [],
            "agency": sites[number % len(sites)], "at": newest - number * APART, "content": said,
        }  # fmt: skip


def _lay_down(desk: psycopg.Connection[Any], made: list[dict[str, Any]]) -> list[int]:
    """The rows of articles that are public; their keys."""
    keys = {
        name: [row[0] for row in desk.execute(
            f"SELECT nextval(pg_get_serial_sequence('news_{name}', 'id')) FROM generate_series(1, %s)", [len(made)])]
        for name in ("article", "revision")
    }  # fmt: skip
    sheets: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
    for one, article, revision in zip(made, keys["article"], keys["revision"], strict=True):
        _write(one, article, revision, sheets)
    for name, columns in TABLES.items():
        own = "id, " if name in keys else ""
        with desk.cursor().copy(f"COPY news_{name} ({own}{columns}) FROM STDIN") as rows:
            for sheet in sheets[name]:
                rows.write_row(sheet)
    return keys["article"]


def _write(one: dict[str, Any], article: int, revision: int, sheets: dict[str, list[tuple[Any, ...]]]) -> None:
    row, at, digest = one["shape"].row, one["at"], one["content"].digest
    who = (row.publisher_id, row.publisher_name)
    sheets["article"].append((
        article, one["slug"], one["title"], one["category"], one["also"], one["agency"], "published", 1, *who, at, at, at, "", "", "vi",
    ))  # fmt: skip
    sheets["address"].append((one["slug"], article, at))
    said = json.dumps(one["content"].plain(), ensure_ascii=False)
    sheets["revision"].append((revision, article, 1, said, digest, *who, at, ""))
    sheets["publication"].append(
        (article, revision, one["agency"], one["category"], one["also"], digest, "", *who, at, "", "vi", "")
    )

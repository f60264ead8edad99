"""Where an article stands in lists: at the moment when readers first heard of it, here or on the portal that it was taken from."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.test import Client

from tests.cast import AT
from tests.news.desk import TEXT, Desk
from tests.news.pages import HTML
from tram.news.commands.old import confirm, take_in
from tram.news.commands.publish import pass_on, present, publish, revise
from tram.news.commands.write import write
from tram.news.models import Article
from tram.news.rules.content import Content

HOUR = timedelta(hours=1)
PLAIN = re.sub(r"<figure>.*?</figure>", "", HTML)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def let_out(desk: Desk, article: Article, at: Any) -> None:
    for who, step in (("nga", present), ("nga", pass_on), ("phuc", publish)):
        step(actor=desk.who(who), at=at, article=Article.objects.get(pk=article.pk))


def old(desk: Desk, page: str, at: Any) -> Article:
    file = take_in(actor=desk.who("nga"), at=at, agency=desk.cast.units["skhcn"], name="cu.html", data=page.encode())
    article = confirm(actor=desk.who("nga"), at=at, file=file)
    let_out(desk, article, at)
    return article


def titles(reader: Client) -> list[str]:
    return [one["title"] for one in json.loads(reader.get("/cong/tin-moi/feed.json").content)["items"]]


def test_an_old_article_stands_at_its_own_day_and_a_corrected_one_where_it_stood(desk: Desk, reader: Client) -> None:
    first, second = desk.public(replace(TEXT, title="Bài thứ nhất")), desk.draft(replace(TEXT, title="Bài thứ hai"))
    let_out(desk, second, AT + HOUR)
    printed = old(desk, PLAIN, AT + 2 * HOUR)
    undated = old(
        desk, PLAIN.replace("<p>6/12/2009 8:30:21 PM</p>", "").replace("Ngày 11/6,", "Ngày 11/6/2007,"), AT + 3 * HOUR
    )
    revise(actor=desk.who("nga"), at=AT + 4 * HOUR, article=first, correction="Sửa số xã: 60")
    mended = replace(TEXT, title="Bài thứ nhất", lead="Sáng 16/11, Sở khai giảng lớp tập huấn cho 60 cán bộ xã.")
    write(actor=desk.who("nga"), at=AT + 4 * HOUR, article=first, base=1, content=mended)
    let_out(desk, first, AT + 5 * HOUR)
    assert titles(reader) == ["Bài thứ hai", "Bài thứ nhất", printed.title, undated.title]
    front = said(reader.get("/cong"))
    assert "12/06/2009" in front and "11/06/2007" in front
    page = said(reader.get(f"/cong/tin/{printed.slug}"))
    assert '"datePublished": "2009-06-12T20:30:21+07:00"' in page and ", ngày 12/06/2009. http" in page
    page = said(reader.get(f"/cong/tin/{Article.objects.get(pk=first.pk).slug}"))
    assert '"datePublished": "2026-11-16T09:00:00+07:00"' in page and "Sửa số xã: 60" in page
    assert "Tin khác của Sở Khoa học và Công nghệ" in page and "Bài thứ hai" in page


def test_a_year_that_no_calendar_of_ours_has_moves_nothing(desk: Desk, reader: Client) -> None:
    """A slip of a key, or an old file that is meant to; the first day of all lies outside what can be read back."""
    undated = PLAIN.replace("<p>6/12/2009 8:30:21 PM</p>", "")
    file = take_in(
        actor=desk.who("nga"), at=AT, agency=desk.cast.units["skhcn"], name="cu.html",
        data=undated.replace("Ngày 11/6,", "Ngày 1/1/0001,").encode(),
    )  # fmt: skip
    article = confirm(actor=desk.who("nga"), at=AT, file=file)
    content = Content.of(article.revisions.get().content)
    write(actor=desk.who("nga"), at=AT, article=article, base=1, content=replace(content, event_on=date(1, 1, 1)))
    let_out(desk, article, AT)
    printed = old(desk, PLAIN.replace("6/12/2009 8", "1/1/0001 1"), AT + HOUR)
    assert titles(reader) == [printed.title, article.title]
    assert reader.get(f"/cong/tin/{printed.slug}").status_code == 200

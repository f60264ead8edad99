"""The articles that the bench lays down stand as those that people publish: same columns filled, read, listed and found alike."""

from typing import Any

from django.db import connection
from django.db.models import Model
from django.test import Client

from tests.cast import Cast
from tests.news.desk import Desk
from tests.portal.readers import afresh as afresh
from tests.portal.readers import reader as reader
from tram.bench.articles import fill
from tram.news.models import Address, Article, Publication, Revision
from tram.news.rules.content import Content
from tram.search.models import Card

COLUMNS = (Article, Revision, Address, Publication)


def filled(row: Model) -> dict[str, bool]:
    """Which columns say anything."""
    return {field.attname: getattr(row, field.attname) not in (None, "") for field in row._meta.concrete_fields}


def test_they_are_rows_as_the_commands_write_them(cast: Cast, reader: Client) -> None:
    people = Desk(cast).public()
    connection.ensure_connection()
    fill(connection.connection, 3)
    fill(connection.connection, 5)
    ours = Article.objects.filter(slug__startswith="bai-do-").order_by("pk")
    assert [one.slug for one in ours] == [f"bai-do-{number}" for number in range(1, 6)]
    for model in COLUMNS:
        own: dict[str, Any] = {"pk": people.pk} if model is Article else {"article": people}
        laid = {"pk": ours[0].pk} if model is Article else {"article": ours[0]}
        assert filled(model._default_manager.get(**laid)) == filled(model._default_manager.get(**own)), model
    row = Publication.objects.select_related("revision").get(article=ours[0])
    assert row.digest == row.revision.digest == Content.of(row.revision.content).digest
    assert Card.objects.filter(kind="portal.article").count() == 6
    for address in ("/cong", "/cong/tin/bai-do-1", f"/cong/tim?q={ours[0].title}"):
        assert ours[0].title in reader.get(address).content.decode(), address

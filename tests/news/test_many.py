"""Several at once: old files become drafts, drafts go their way together; each that cannot says why and stays."""

import io
import re
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.news.desk import TEXT, Desk
from tests.news.pages import HTML, OLD
from tests.news.test_writing import send, signed_in, text_of
from tram.kernel.verdicts import Invalid
from tram.news.commands.many import MOST, confirm_all, move_all
from tram.news.commands.old import take_in_all
from tram.news.models import Article, OldFile

HERE = "/tin-bai/nhieu"


def ticks(client: Client, step: str) -> list[str]:
    return [f"{row.id}.{row.number}" for row, why_not in client.get(HERE, {"muc": step}).context["rows"] if not why_not]


def go(client: Client, step: str) -> Any:
    return send(client, f"{HERE}?muc={step}", bai=ticks(client, step))


def test_old_files_become_articles_that_two_people_let_out_together(desk: Desk) -> None:
    nga, phuc = signed_in(desk, "nga"), signed_in(desk, "phuc")
    plain = re.sub(r"<figure>.*?</figure>", "", HTML)
    take_in_all(
        actor=desk.who("nga"), at=AT, agency=desk.cast.units["skhcn"],
        files=[(f"{n}.html", len(page), io.BytesIO(page.encode())) for n, page in enumerate((plain, OLD))],
    )  # fmt: skip
    files = list(OldFile.objects.order_by("pk").values_list("pk", flat=True))
    assert send(nga, "/tin-bai/bai-cu", viec="xac-nhan", tep=files, category="archive").status_code == 303
    assert "2 tệp đã thành bản nháp." in text_of(nga, "/tin-bai/bai-cu")
    assert Article.objects.filter(category="archive", state="draft").count() == 2
    go(nga, "trinh")
    told = text_of(nga, f"{HERE}?muc=trinh")
    assert "Trình biên tập: xong 1 bài." in told and "ảnh chưa có lời mô tả" in told, "the other has no picture yet"
    go(nga, "chuyen")
    assert ticks(nga, "dang") == [], "who wrote it does not let it out"
    go(phuc, "dang")
    assert [one.title for one in Article.objects.filter(state="published")] == ["Hội nghị bàn về bưu điện văn hóa xã"]


def test_what_is_not_theirs_or_has_a_newer_revision_stays(desk: Desk) -> None:
    phuc, tuan = signed_in(desk, "phuc"), signed_in(desk, "tuan")
    article = desk.passed()
    own = f"{article.pk}.{article.number}"
    assert send(tuan, f"{HERE}?muc=dang", bai=[own]).status_code == 404 == phuc.get(f"{HERE}?muc=rut").status_code
    assert send(phuc, f"{HERE}?muc=dang").status_code == 422
    done, left = move_all(actor=desk.who("phuc"), at=AT, step="publish", articles={article.pk: article.number + 1})
    assert done == 0 and left[0][0] == TEXT.title and "mà bạn xem" in left[0][1]
    done, left = move_all(actor=desk.who("lan"), at=AT, step="publish", articles={article.pk: article.number})
    assert done == 0 and "Chỉ người duyệt xuất bản" in left[0][1]


def test_all_are_held_before_the_first_is_let_out(desk: Desk) -> None:
    """Else somebody who lets out the second alone would wait for the portal, and this one for the second: neither would come to an end."""
    first, second = desk.passed(), desk.passed(replace(TEXT, title="Bài sau"))
    with CaptureQueriesContext(connection) as found:
        told = {first.pk: first.number, second.pk: second.number}
        assert move_all(actor=desk.who("phuc"), at=AT, step="publish", articles=told) == (2, [])
    asked = [one["sql"] for one in found]
    begun = next(at for at, sql in enumerate(asked) if "portal_site" in sql or sql.startswith("UPDATE"))
    held = [sql for sql in asked[:begun] if "FOR UPDATE" in sql and "news_article" in sql]
    assert any(str(second.pk) in sql.partition("WHERE")[2] for sql in held)


def test_no_form_holds_the_portal_of_the_province_for_minutes(desk: Desk) -> None:
    told, by = dict.fromkeys(range(1, MOST + 2), 1), {"actor": desk.who("phuc"), "at": AT}
    for act in (
        partial(move_all, step="publish", articles=told),
        partial(confirm_all, files=list(told), category="archive"),
    ):
        with pytest.raises(Invalid, match="không quá 100"):
            act(**by)


def test_the_list_costs_the_same_for_one_and_for_many(desk: Desk) -> None:
    phuc, cost = signed_in(desk, "phuc"), set()
    for count in (1, 6):
        for n in range(count):
            desk.passed(replace(TEXT, title=f"Bài {count} {n}"))
        with CaptureQueriesContext(connection) as found:
            phuc.get(HERE, {"muc": "dang"})
        cost.add(len(found))
    assert len(cost) == 1

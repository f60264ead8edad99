"""Whose turn it is with an article lies in their inbox, and nobody forgets it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import AT, FOUNDED
from tests.news.desk import TEXT, Desk
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Refused, WrongState
from tram.news.commands.publish import pass_on, present, publish, revise, schedule, send_back, withdraw
from tram.news.commands.write import begin
from tram.news.models import Article
from tram.news.rules.content import Content
from tram.news.states import State
from tram.notifications.models import Notice
from tram.organisation.commands.posts import appoint, create_post, grant_role
from tram.tasks.commands.give import hand, recall, transfer
from tram.tasks.commands.work import finish, give_back
from tram.tasks.models import Task
from tram.tasks.queries import inbox


def waiting(desk: Desk) -> dict[str, str]:
    """Who of the desk has the article in their inbox, with what is asked."""
    people = ("lan", "nga", "phuc", "son", "hoa", "dung", "tam")
    rows = {
        name: [row for row in inbox(desk.who(name), AT.date()).rows if row.line.startswith("Tin bài")]
        for name in people
    }
    return {name: found[0].last_word for name, found in rows.items() if found}


def test_an_article_is_always_in_the_inbox_of_whose_turn_it_is(desk: Desk) -> None:
    article = desk.draft()
    assert waiting(desk) == {}
    present(actor=desk.who("lan"), at=AT, article=article)
    assert waiting(desk) == {"nga": "Biên tập bản 1"}
    assert Task.objects.get(ended_at=None).due_on == AT.date() + timedelta(days=2), "two working days from a Monday"
    send_back(actor=desk.who("nga"), at=AT, article=article, reason="Thiếu số liệu")
    assert waiting(desk) == {"lan": "Sửa bài: Thiếu số liệu"}
    present(actor=desk.who("lan"), at=AT, article=article)
    pass_on(actor=desk.who("nga"), at=AT, article=article)
    assert waiting(desk) == {"phuc": "Duyệt đăng bản 1"}
    assert Task.objects.get(ended_at=None).due_on == AT.date() + timedelta(days=1)
    publish(actor=desk.who("phuc"), at=AT, article=article)
    assert waiting(desk) == {} and not Task.objects.filter(ended_at=None).exists()
    told = Notice.objects.filter(kind__startswith="news.").values_list("account", "sentence")
    assert list(told) == [(desk.cast.accounts["lan"].pk, f"Bài đã đăng: {TEXT.title}")]


def test_who_wrote_is_not_asked_to_let_out(desk: Desk) -> None:
    own = begin(actor=desk.who("phuc"), at=AT, agency=desk.cast.units["skhcn"], category="notice", content=TEXT)
    present(actor=desk.who("phuc"), at=AT, article=own)
    pass_on(actor=desk.who("nga"), at=AT, article=own)
    assert list(waiting(desk)) == ["son"]
    schedule(actor=desk.who("son"), at=AT, article=own, publish_at=AT.replace(day=28))
    assert waiting(desk) == {}
    send_back(actor=desk.who("son"), at=AT, article=own, reason="Đổi giờ")
    assert list(waiting(desk)) == ["phuc"]
    withdraw(actor=desk.who("nga"), at=AT, article=own, reason="Trùng bài khác")
    assert waiting(desk) == {}


def test_an_editor_who_corrects_is_not_asked_to_edit_themselves_while_another_sits_there(desk: Desk) -> None:
    article, system = desk.public(), {"actor": Actor.system(), "at": AT, "since": FOUNDED}
    revise(actor=desk.who("nga"), at=AT, article=article, correction="Sáu mươi, không phải mười sáu")
    present(actor=desk.who("nga"), at=AT, article=article)
    assert list(waiting(desk)) == ["tam"], "who answers for the desk where there is no other editor"
    send_back(actor=desk.who("nga"), at=AT, article=article, reason="Tự sửa thêm")
    post = create_post(unit=desk.cast.units["skhcn"], title="Biên tập thứ hai", rank=82, roles=["editor"], **system)
    appoint(post=post, account=desk.cast.accounts["dung"], **system)
    present(actor=desk.who("nga"), at=AT, article=article)
    assert list(waiting(desk)) == ["dung"]


def test_the_work_ends_on_the_articles_page_and_falls_back_from_the_inbox(desk: Desk) -> None:
    article = present(actor=desk.who("lan"), at=AT, article=desk.draft())
    task = Task.objects.get(ended_at=None)
    with pytest.raises(WrongState, match="chờ biên tập"), transaction.atomic():
        finish(actor=desk.who("nga"), at=AT, task=task, result="Xong")
    give_back(actor=desk.who("nga"), at=AT, task=task, reason="Chưa có ảnh")
    assert Article.objects.get().state == State.DRAFT and list(waiting(desk)) == ["lan"]
    with pytest.raises(WrongState, match="sửa rồi trình"), transaction.atomic():
        give_back(actor=desk.who("lan"), at=AT, task=Task.objects.get(ended_at=None), reason="Không rảnh")
    present(actor=desk.who("lan"), at=AT, article=article)
    recall(actor=desk.who("lan"), at=AT, task=Task.objects.get(ended_at=None))
    assert Article.objects.get().state == State.DRAFT


def test_only_the_desk_is_handed_an_article(desk: Desk) -> None:
    present(actor=desk.who("lan"), at=AT, article=desk.draft())
    son, task = desk.who("son"), Task.objects.get(ended_at=None)
    with pytest.raises(WrongState, match="chỉ giao được"), transaction.atomic():
        hand(actor=son, at=AT, task=task, to=desk.cast.posts["lan"])
    with pytest.raises(WrongState, match="chỉ giao được"), transaction.atomic():
        transfer(actor=son, at=AT, task=task, to=desk.cast.units["telecoms"], word="Thuộc phòng ấy")
    hand(actor=son, at=AT, task=task, to=desk.cast.posts["tam"])
    assert list(waiting(desk)) == ["tam"]


def test_an_editor_from_another_agency_passes_on_all_the_same(desk: Desk) -> None:
    system = {"actor": Actor.system(), "at": AT, "since": FOUNDED}
    post = create_post(unit=desk.cast.units["province"], title="Biên tập chung", rank=83, roles=[], **system)
    appoint(post=post, account=desk.cast.accounts["tuan"], **system)

    grant_role(post=post, role="editor", unit=desk.cast.units["skhcn"], cause="Quy chế Cổng", **system)
    article = present(actor=desk.who("lan"), at=AT, article=desk.draft())
    pass_on(actor=desk.who("tuan"), at=AT, article=article)
    assert list(waiting(desk)) == ["phuc"]
    with pytest.raises(Refused):
        publish(actor=desk.who("tuan"), at=AT, article=article)


def test_the_page_names_who_is_waited_for_and_marks_the_work_as_read(desk: Desk) -> None:
    article = present(
        actor=desk.who("lan"), at=AT, article=desk.draft(Content(title="Tin thử", lead="Dẫn", body=TEXT.body))
    )
    task = Task.objects.get(ended_at=None)
    page = desk.cast.signed_in(Client(), "nga").get(f"/tin-bai/{article.pk}").content.decode()
    assert "Đang chờ" in page and "Biên tập Cổng" in page and f"/viec/{task.pk}/doc" in page
    assert (
        f"/viec/{task.pk}/doc"
        not in desk.cast.signed_in(Client(), "lan").get(f"/tin-bai/{article.pk}").content.decode()
    )

"""What readers say of an article: by the same form, under the article after an editor's act, gone with it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import AT
from tests.documents.letters import post
from tests.hostile.payloads import PAYLOADS
from tests.news.desk import TEXT, Desk
from tests.portal.test_hostile import live
from tests.voices.asked import E_MAIL, NAME, PHONE, Asking
from tests.voices.test_ask import FORM, OURS
from tram.kernel import clock
from tram.kernel.actors import ANONYMOUS
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden, Refused, WrongState
from tram.news.commands.publish import publish as let_out
from tram.news.commands.publish import withdraw as take_down
from tram.news.models import Article
from tram.organisation.queries import calendar_of
from tram.tasks.models import Task
from tram.voices.commands.answering import answer, pass_on
from tram.voices.commands.asking import comment
from tram.voices.commands.publishing import publish, withdraw
from tram.voices.models import Voice

SAID = "Lớp học nên mở thêm một đợt cho xã vùng cao."


def said(answer: Any) -> str:
    return str(answer.content.decode())


def sent(article: Article, **more: Any) -> Voice:
    told = {"text": SAID, "name": NAME, "shows_name": False, "consents": True, "email": E_MAIL, "phone": PHONE} | more
    comment(actor=ANONYMOUS, at=AT, key=uuid4(), slug=article.slug, **told)
    return Voice.objects.latest("pk")


def test_an_opinion_stands_under_its_article_after_an_editor_let_it_out(
    house: Asking, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(house.cast)
    article = desk.public()
    monkeypatch.setattr(clock, "now", lambda: AT)
    page, place = f"/cong/tin/{article.slug}", f"/cong/tin/{article.slug}/y-kien"
    assert place in said(reader.get(page)) and TEXT.title in said(reader.get(place))
    words = {"text": SAID, "name": NAME, "consents": "on", "phone": PHONE, "idempotency_key": str(uuid4())}
    data = "&".join(f"{name}={value}" for name, value in words.items())
    answers = [reader.post(place, data, content_type=FORM, headers=OURS) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    voice = Voice.objects.get()
    assert voice.article_id == article.pk and "chưa duyệt" in said(reader.get(answers[0]["Location"]))
    task = Task.objects.get(about=voice.ref)
    assert task.post_id != house.cast.posts["tam"].pk and task.due_on == calendar_of(voice.agency_id).add(
        local_day(voice.asked_at), 3
    )
    assert SAID not in said(reader.get(page))
    with pytest.raises(WrongState, match="ở lại cơ quan"):
        pass_on(actor=desk.who("nga"), at=AT, voice=voice, to=house.cast.units["stc"], reason="Thử")
    publish(actor=desk.who("nga"), at=AT, voice=voice, seen=0)
    shown = said(reader.get(page))
    assert SAID in shown and "Bạn đọc" in shown and NAME not in shown and PHONE not in shown
    assert f"{page}#y-kien" in said(reader.get(answers[0]["Location"]))
    assert SAID not in said(reader.get("/cong/hoi-dap")) and reader.get(f"/cong/hoi-dap/{voice.pk}").status_code == 404
    withdraw(actor=desk.who("nga"), at=AT, voice=Voice.objects.get(), reason="Lời không hay")
    assert SAID not in said(reader.get(page))


def test_a_reply_wants_a_second_person_and_the_article_takes_all_with_it(house: Asking, reader: Client) -> None:
    desk = Desk(house.cast)
    article = desk.public()
    voice = answer(
        actor=desk.who("nga"), at=AT, voice=sent(article), title="", text="Nên mở thêm.", answer="Sẽ mở.", seen=0
    )
    with pytest.raises(Refused, match="không tự đăng"):
        publish(actor=desk.who("nga"), at=AT, voice=voice, seen=1)
    publish(actor=desk.who("phuc"), at=AT, voice=voice, seen=1)
    page = f"/cong/tin/{article.slug}"
    assert "Nên mở thêm." in said(reader.get(page)) and "Sẽ mở." in said(reader.get(page))
    take_down(actor=desk.who("nga"), at=AT, article=article, reason="Thử")
    assert reader.get(page).status_code == 410 and "Nên mở thêm." not in said(reader.get(page))
    assert reader.get(f"{page}/y-kien").status_code == 404
    with pytest.raises(Hidden):
        sent(article)


def test_articles_that_take_none_and_hostile_words(house: Asking, reader: Client) -> None:
    desk = Desk(house.cast)
    article = desk.public()
    told = {"text": SAID, "name": NAME, "shows_name": False, "consents": True}
    with pytest.raises(Refused, match="hết thời gian"):
        comment(actor=ANONYMOUS, at=AT + timedelta(days=61), key=uuid4(), slug=article.slug, **told)
    for payload in PAYLOADS[::40]:
        voice = sent(article, name=payload[:80], shows_name=True)
        voice = answer(actor=desk.who("nga"), at=AT, voice=voice, title="", text=payload, answer=payload, seen=0)
        publish(actor=desk.who("phuc"), at=AT, voice=voice, seen=1)
    assert not live(said(reader.get(f"/cong/tin/{article.slug}"))).found


def test_whoever_lets_an_article_out_says_whether_it_takes_opinions(
    house: Asking, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(house.cast)
    monkeypatch.setattr(clock, "now", lambda: AT)
    closed = desk.passed()
    phuc = house.cast.signed_in(Client(), "phuc")
    assert "Nhận ý kiến bạn đọc" in said(phuc.get(f"/tin-bai/{closed.pk}/dang"))
    assert post(phuc, f"/tin-bai/{closed.pk}/dang", {"seen": 1, "takes_comments": "maybe"}).status_code == 422
    assert post(phuc, f"/tin-bai/{closed.pk}/dang", {"seen": 1, "takes_comments": "no"}).status_code == 303
    closed.refresh_from_db()
    page = f"/cong/tin/{closed.slug}"
    assert f"{page}/y-kien" not in said(reader.get(page)) and reader.get(f"{page}/y-kien").status_code == 404
    with pytest.raises(Refused, match="không nhận ý kiến"):
        sent(closed)
    opened = desk.passed()
    Article.objects.filter(pk=opened.pk).update(category="press")
    let_out(actor=desk.who("phuc"), at=AT, article=opened, takes_comments=True)
    opened.refresh_from_db()
    assert f"/cong/tin/{opened.slug}/y-kien" in said(reader.get(f"/cong/tin/{opened.slug}")), "its category takes none"

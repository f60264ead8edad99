"""An article on its way: written by one person, let out by another, corrected in the open, taken back at once."""

import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.cast import AT, FOUNDED
from tests.files.builders import png
from tests.news.desk import TEXT, Desk
from tram.audit.queries import what_happened
from tram.files.commands import store
from tram.files.sockets import holders
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.news.commands.publish import (
    appear,
    expire,
    pass_on,
    present,
    publish,
    readdress,
    revise,
    schedule,
    send_back,
    withdraw,
)  # fmt: skip
from tram.news.commands.write import begin, comment, settle_comment, take_lock, write
from tram.news.jobs import keep_hours
from tram.news.models import Article, Publication, Revision
from tram.news.queries import articles, public
from tram.news.rules.content import Block
from tram.news.sockets import faces
from tram.news.states import State
from tram.organisation.commands.posts import appoint, create_post
from tram.organisation.sockets import successions

HOUR = timedelta(hours=1)


def test_an_article_goes_from_its_writer_to_the_public_through_three_hands(desk: Desk) -> None:
    article = desk.public()
    out = public.public_at(article.slug, AT + 9 * HOUR)
    assert isinstance(out, public.Public)
    assert (out.content, out.digest, out.corrections) == (TEXT, TEXT.digest, ())
    assert article.slug == f"khai-giang-lop-tap-huan-cho-can-bo-xa-{article.pk}"
    assert what_happened(article.ref) == ["news.begun", "news.presented", "news.passed_on", "news.published"]
    (line,), following = public.public(AT)
    assert (line.slug, line.lead, following) == (article.slug, TEXT.lead, None)


def test_who_wrote_does_not_let_out(desk: Desk) -> None:
    own = begin(actor=desk.who("phuc"), at=AT, agency=desk.cast.units["skhcn"], category="notice", content=TEXT)
    present(actor=desk.who("phuc"), at=AT, article=own)
    pass_on(actor=desk.who("nga"), at=AT, article=own)
    with pytest.raises(Refused, match="không tự cho đăng"):
        publish(actor=desk.who("phuc"), at=AT, article=own)
    publish(actor=desk.who("son"), at=AT, article=own)


def test_who_saved_the_last_revision_does_not_let_it_out(desk: Desk) -> None:
    article = present(actor=desk.who("lan"), at=AT, article=desk.draft())
    write(actor=desk.who("nga"), at=AT, article=article, base=1, content=replace(TEXT, byline="Nga"))
    pass_on(actor=desk.who("nga"), at=AT, article=article)
    for name, reason in (("nga", "duyệt xuất bản"), ("lan", "duyệt xuất bản"), ("tuan", "duyệt xuất bản")):
        with pytest.raises(Refused, match=reason):
            publish(actor=desk.who(name), at=AT, article=article)
    assert publish(actor=desk.who("phuc"), at=AT, article=article).revision.number == 2


def test_who_worded_a_correction_does_not_let_it_out(desk: Desk) -> None:
    article, agency = desk.public(), desk.cast.units["skhcn"]
    told = {"actor": Actor.system(), "at": AT, "since": FOUNDED}
    second = create_post(unit=agency, title="Biên tập thứ hai", rank=81, roles=["editor"], **told)
    appoint(post=second, account=desk.cast.accounts["phuc"], **told)
    phuc = desk.who("phuc")
    revise(actor=phuc, at=AT, article=article, correction="Mời bạn vào trang khác")
    present(actor=phuc, at=AT, article=article)
    pass_on(actor=phuc, at=AT, article=article)
    with pytest.raises(Refused, match="không tự cho đăng"):
        publish(actor=phuc, at=AT, article=article)
    with pytest.raises(Refused, match="không tự cho đăng"):
        schedule(actor=phuc, at=AT, article=article, publish_at=AT + HOUR)
    publish(actor=desk.who("son"), at=AT, article=article)
    assert Article.objects.get().corrected_by is None


def test_a_stranger_neither_sees_nor_writes(desk: Desk) -> None:
    article = desk.draft()
    for name, sees in (("lan", True), ("nga", True), ("phuc", True), ("son", True), ("dung", False), ("tuan", False)):
        assert articles.visible_to(desk.who(name), AT.date()).filter(pk=article.pk).exists() is sees
    with pytest.raises(Refused, match="người viết và biên tập"):
        write(actor=desk.who("tuan"), at=AT, article=article, base=1, content=replace(TEXT, title="Khác"))
    with pytest.raises(Refused, match="của cơ quan"):
        begin(actor=desk.who("tuan"), at=AT, agency=desk.cast.units["skhcn"], category="notice", content=TEXT)
    with pytest.raises(Hidden):
        public.public_at(article.slug, AT + 9 * HOUR)


def test_two_who_write_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    article = desk.draft()
    take_lock(actor=desk.who("lan"), at=AT, article=article)
    with pytest.raises(WrongState, match="Hoàng Thị Lan đang sửa bài này, giữ đến 09:15"):
        write(actor=desk.who("nga"), at=AT, article=article, base=1, content=replace(TEXT, title="Khác"))
    later = AT + HOUR
    write(actor=desk.who("nga"), at=later, article=article, base=1, content=replace(TEXT, title="Khác"))
    with pytest.raises(WrongState, match="Nga vừa lưu bản 2"):
        write(actor=desk.who("lan"), at=later, article=article, base=1, content=replace(TEXT, title="Khác nữa"))
    assert (
        write(actor=desk.who("lan"), at=later, article=article, base=2, content=replace(TEXT, title="Khác")).number == 2
    )


def test_what_is_not_fit_to_be_shown_is_not_presented(desk: Desk) -> None:
    picture = Block("picture", caption="Học viên")
    article = desk.draft(replace(TEXT, lead="", body=(picture,)))
    with pytest.raises(Invalid) as found:
        present(actor=desk.who("lan"), at=AT, article=article)
    for words in ("chưa có đoạn dẫn", "chưa có đoạn văn", "Khối 1: chưa có ảnh", "lời mô tả", "vì sao được đăng"):
        assert words in str(found.value)


def test_a_correction_is_shown_with_its_time_and_the_old_text_stays_until_then(desk: Desk) -> None:
    article = desk.public()
    revise(actor=desk.who("nga"), at=AT + HOUR, article=article, correction="Đính chính: sáu mươi hai cán bộ")
    changed = replace(TEXT, lead=TEXT.lead.replace("sáu mươi", "sáu mươi hai"))
    write(actor=desk.who("nga"), at=AT + HOUR, article=article, base=1, content=changed)
    shown = public.public_at(article.slug, AT + 9 * HOUR)
    assert isinstance(shown, public.Public) and shown.content == TEXT
    present(actor=desk.who("nga"), at=AT + HOUR, article=article)
    pass_on(actor=desk.who("nga"), at=AT + HOUR, article=article)
    publish(actor=desk.who("phuc"), at=AT + 2 * HOUR, article=article)
    shown = public.public_at(article.slug, AT + 9 * HOUR)
    assert isinstance(shown, public.Public) and shown.content == changed
    assert shown.corrections == (public.Correction("Đính chính: sáu mươi hai cán bộ", AT + 2 * HOUR),)
    assert shown.first_published_at == AT
    assert [row.until_at for row in Publication.objects.order_by("pk")] == [AT + 2 * HOUR, None]


def test_an_article_appears_and_expires_at_its_hours(desk: Desk) -> None:
    article, system = desk.passed(), Actor.system()
    with pytest.raises(Invalid, match="phía sau"):
        schedule(actor=desk.who("phuc"), at=AT, article=article, publish_at=AT)
    schedule(actor=desk.who("phuc"), at=AT, article=article, publish_at=AT + HOUR, expires_at=AT + 5 * HOUR)
    assert articles.to_appear(AT) == [] and articles.to_appear(AT + HOUR) == [article.pk]
    assert appear(actor=system, at=AT, article=article) is None
    out = appear(actor=system, at=AT + HOUR, article=article)
    assert out and out.publisher_name == "Vũ Đình Phúc"
    assert appear(actor=system, at=AT + HOUR, article=article) is None
    assert articles.to_expire(AT + 4 * HOUR) == [] and articles.to_expire(AT + 5 * HOUR) == [article.pk]
    assert not expire(actor=system, at=AT + 4 * HOUR, article=article)
    gone = public.Gone(desk.cast.units["skhcn"].pk, AT + 5 * HOUR, is_expired=True)
    assert isinstance(public.public_at(article.slug, AT + 4 * HOUR), public.Public)
    assert public.public_at(article.slug, AT + 5 * HOUR) == gone, "though the clockwork has not been by"
    assert expire(actor=system, at=AT + 5 * HOUR, article=article)
    assert public.public_at(article.slug, AT + 9 * HOUR) == gone
    assert Article.objects.get(pk=article.pk).state == State.EXPIRED
    with pytest.raises(Refused, match="hệ thống"):
        expire(actor=desk.who("son"), at=AT, article=article)


def test_a_scheduled_article_that_was_returned_does_not_appear(desk: Desk) -> None:
    article = desk.passed()
    schedule(actor=desk.who("phuc"), at=AT, article=article, publish_at=AT + HOUR)
    send_back(actor=desk.who("nga"), at=AT, article=article, reason="Xem lại số liệu")
    assert articles.to_appear(AT + HOUR) == [] and appear(actor=Actor.system(), at=AT + HOUR, article=article) is None


def test_withdrawing_is_immediate_and_keeps_everything(desk: Desk) -> None:
    article = desk.public()
    with pytest.raises(Invalid, match="lý do"):
        withdraw(actor=desk.who("nga"), at=AT, article=article, reason=" ")
    withdraw(actor=desk.who("nga"), at=AT + HOUR, article=article, reason="Số liệu sai")
    gone = public.Gone(desk.cast.units["skhcn"].pk, AT + HOUR, is_expired=False)
    assert public.public_at(article.slug, AT + 9 * HOUR) == gone
    assert Publication.objects.get().ended_for == "Số liệu sai" and Revision.objects.count() == 1
    with pytest.raises(WrongState, match="Đã gỡ"):
        publish(actor=desk.who("phuc"), at=AT, article=article)


def test_old_addresses_lead_to_the_new_one(desk: Desk) -> None:
    article = desk.public()
    old = article.slug
    revise(actor=desk.who("nga"), at=AT, article=article, correction="Sửa tít")
    write(actor=desk.who("nga"), at=AT, article=article, base=1, content=replace(TEXT, title="Lớp tập huấn cán bộ xã"))
    with pytest.raises(WrongState, match="chưa được duyệt đăng"):
        readdress(actor=desk.who("nga"), at=AT, article=article)
    present(actor=desk.who("nga"), at=AT, article=article)
    pass_on(actor=desk.who("nga"), at=AT, article=article)
    publish(actor=desk.who("phuc"), at=AT, article=article)
    new = readdress(actor=desk.who("nga"), at=AT, article=Article.objects.get(pk=article.pk)).slug
    assert new.startswith("lop-tap-huan-can-bo-xa-") and public.public_at(old, AT) == new
    assert isinstance(public.public_at(new, AT), public.Public)


def test_colleagues_comment_and_settle(desk: Desk) -> None:
    article = desk.draft()
    said = comment(actor=desk.who("nga"), at=AT, article=article, text="Ghi rõ số xã.")
    assert settle_comment(actor=desk.who("lan"), at=AT, said=said).settled_by == "Hoàng Thị Lan"
    with pytest.raises(WrongState, match="đã xử lý"):
        settle_comment(actor=desk.who("lan"), at=AT, said=said)
    with pytest.raises(Refused):
        comment(actor=desk.who("tuan"), at=AT, article=article, text="?")


def test_whoever_shows_articles_is_told_of_every_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    class Face:
        def changed(self, *, actor: Actor, at: datetime, article: int, agency: int) -> None:
            told.append(article)

    monkeypatch.setattr(faces, "_plugs", {"thử": Face()})
    article = desk.public()
    withdraw(actor=desk.who("nga"), at=AT, article=article, reason="Số liệu sai")
    assert told == [article.pk, article.pk]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE news_revision SET content = '{}'",
        "DELETE FROM news_revision",
        "UPDATE news_publication SET digest = ''",
        "DELETE FROM news_publication",
        "UPDATE news_address SET article_id = article_id",
    ],
)
def test_the_database_keeps_what_was_said(desk: Desk, statement: str) -> None:
    desk.public()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_lists_cost_the_same_for_one_and_for_many(desk: Desk, django_assert_num_queries) -> None:
    desk.public()
    lan = desk.who("lan")
    for count in (1, 30):
        with django_assert_num_queries(1):
            rows, _ = articles.articles(lan, AT.date())
        with django_assert_num_queries(1):
            lines, after = public.public(AT)
        assert len(rows) == len(lines) == min(count, 25) and bool(after) is (count > 25)
        for _ in range(29 if count == 1 else 0):
            desk.public()
    assert len(public.public(AT, after=after)[0]) == 5


def test_the_clockwork_lets_out_and_takes_back_at_the_hour(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    article = desk.passed()
    schedule(actor=desk.who("phuc"), at=AT, article=article, publish_at=AT + HOUR, expires_at=AT + 2 * HOUR)
    for moment, state in ((AT, State.SCHEDULED), (AT + HOUR, State.PUBLISHED), (AT + 2 * HOUR, State.EXPIRED)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        keep_hours(timestamp=0)
        assert Article.objects.get(pk=article.pk).state == state


def test_a_picture_opens_to_those_who_see_the_article(desk: Desk) -> None:
    agency = desk.cast.units["skhcn"].pk
    file = store(actor=desk.who("lan"), at=AT, stream=io.BytesIO(png()), name="lop.png", agency=agency)
    picture = Block("picture", file=str(file.pk), caption="Lớp học", consent="public", alt="Học viên")
    with pytest.raises(Hidden):
        begin(
            actor=desk.who("nga"), at=AT, agency=desk.cast.units["skhcn"], category="notice",
            content=replace(TEXT, body=(*TEXT.body, picture)),
        )  # fmt: skip
    article = desk.draft(replace(TEXT, body=(*TEXT.body, picture)))
    holder = holders["news"]
    for name, opens in (("lan", True), ("nga", True), ("dung", False), ("tuan", False)):
        verdict = holder.may_open(desk.who(name), file.pk, AT)
        assert verdict is not None and bool(verdict) is opens
    assert present(actor=desk.who("lan"), at=AT, article=article).state == State.WITH_EDITOR
    holder.lost(actor=Actor.system(), at=AT, file=file.pk, level="secret")
    assert holder.may_open(desk.who("lan"), file.pk, AT) is None


def test_an_agency_that_ends_is_told_what_is_on_its_way(desk: Desk) -> None:
    desk.draft()
    (tie,) = successions["news"].foresee(unit=desk.cast.units["skhcn"], on=AT.date())
    assert tie.words == "1 tin bài chưa đăng" and tie.is_open
    assert not successions["news"].foresee(unit=desk.cast.units["telecoms"], on=AT.date())

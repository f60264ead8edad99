"""What is new goes to whoever chose it, once, as it is public at that moment; what a killed worker or a mail server does to that."""

from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.alerts.reading import ADDRESS, BEFORE, EVENING, NEWS, Reading, link_in, strike, work
from tests.cast import AT
from tests.indicators.keeping import Keeping
from tests.news.desk import TEXT, Desk
from tests.portal.test_categories import public
from tests.voices.drafted import Drafting
from tram.alerts import jobs
from tram.alerts.commands import sending, switching
from tram.alerts.commands.asking import stop
from tram.alerts.models import Item, Request, Round, Subscriber
from tram.alerts.rules import letters, rounds
from tram.alerts.rules.rounds import Fate
from tram.audit.models import Event
from tram.gazette.models import Paper, Publication
from tram.kernel.actors import ANONYMOUS
from tram.kernel.verdicts import Refused
from tram.news.commands.publish import pass_on, present, publish, revise, withdraw
from tram.news.commands.write import write

NEXT = EVENING + timedelta(days=1)


class Killed(BaseException):
    """The worker is no more."""


def said(letter: Any) -> str:
    return str(letter.body)


def refuse(patch: pytest.MonkeyPatch, no: Exception, *to: str) -> None:
    """The server says no to mail for these addresses; to all where none is named."""
    true = EmailBackend.send_messages

    def send(self: EmailBackend, messages: Any) -> int:
        if not to or messages[0].to[0] in to:
            raise no
        return true(self, messages)

    patch.setattr(EmailBackend, "send_messages", send)


def gone(code: int, words: str) -> SMTPRecipientsRefused:
    return SMTPRecipientsRefused({"x": (code, words.encode())})


def test_what_is_new_is_told_once_to_whoever_chose_it(house: Reading, desk: Desk) -> None:
    page = house.reads()
    house.reads("khac@example.com", f"news/activity@{house.cast.units['stc'].pk}", "drafts@0")
    house.reads("so@example.com", f"news/activity@{house.cast.units['skhcn'].pk}", is_hourly=True)
    article = desk.public()
    assert [one.to for one in strike(AT.replace(minute=5))] == [["so@example.com"]]
    (letter,) = strike()
    assert letter.to == [ADDRESS] and letter.subject == TEXT.title and f"/cong/tin/{article.slug}" in said(letter)
    assert "Sở Khoa học và Công nghệ" in said(letter) and link_in(letter, "cua-toi") == page == link_in(letter, "thoi")
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"/cong/nhan-tin/thoi/{page}>")
    for at in (EVENING.replace(minute=10), EVENING.replace(hour=18), NEXT):
        assert not strike(at)
    assert house.reads("moi@example.com", at=EVENING) and not strike(NEXT.replace(minute=5)), (
        "nothing older than the confirmation"
    )
    assert Event.objects.filter(what__startswith="alerts.").count() == 4


def test_an_article_of_several_categories_is_told_once_to_whoever_chose_one_of_them(house: Reading, desk: Desk) -> None:
    house.reads(ADDRESS, NEWS, "news/press@0")
    house.reads("khac@example.com", "news/press@0")
    house.reads("kinhte@example.com", "news/economy@0")
    public(desk, "press")
    told = {letter.to[0]: said(letter) for letter in strike()}
    assert set(told) == {ADDRESS, "khac@example.com"}
    for letter in told.values():
        assert letter.count(TEXT.title) == 1 and letter.startswith("THÔNG CÁO BÁO CHÍ")


def test_what_left_the_portal_before_the_mail_is_not_told(house: Reading, desk: Desk) -> None:
    house.reads()
    away, stays = desk.public(), desk.public(replace(TEXT, title="Tin còn lại"))
    withdraw(actor=desk.who("phuc"), at=AT, article=away, reason="Nhầm")
    (letter,) = strike()
    assert letter.subject == "Tin còn lại" and TEXT.title not in said(letter)
    by = {"at": NEXT, "article": stays}
    revise(actor=desk.who("nga"), correction="Sửa tít.", **by)
    write(actor=desk.who("lan"), base=1, content=replace(TEXT, title="Tin đã sửa"), **by)
    for step, who in ((present, "lan"), (pass_on, "nga"), (publish, "phuc")):
        step(actor=desk.who(who), **by)
    assert [one.subject for one in strike(NEXT)] == ["Đính chính: Tin đã sửa"]


def test_all_kinds_are_told_by_topics_newest_first_and_bounded(house: Reading, desk: Desk) -> None:
    house.reads(ADDRESS, "figures@0", "drafts@0", NEWS, "documents@0")
    articles = [desk.public(replace(TEXT, title=f"Tin số {n}")) for n in range(2)]
    Drafting(house.cast).public()
    figures = Keeping(house.cast)
    figures.public("30/9/2008", "32")
    figures.public("31/12/2008", "36")
    paper = Paper.objects.create(
        agency=house.cast.units["skhcn"], subject="Lịch", brought_by="Hoa", brought_at=AT, changed_at=AT
    )
    Publication.objects.create(
        paper=paper, agency=house.cast.units["skhcn"], slug="12-qd", kind="decision", code="12/QĐ-SKHCN", subject="về lịch tiếp công dân",
        issued_date=AT.date(), files=[], publisher=house.cast.accounts["hoa"], publisher_name="Hoa", first_at=AT, since_at=AT,
    )  # fmt: skip
    (letter,) = strike()
    heads = [line for line in said(letter).splitlines() if line.isupper()]
    assert heads == ["VĂN BẢN MỚI", "DỰ THẢO LẤY Ý KIẾN", "SỐ LIỆU", "HOẠT ĐỘNG CỦA CƠ QUAN"]
    assert "31/12/2008" in said(letter) and "30/9" not in said(letter), "of one indicator the last"
    assert said(letter).index("Tin số 1") < said(letter).index("Tin số 0") and len(articles) == 2
    assert letter.subject == "Quyết định 12/QĐ-SKHCN: về lịch tiếp công dân và 4 mục khác"
    house.reads("moi@example.com")
    Subscriber.objects.update(told_item=0)
    Round.objects.all().delete()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sending.settled(), "lines", 2)
        few = strike()
    assert "Còn 3 mục nữa: http" in said(few[0])
    assert len(few[0].alternatives) == 1


def test_killed_at_any_moment_nobody_is_left_out_and_one_mail_at_most_comes_twice(
    house: Reading, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 4)
    people = house.crowd(10)
    desk.public()
    noted, sent = sending.note_sent, jobs._sent
    for moment in (2, 7):
        for place, name, true in ((sending, "note_sent", noted), (jobs, "_sent", sent)):
            Subscriber.objects.update(told_item=0)
            Round.objects.all().delete()
            mail.outbox.clear()
            calls = iter(range(100))

            def dies(*told: Any, true: Any = true, calls: Any = calls, moment: int = moment, **more: Any) -> Any:
                if next(calls) == moment:
                    raise Killed
                return true(*told, **more)

            with monkeypatch.context() as patch, pytest.raises(Killed):
                patch.setattr(place, name, dies)
                strike()
            work(EVENING)
            marks = [one.extra_headers["Message-ID"] for one in mail.outbox]
            assert len(set(marks)) == len(people) and len(marks) - len(set(marks)) == (name == "note_sent")
            told = Round.objects.get(is_hourly=False)
            assert told.ended_at and told.sent == len(people)


def test_a_reader_costs_the_same_few_questions_however_many_there_are(
    house: Reading, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "FRESH_SECONDS", 3600.0)
    house.crowd(50)
    desk.public()
    asked = []
    for number in (5, 50):
        Subscriber.objects.update(told_item=0)
        Subscriber.objects.filter(pk__in=Subscriber.objects.order_by("pk").values("pk")[number:]).update(
            told_item=10**6
        )
        Round.objects.all().delete()
        Item.objects.all().delete()
        with CaptureQueriesContext(connection) as found:
            assert len(strike()) == number
        asked.append([one["sql"] for one in found if "SAVEPOINT" not in one["sql"]])
    assert len(asked[1]) - len(asked[0]) == 45 * 3, "whether they still read, that they were told, that one more was"


def test_an_address_that_is_none_is_erased_and_what_is_not_taken_now_is_told_with_the_next(
    house: Reading, desk: Desk
) -> None:
    house.reads()
    house.reads("het@example.com")
    house.reads("day@example.com")
    desk.public()
    with pytest.MonkeyPatch.context() as patch:
        refuse(patch, gone(550, "5.1.1 no such user"), "het@example.com")
        refuse(patch, gone(452, "4.2.2 full"), "day@example.com")
        assert [one.to for one in strike()] == [[ADDRESS]]
    event, turn = Event.objects.get(what="alerts.ended"), Round.objects.get(is_hourly=False)
    assert "không có địa chỉ này" in event.detail["reason"] and "example" not in str(event.detail)
    assert (turn.sent, turn.unsent, turn.ended) == (1, 1, 1) and Subscriber.objects.count() == 2
    desk.public(replace(TEXT, title="Tin hôm sau"))
    found = {one.to[0]: said(one) for one in strike(NEXT)}
    assert set(found) == {"day@example.com", ADDRESS}
    assert TEXT.title in found["day@example.com"] and Subscriber.objects.filter(failing_since=None).count() == 2


def test_a_server_that_refuses_everybody_or_is_away_erases_nobody(
    house: Reading, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.crowd(6)
    desk.public()
    for no in (gone(554, "blocked"), SMTPDataError(554, b"spam")):
        with monkeypatch.context() as patch:
            refuse(patch, no)
            assert not strike() and Subscriber.objects.count() == 6
        Round.objects.all().delete()
    with monkeypatch.context() as patch, pytest.raises(SMTPServerDisconnected):
        refuse(patch, SMTPServerDisconnected())
        strike()
    work(EVENING)
    assert len(mail.outbox) == 1 + 6, "the job is tried again, and none was left out"
    Subscriber.objects.update(failing_since=EVENING - timedelta(days=8), told_item=0)
    Round.objects.all().delete()
    with monkeypatch.context() as patch:
        refuse(patch, SMTPDataError(450, b"later"))
        strike()
    assert not Subscriber.objects.exists(), "what took nothing for a week is let go"


class Busy(StreamRequestHandler):
    """A mail server that ends the line over one address, and takes mail for the others."""

    taken: ClassVar[list[bytes]] = []

    def handle(self) -> None:
        self.wfile.write(b"220 x\r\n")
        for line in self.rfile:
            verb, answer = line[:4].upper(), b"250 ok"
            if verb == b"RCPT" and b"ban@" in line:
                self.wfile.write(b"421 4.7.0 too many\r\n")
                return
            if verb == b"RCPT":
                self.taken.append(line.partition(b"<")[2].partition(b">")[0])
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
            self.wfile.write(answer + b"\r\n")
            if verb == b"QUIT":
                return


def test_a_server_that_ends_the_line_over_one_address_holds_nobody_else_up(
    house: Reading, desk: Desk, settings: Any
) -> None:
    house.reads("ban@example.com")
    house.reads("sau@example.com")
    desk.public()
    with ThreadingTCPServer(("127.0.0.1", 0), Busy) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        strike()
        server.shutdown()
    assert Busy.taken == [b"sau@example.com"]
    assert Subscriber.objects.exclude(failing_since=None).count() == 1


def test_the_confirmation_is_tried_again_where_a_server_does_not_know_us_yet(
    house: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.ask()
    with monkeypatch.context() as patch:
        refuse(patch, gone(451, "4.7.1 greylisted"))
        work(BEFORE)
        assert not mail.outbox
    work(BEFORE + timedelta(minutes=3))
    assert len(mail.outbox) == 1
    house.ask("het@example.com")
    with monkeypatch.context() as patch:
        refuse(patch, gone(550, "no such user"))
        work(BEFORE)
    assert [bool(one.address) for one in Request.objects.order_by("pk")] == [True, False]


def test_ended_by_the_administrator_nobody_asks_and_nothing_goes_out(
    house: Reading, desk: Desk, reader: Client
) -> None:
    secret, tinh = house.reads(), house.cast.actor("tinh")
    desk.public()
    assert "/cong/nhan-tin" in str(reader.get("/cong").content)
    with pytest.raises(Refused, match="quản trị tỉnh"):
        switching.switch(actor=house.cast.actor("quan"), at=AT, on=False)
    switching.switch(actor=tinh, at=AT, on=False)
    assert "/cong/nhan-tin" not in str(reader.get("/cong").content), "in the same moment"
    assert "chưa gửi tin qua thư" in reader.get("/cong/nhan-tin").content.decode()
    with pytest.raises(Refused, match="tạm ngừng"):
        house.ask()
    assert not strike() and not Round.objects.exists()
    switching.switch(actor=tinh, at=EVENING, on=True)
    assert not strike(NEXT), "what was let out meanwhile is not told later"
    stop(actor=ANONYMOUS, at=NEXT, secret=secret)
    assert not Subscriber.objects.exists()


def test_without_a_mail_server_the_form_says_so_and_nothing_is_promised(
    house: Reading, reader: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
    page = reader.get("/cong/nhan-tin").content.decode()
    assert "chưa gửi tin qua thư" in page and '<form class="fill"' not in page and not strike()


def test_numbers_alone_are_told_and_small_ones_not_at_all(house: Reading, client: Client) -> None:
    house.reads(ADDRESS, NEWS, f"documents@{house.cast.units['stc'].pk}")
    page = house.cast.signed_in(client, "tinh").get("/nhan-tin").content.decode()
    assert "ít hơn 5" in page and "Sở Tài chính" in page and "qzlan" not in page
    choose_many = [Subscriber(mark=b"%d" % n, address=b"", seed=b"", hash=b"%d" % n, confirmed_by=b"%d" % n, topics=[NEWS], is_hourly=False,
                              confirmed_at=AT, told_item=0) for n in range(5)]  # fmt: skip
    Subscriber.objects.bulk_create(choose_many)
    assert '<td class="num">6</td>' in client.get("/nhan-tin").content.decode()


def test_titles_are_escaped_and_a_subject_is_one_short_line() -> None:
    title = "A\r\nBcc: x@y.vn <script>alert(1)</script> " + "dài " * 60
    line = letters.Line("Chủ đề <b>", title, 'note"<i>', 'https://x.vn/a"b')
    letter = letters.digest(
        [line, line], 3, letters.Links("Cổng <x>", "https://x.vn", "https://x.vn/c", "https://x.vn/t")
    )
    assert (
        "\n" not in letter.subject
        and "\r" not in letter.subject
        and len(letter.subject) <= 150
        and letter.subject.endswith("và 4 mục khác")
    )
    assert (
        "<script>" not in letter.html
        and "<b>" not in letter.html
        and "<i>" not in letter.html
        and 'a"b' not in letter.html
    )
    assert "List-Unsubscribe-Post" in letters.headers(
        "https://x.vn/t", "x.vn"
    ) and "List-Unsubscribe-Post" not in letters.headers("http://x.vn/t", "x.vn")


def test_hours_and_answers_of_mail_servers() -> None:
    told = [(slot.at.hour, slot.is_hourly) for slot in rounds.slots(EVENING.replace(minute=3))]
    assert told == [(17, True), (17, False)]
    assert (
        [slot.is_hourly for slot in rounds.slots(EVENING.replace(hour=22))]
        == []
        == rounds.slots(EVENING.replace(hour=3))
    )
    assert [slot.is_hourly for slot in rounds.slots(EVENING.replace(hour=20))] == [True, False] and len(
        rounds.slots(EVENING.replace(hour=21))
    ) == 1
    assert [rounds.fate(*one) for one in ((550, "5.1.1 x"), (553, "no"), (550, "5.7.1 blocked"), (552, "5.2.2 full"), (451, "4.1.1"))] == [
        Fate.GONE, Fate.GONE, Fate.LATER, Fate.LATER, Fate.LATER,
    ]  # fmt: skip

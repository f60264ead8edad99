"""Anybody asks for mail with an address, and nobody gets any who did not press the button behind the link in their own mailbox."""

from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tests.alerts.reading import ADDRESS, BEFORE, NEWS, Reading, link_in, work
from tests.cast import AT
from tram.alerts.commands.asking import choose, confirm, stop
from tram.alerts.commands.sending import sweep
from tram.alerts.models import Request, Subscriber
from tram.alerts.queries import settled
from tram.alerts.rules import asking as rules
from tram.audit.models import Event
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.verdicts import Hidden, Invalid, WrongState

FORM, OURS, ASK = "application/x-www-form-urlencoded", {"Sec-Fetch-Site": "same-origin"}, "/cong/nhan-tin"
TOLD = f"email={ADDRESS}&topics={NEWS}&rhythm=ngay&consents=on"
BY: dict[str, Any] = {"actor": ANONYMOUS, "at": AT}


def said(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lan.Bao+tin@Example.VN", "Lan.Bao+tin@example.vn"), (" a@b.vn\r\n", "a@b.vn"), ("a@tỉnh.vn", "a@xn--tnh-dlz.vn"),
        ("a@b.vn\r\nBcc: c@d.vn", ""), ("a@b.vn,c@d.vn", ""), ("a@b.vn c@d.vn", ""), ("<a@b.vn>", ""), ('"a b"@c.vn', ""), ("a\x00@b.vn", ""),
        ("a@@b.vn", ""), ("@b.vn", ""), ("a@", ""), ("a@localhost", ""), ("a@[127.0.0.1]", ""), ("a@127.0.0.1", ""), ("lân@b.vn", ""),
        ("a..b@c.vn", ""), (".a@b.vn", ""), ("a@-b.vn", ""), ("a@b..vn", ""), ("a" * 65 + "@b.vn", ""), ("a@" + "b." * 130 + "vn", ""), ("a@b\u202e.vn", ""), ("x" * 100_000, ""),
    ],
)  # fmt: skip
def test_an_address_is_one_plain_address_or_none(typed: str, kept: str) -> None:
    assert rules.address_of(typed) == kept


def test_marks_links_and_topics_tell_nothing_and_cannot_be_made_up() -> None:
    assert rules.box_of("A.B+tin@x.vn") == rules.box_of("ab@X.vn") != rules.box_of("ab@y.vn")
    assert (
        rules.mark_of("a", "box", "x@y.vn")
        != rules.mark_of("b", "box", "x@y.vn")
        != rules.mark_of("b", "address", "x@y.vn")
    )
    kept = rules.sealed("x@y.vn", "a")
    assert rules.opened(kept, "a") == "x@y.vn" and b"x@y.vn" not in kept and kept != rules.sealed("x@y.vn", "a")
    assert (
        len(
            {
                rules.token_of(secret, what, seed)
                for secret in "ab"
                for what in ("confirm", "choose")
                for seed in (b"1", b"2")
            }
        )
        == 8
    )
    assert rules.topic_of("news/press@0") == ("news/press", 0)
    for word in (
        "",
        "news/press",
        "news/press@",
        "news/press@00",
        "news/press@-1",
        "news/press@1" + "0" * 18,
        "a@٣",
        "a@0\n",
        "x\x00@0",
    ):
        assert rules.topic_of(word) is None, word


def test_a_reader_asks_confirms_and_chooses_without_a_script(
    house: Reading, reader: Client, caplog: pytest.LogCaptureFixture
) -> None:
    page = said(reader.get(f"{ASK}?chu-de=news/activity"))
    assert f'value="{NEWS}" checked' in page and "<script" not in page and settled()["consent"] in page
    sent = [reader.post(ASK, TOLD, content_type=FORM, headers=OURS) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in sent] == [(303, f"{ASK}?da-gui")] * 2
    assert "Xác nhận nhận tin" in said(reader.get(sent[0]["Location"])) and not Subscriber.objects.exists()
    work(Request.objects.get().asked_at)
    assert [one.to for one in mail.outbox] == [[ADDRESS]], "asked twice, mailed once"
    place = f"{ASK}/xac-nhan/{link_in(mail.outbox[0])}"
    for _ in range(2):
        assert "Xác nhận nhận tin" in said(reader.get(place)) and not Subscriber.objects.exists(), (
            "a scanner of links only opens them"
        )
    told = f"topics={NEWS}&topics=documents@{house.cast.units['skhcn'].pk}&rhythm=gio"
    led = [reader.post(place, told, content_type=FORM, headers=OURS) for _ in range(2)]
    one = Subscriber.objects.get()
    assert (
        one.topics == [NEWS, f"documents@{house.cast.units['skhcn'].pk}"]
        and one.is_hourly
        and not Request.objects.exists()
    )
    mine = led[0]["Location"].partition("?")[0]
    assert led[1]["Location"] == mine == reader.get(place)["Location"], "the link leads to the same page from then on"
    assert "Đã xác nhận" in said(reader.get(led[0]["Location"])) and ADDRESS not in said(reader.get(mine))
    assert reader.post(mine, "rhythm=ngay", content_type=FORM, headers=OURS).status_code == 422
    assert not caplog.records, "the address of the page is a secret, so no log has it"
    assert (
        reader.post(mine, f"topics={NEWS}&rhythm=ngay", content_type=FORM, headers=OURS)["Location"] == f"{mine}?da-luu"
    )
    one.refresh_from_db()
    assert one.topics == [NEWS] and not one.is_hourly
    assert not reader.cookies


def test_stopping_erases_by_one_press_of_a_mail_program_also_when_it_comes_twice(
    house: Reading, reader: Client
) -> None:
    asked = house.asked()
    secret = confirm(**BY, secret=asked, topics=[NEWS], is_hourly=False)
    ends = f"{ASK}/thoi/{secret}"
    assert "Thôi nhận tin?" in said(reader.get(ends)) and Subscriber.objects.exists()
    for body in ("List-Unsubscribe=One-Click", {"List-Unsubscribe": "One-Click"}):
        told = {"content_type": FORM} if isinstance(body, str) else {}
        assert "Đã thôi nhận" in said(reader.post(ends, body, **told)), "neither cookie nor origin, as RFC 8058 has it"
    assert not Subscriber.objects.exists()
    for place in (f"cua-toi/{secret}", f"xac-nhan/{asked}"):
        assert reader.get(f"{ASK}/{place}").status_code == 404
    assert [event.what for event in Event.objects.order_by("pk")][-2:] == ["alerts.confirmed", "alerts.stopped"]


def test_nothing_tells_an_address_that_is_known_from_one_that_is_not(house: Reading, reader: Client) -> None:
    house.reads()
    pages = set()
    for address in (ADDRESS, "nguoi.la@example.com"):
        sent = reader.post(ASK, TOLD.replace(ADDRESS, address), content_type=FORM, headers=OURS)
        pages.add((sent.status_code, sent["Location"], said(reader.get(sent["Location"]))))
    assert len(pages) == 1
    work(AT + timedelta(days=2))
    known, strange = mail.outbox[-2:]
    assert str(known.body).replace(link_in(known), "") == str(strange.body).replace(link_in(strange), "")


def test_no_word_of_an_address_lies_in_the_database(house: Reading) -> None:
    secret = house.reads()
    house.ask("qzkhac@example.com")
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text FROM alerts_request r UNION ALL SELECT s::text FROM alerts_subscriber s"
                       " UNION ALL SELECT e::text FROM audit_event e UNION ALL SELECT args::text FROM procrastinate_jobs")  # fmt: skip
        kept = " ".join(row[0] for row in cursor.fetchall())
    for word in ("qzlan", "qzkhac", "example.com", secret):
        assert word not in kept and word.encode().hex() not in kept


def test_a_strangers_mailbox_is_asked_once_a_day_and_thrice_at_most(house: Reading) -> None:
    for day in range(6):
        for address in (ADDRESS, "qzlan.bao+a@example.com", "QZlanbao@Example.com"):
            house.ask(address, at=BEFORE + timedelta(days=day))
        work(BEFORE + timedelta(days=day))
        sweep(actor=Actor.system(), at=BEFORE + timedelta(days=day))
    assert len(mail.outbox) == 3
    sweep(actor=Actor.system(), at=BEFORE + timedelta(days=40))
    assert not Request.objects.exists() and house.asked(at=BEFORE + timedelta(days=41))


def test_what_nobody_confirms_in_time_is_erased(house: Reading) -> None:
    secret = house.asked()
    late = {
        "actor": ANONYMOUS,
        "at": BEFORE + timedelta(days=3),
        "secret": secret,
        "topics": [NEWS],
        "is_hourly": False,
    }
    with pytest.raises(Hidden):
        confirm(**late)
    sweep(actor=Actor.system(), at=late["at"])
    row = Request.objects.get()
    assert not row.address and not Subscriber.objects.exists()
    house.ask(at=late["at"])
    work(late["at"])
    assert link_in(mail.outbox[-1]) != secret, "asked anew it is another link"
    with pytest.raises(Hidden):
        confirm(**late)


def test_forgers_floods_and_made_up_links_get_nowhere(
    house: Reading, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, asked = house.reads(), house.asked("khac@example.com")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.com"}, {}):
        for place, body in ((ASK, TOLD), (f"{ASK}/xac-nhan/{asked}", f"topics={NEWS}&rhythm=ngay"),
                            (f"{ASK}/cua-toi/{mine}", "topics=figures@0&rhythm=gio"), (f"{ASK}/thoi/{mine}", "")):  # fmt: skip
            assert reader.post(place, body, content_type=FORM, headers=headers).status_code == 403
    assert Subscriber.objects.get().topics == [NEWS] and Request.objects.count() == 1
    for secret in ("x", asked.upper(), asked[:-1], mine, "%00", "%E1%BB%89" * 50, "a" * 500, "' OR 1=1--"):
        assert reader.get(f"{ASK}/xac-nhan/{secret}").status_code == 404, secret
        assert (
            reader.post(
                f"{ASK}/xac-nhan/{secret}", f"topics={NEWS}&rhythm=ngay", content_type=FORM, headers=OURS
            ).status_code
            == 404
        )
        assert secret == mine or reader.get(f"{ASK}/cua-toi/{secret}").status_code == 404
    wrong = {
        "email=a%0d%0aBcc:b@c.vn": "dấu cách",
        "page=x": "chặn máy",
        "topics=news/archive@0": "ít nhất một",
        "consents=": "Đánh dấu",
        "rhythm=x": "khi nào",
    }
    for part, sentence in wrong.items():
        name = part.partition("=")[0]
        kept = "&".join(one for one in TOLD.split("&") if not one.startswith(name))
        answer = reader.post(ASK, f"{kept}&{part}", content_type=FORM, headers=OURS)
        assert answer.status_code == 422 and sentence in said(answer), part
    assert [reader.post(ASK, TOLD, content_type=FORM, headers=OURS).status_code for _ in range(6)] == [303] * 5 + [429]
    monkeypatch.setitem(settled(), "an_hour", 2)
    late = AT + timedelta(days=99)
    for name in ("mot", "hai"):
        house.ask(f"{name}@example.com", at=late)
    with pytest.raises(WrongState, match="Chờ một giờ"):
        house.ask("ba@example.com", at=late)


def test_topics_are_those_that_there_are_and_not_too_many(house: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = house.reads()
    told = [
        "news/none@0",
        "figures@0",
        f"drafts@{house.cast.units['telecoms'].pk}",
        f"drafts@{house.cast.units['stc'].pk}",
        "figures@0",
    ]
    choose(**BY, secret=secret, topics=told, is_hourly=True)
    assert Subscriber.objects.get().topics == ["figures@0", f"drafts@{house.cast.units['stc'].pk}"], (
        "a division has no site"
    )
    monkeypatch.setitem(settled(), "most_topics", 1)
    with pytest.raises(Invalid, match="nhiều nhất 1 chủ đề"):
        choose(**BY, secret=secret, topics=told, is_hourly=True)
    again = house.asked(at=AT)
    stop(**BY, secret=secret)
    with pytest.raises(Hidden):
        confirm(**BY, secret=again, topics=[NEWS], is_hourly=False)


def test_the_mail_that_asks_is_plain_and_holds_no_word_of_whoever_asked(house: Reading) -> None:
    house.asked()
    letter = message_from_bytes(mail.outbox[-1].message().as_bytes())
    assert (
        letter["Auto-Submitted"] == "auto-generated" and letter["To"] == ADDRESS and letter["List-Unsubscribe"] is None
    )
    assert [part.get_content_type() for part in letter.walk()][1:] == ["text/plain", "text/html"]

"""No public byte without a record: whatever is put, opened or changed behind the house's back, the self-scan finds it and says where."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.agendas.test_week import MONDAY, entered, let_out
from tests.cast import AT
from tests.contacts.public import listed, public
from tests.documents.letters import pdf_of
from tests.gazette.public import Publishing
from tests.gazette.test_papers import OLD, brought
from tests.news.desk import TEXT, Desk
from tests.outgoing.office import Office, open_books
from tests.portal.test_hostile import illustrated
from tests.voices.asked import Asking
from tests.voices.drafted import Drafting
from tram.agendas.commands import withdraw as withdraw_week
from tram.audit.queries import what_happened
from tram.contacts.commands import withdraw_agency
from tram.files.queries import card, open_blob, page_image
from tram.gazette.commands.letters import publish as publish_letter
from tram.gazette.commands.letters import withdraw as withdraw_letter
from tram.gazette.commands.papers import publish_paper
from tram.gazette.models import Publication as Shown
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Refused, WrongState
from tram.news.commands.publish import withdraw
from tram.news.models import Address, Article, Publication, Revision
from tram.notifications.models import Notice
from tram.organisation.models import Unit
from tram.portal.commands.scan import scan, settle_sighting
from tram.portal.models import Scan, Sighting
from tram.portal.queries import is_scan_due, sightings
from tram.portal.rules.watching import read, spam, strangers
from tram.portal.screens import articles, looking, scanning
from tram.search.models import Card
from tram.site.checkup_rooms import self_scan
from tram.visits.models import Ranking
from tram.voices.commands.publishing import publish

SYSTEM = Actor.system()


def scanned(hours: int = 0) -> list[str]:
    """A whole scan: what waits to be looked at."""
    at = AT + timedelta(hours=hours)
    now = scan(actor=SYSTEM, at=at)
    while now.ended_at is None:
        now = scan(actor=SYSTEM, at=at)
    return [f"{one.place}: {one.sentence}" for one in sightings()]


def behind(table: str, sql: str, *told: Any) -> None:
    """Past every trigger, as somebody at the database would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, told)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    """What is broken here is nobody else's."""
    settings.TRAM_DATA = tmp_path


@pytest.fixture
def letter(desk: Desk) -> Shown:
    open_books(desk.cast)
    return Publishing(Office(desk.cast)).public()


def test_a_sound_portal_is_looked_through_in_steps_and_nothing_is_said(
    desk: Desk, letter: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "AT_ONCE", 1)
    illustrated(desk)
    desk.public()
    assert is_scan_due(AT) and "đêm tới" in self_scan(Path()).sentence
    steps = [scan(actor=SYSTEM, at=AT) for _ in range(3)]
    assert Scan.objects.count() == 1 and steps[-1].ended_at is None and steps[-1].looked == 2
    assert scanned() == [] and not Notice.objects.filter(kind="portal.seen").exists()
    now = Scan.objects.get()
    assert now.looked == 6 and what_happened(now.ref) == ["portal.scanned"]
    assert not is_scan_due(AT + timedelta(hours=19)) and is_scan_due(AT + timedelta(hours=21))
    assert self_scan(Path()).mark == "warn", "long ago"
    Scan.objects.update(ended_at=clock.now())
    assert self_scan(Path()).mark == "ok" and "không có gì lạ" in self_scan(Path()).sentence
    with pytest.raises(Refused):
        scan(actor=desk.who("tinh"), at=AT)


def test_a_scan_goes_on_in_its_part_whatever_an_upgrade_put_before_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, told = scanning.PARTS[:-1], [scan(actor=SYSTEM, at=AT).part for _ in range(4)]
    monkeypatch.setattr("tram.portal.commands.scan.PARTS", ("places", *names))
    assert told[-1] == names[4] and scan(actor=SYSTEM, at=AT).part == names[5]
    monkeypatch.setattr("tram.portal.commands.scan.PARTS", ("articles", "figures"))
    assert [scan(actor=SYSTEM, at=AT).part for _ in range(2)] == ["figures", "figures"]
    assert Scan.objects.get().ended_at == AT


def _invented(desk: Desk, out: Publication) -> str:
    """An article of three rows that no command wrote."""
    one = Article.objects.get(pk=out.article_id)
    false, said = copy(one), copy(Revision.objects.get(pk=out.revision_id))
    false.pk, false.slug = None, "khuyen-mai"
    false.save(force_insert=True)
    Address.objects.create(slug=false.slug, article=false, since_at=AT)
    said.pk, said.article = None, false
    said.save(force_insert=True)
    copied = copy(out)
    copied.pk, copied.article, copied.revision = None, false, said
    copied.save(force_insert=True)
    return "/cong/tin/khuyen-mai: " + looking.NO_RECORD


def _rewritten(desk: Desk, out: Publication) -> str:
    behind(
        "news_revision",
        "UPDATE news_revision SET content = jsonb_set(content, '{lead}', '\"Khác\"') WHERE id = %s",
        out.revision_id,
    )
    return f"/cong/tin/{out.article.slug}: {looking.OTHER}"


def _opened_again(desk: Desk, out: Publication) -> str:
    withdraw(actor=desk.who("nga"), at=AT, article=out.article, reason="Gỡ để thử")
    behind("news_publication", "UPDATE news_publication SET until_at = NULL, ended_for = '' WHERE id = %s", out.pk)
    return f"/cong/tin/{out.article.slug}: {looking.NO_RECORD}"


def _card(desk: Desk, out: Publication) -> str:
    Card.objects.filter(kind="portal.article", key=out.article_id).update(key=999_999, title="Thẻ lạ")
    return "/cong/tim (Thẻ lạ"


def _file(desk: Desk, out: Publication) -> str:
    place = open_blob(out.revision.content["body"][-1]["file"])
    place.chmod(0o600)
    place.write_bytes(b"%PDF-1.7 khac")
    return f"/cong/tin/{out.article.slug}: Nội dung tệp trên đĩa đã bị đổi: {place}."


def _drawing(desk: Desk, out: Publication) -> str:
    place = page_image(card(UUID(out.revision.content["body"][-2]["file"])), 1, 640)
    place.chmod(0o600)
    place.write_bytes(b"\x89PNG khac")
    return f"/cong/tin/{out.article.slug}: Hình vẽ lại của ảnh trên đĩa đã bị đổi: {place}."


def _lost(desk: Desk, out: Publication) -> str:
    place = open_blob(out.revision.content["body"][-2]["file"])
    place.unlink()
    return f"/cong/tin/{out.article.slug}: Không còn nội dung tệp trên đĩa: {place}."


@pytest.mark.parametrize("deed", [_invented, _rewritten, _opened_again, _card, _file, _drawing, _lost])
def test_what_was_done_behind_the_house_is_found(desk: Desk, deed: Callable[[Desk, Publication], str]) -> None:
    article, _picture, _paper = illustrated(desk)
    assert scanned() == []
    told = deed(desk, Publication.objects.select_related("article", "revision").get(article=article))
    found = scanned(21)
    assert len(found) == 1 and found[0].startswith(told), found
    told_to = 1 if deed is _card else 2
    assert Notice.objects.filter(kind="portal.seen").count() == told_to, "the administrator, and who lets out there"
    Scan.objects.update(ended_at=clock.now())
    assert self_scan(Path()).mark == "bad" and self_scan(Path()).mend
    with pytest.raises(WrongState, match="phải sửa"):
        settle_sighting(actor=SYSTEM, at=AT, sighting=Sighting.objects.get().pk, reason="Cho qua")


def test_a_letter_that_was_changed_or_let_out_beside_the_commands_is_found(desk: Desk, letter: Shown) -> None:
    assert scanned() == []
    place = f"/cong/van-ban/{letter.slug}"
    behind("gazette_publication", "UPDATE gazette_publication SET subject = 'Khác' WHERE id = %s", letter.pk)
    assert scanned(21) == [f"{place}: {looking.OTHER}"]
    behind(
        "gazette_publication", "UPDATE gazette_publication SET subject = %s WHERE id = %s", letter.subject, letter.pk
    )
    assert scanned(42) == [], "what was put right is gone by itself"
    out, told = StringIO(), "UPDATE audit_event SET what = 'gazette.seen' WHERE what = 'gazette.published'"
    behind("audit_event", told)
    assert scanned(63) == [f"{place}: {looking.NO_RECORD}"]
    call_command("scan_portal", "--list", stdout=out)
    assert f"{place}: {looking.NO_RECORD}" in out.getvalue() and "tram audit verify" in out.getvalue()


def test_an_answer_that_was_changed_beside_the_commands_is_found(desk: Desk) -> None:
    out = Asking(desk.cast).public()
    assert scanned() == []
    behind("voices_publication", "UPDATE voices_publication SET answer = 'Khác' WHERE id = %s", out.pk)
    assert scanned(21) == [f"/cong/hoi-dap/{out.slug}: {looking.OTHER}"]


def test_a_draft_and_what_readers_say_of_it_are_held_against_the_audit(desk: Desk) -> None:
    work = Drafting(desk.cast)
    out = work.public()
    said = publish(**work.by("son"), voice=work.said(out, text="Mời xem nhà cái 88"), seen=0)
    place = f"/cong/du-thao/{out.slug}"
    assert scanned() == [f"{place}: Có từ của danh mục cờ bạc, quảng cáo: nhà cái."]
    behind("voices_publication", "UPDATE voices_publication SET text = 'Khác' WHERE id = %s", said.pk)
    assert scanned(21) == [f"{place}#y-kien: {looking.OTHER}"]
    behind("voices_publication", "UPDATE voices_publication SET until_at = since_at WHERE id = %s", said.pk)
    behind("voices_draftpublication", "UPDATE voices_draftpublication SET text = 'Khác' WHERE id = %s", out.pk)
    assert scanned(42) == [f"{place}: {looking.OTHER}"]
    Card.objects.filter(kind="portal.draft").update(key=999_999, title="Thẻ lạ")
    assert len(scanned(63)) == 2 and Sighting.objects.latest("pk").mend.endswith("rebuild_index portal.draft")


def test_another_issuer_of_a_paper_is_found(desk: Desk) -> None:
    open_books(desk.cast)
    out = publish_paper(actor=desk.who("hoa"), at=AT, paper=brought(desk.cast), slip=OLD, reviewed=True)
    assert scanned() == []
    behind("gazette_publication", "UPDATE gazette_publication SET issuer = 'Khác' WHERE id = %s", out.pk)
    assert scanned(21) == [f"/cong/van-ban/{out.slug}: {looking.OTHER}"]


@pytest.mark.parametrize("change", ["summary = 'Khác'", "short_reason = 'Khác'", "last_on = last_on + 9"])
def test_a_draft_that_was_changed_beside_the_commands_is_found(desk: Desk, change: str) -> None:
    out = Drafting(desk.cast).public()
    assert scanned() == []
    behind("voices_draftpublication", f"UPDATE voices_draftpublication SET {change} WHERE id = %s", out.pk)
    assert scanned(21) == [f"/cong/du-thao/{out.slug}: {looking.OTHER}"]


def test_a_draft_that_nobody_let_out_is_found_and_so_is_another_file(desk: Desk) -> None:
    drafting = Drafting(desk.cast)
    out = drafting.public(file=pdf_of("Dự thảo"))
    invented = copy(out)
    assert scanned() == []
    invented.pk, invented.draft, invented.slug = None, drafting.worded(), "khuyen-mai"
    invented.save(force_insert=True)
    assert scanned(21) == [f"/cong/du-thao/khuyen-mai: {looking.NO_RECORD}"]
    assert out.file is not None
    place = open_blob(out.file)
    place.chmod(0o600)
    place.write_bytes(b"%PDF-1.7 khac")
    assert any(f"/cong/du-thao/{out.slug}: Nội dung tệp trên đĩa đã bị đổi" in one for one in scanned(42))


def test_what_is_told_of_an_agency_and_its_people_is_held_against_the_audit(desk: Desk) -> None:
    card, son = public(desk.cast), listed(desk.cast, "son")
    page = "/cong/co-quan/so-khoa-hoc-va-cong-nghe/to-chuc"
    assert scanned() == []
    change = "UPDATE contacts_publication SET phone = '0900 000 000' WHERE id = %s"
    behind("contacts_publication", change, son.pk)
    assert scanned(21) == [f"{page}: {looking.OTHER}"]
    behind("contacts_publication", change, card.pk)
    assert Sighting.objects.filter(gone_at=None).count() == 1 and scanned(42) == [f"{page}: {looking.OTHER}"]
    withdraw_agency(actor=desk.who("tam"), at=AT, agency=desk.cast.units["skhcn"], reason="Chuyển trụ sở")
    assert scanned(63) == []
    behind("contacts_publication", "UPDATE contacts_publication SET until_at = NULL WHERE id = %s", son.pk)
    assert scanned(84) == [f"{page}: {looking.NO_RECORD}"], "he was taken back with the agency"


def test_a_week_of_leaders_is_held_against_the_audit(desk: Desk) -> None:
    entered(desk.cast)
    first, page = let_out(desk.cast), "/cong/co-quan/so-khoa-hoc-va-cong-nghe/lich-tuan/2026-11-16"
    entered(desk.cast, what="Tiếp đoàn của nhà cái 88", day=AT.date() + timedelta(days=2))
    let_out(desk.cast, 5)
    next_week = AT.date() + timedelta(days=7)
    entered(desk.cast, day=next_week)
    let_out(desk.cast, 6, next_week)
    assert scanned() == [f"{page}: Có từ của danh mục cờ bạc, quảng cáo: nhà cái."]
    sql = "UPDATE agendas_publication SET items = jsonb_set(items, '{0,begins}', '\"07:00\"') WHERE id = %s"
    behind("agendas_publication", sql, first.pk)
    assert f"{page}: {looking.OTHER}" in scanned(21), "also of what its changes tell of the edition before"
    behind("agendas_publication", "UPDATE agendas_publication SET until_at = since_at WHERE monday = %s", next_week)
    assert len(scanned(42)) == 2
    told: dict[str, Any] = {"agency": desk.cast.units["skhcn"], "monday": MONDAY, "reason": "Nhầm"}
    withdraw_week(actor=desk.who("tam"), at=AT + timedelta(minutes=6), **told)
    assert scanned(63) == []
    behind("agendas_publication", "UPDATE agendas_publication SET until_at = NULL WHERE id = %s", first.pk)
    assert scanned(84) == [f"{page}: {looking.NO_RECORD}"], (
        "calendars would show it, though the page says that it is gone"
    )


def test_a_row_that_ended_is_open_again_under_the_last(desk: Desk, letter: Shown) -> None:
    by: dict[str, Any] = {"actor": desk.who("hoa"), "at": AT, "letter": letter.letter}
    for _ in range(2):
        withdraw_letter(**by, reason="Nhầm tệp")
        publish_letter(**by, reviewed=True)
    withdraw_letter(**by, reason="Nhầm tệp")
    assert scanned() == []
    behind("gazette_publication", "UPDATE gazette_publication SET until_at = NULL WHERE id = %s", letter.pk)
    assert scanned(21) == [f"/cong/van-ban/{letter.slug}: {looking.NO_RECORD}"], "lists would show it"


def test_a_ranking_that_nobody_published_is_found(desk: Desk) -> None:
    desk.public()
    told = {"agency": desk.cast.province, "month": date(2026, 10, 1), "publisher": "Tỉnh", "by_name": "?", "at": AT}
    Ranking.objects.create(number=1, document="Nhà cái 88", **told)
    found = scanned()
    assert len(found) == 2 and found[0] == f"/cong/so-lieu/luot-truy-cap/2026-10: {looking.NO_RECORD}"


def test_words_are_looked_at_by_a_person_once(desk: Desk) -> None:
    article = desk.public(replace(TEXT, lead="Công an xã bắt một nhóm cá cược và đánh bạc trực tuyến."))
    (found,) = scanned()
    assert f"/cong/tin/{article.slug}: " in found and "cá cược, đánh bạc trực tuyến" in found
    assert self_scan(Path()).mark == "warn"
    call_command(
        "scan_portal", "--settle", str(Sighting.objects.get().pk), "--reason", "Tin của Công an xã", stdout=StringIO()
    )
    assert scanned(21) == []
    Unit.objects.filter(pk=article.agency_id).update(name="Sở nhà cáі kubet88")
    assert any("nhà cái, kubet" in one for one in scanned(42))
    with pytest.raises(Hidden):
        settle_sighting(actor=SYSTEM, at=AT, sighting=0, reason="x")


def test_a_page_that_leads_away_or_runs_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    article = desk.public()
    monkeypatch.setattr(articles, "documents_url", lambda site: "https://bet.example/vao")
    assert f"/cong/tin/{article.slug}: Trang dẫn tới máy chủ lạ: bet.example." in scanned()
    page = read(
        "<script src=/a.js></script><a href='JavaScript:x'>x</a><img src=//x.example/a srcset='/a 1x, http://y.example/b 2x' onerror=x>"
    )
    assert strangers(page.addresses, set()) == ["javascript:", "x.example", "y.example"]
    assert page.running == ["<script>", "onerror"]
    assert strangers(
        ["https://dichvucong.gov.vn/a", "https://gov.vn.example", "/cong", "#x", "?sau=1"], {"localhost"}
    ) == ["gov.vn.example"]


@pytest.mark.parametrize(
    "text",
    [
        "NHÀ CÁI số một",
        "nha cai",
        "n.h.à c.á.i",
        "nhаcаi88.com",
        "n0 hu",
        "n\u200bổ hũ",
        "c a s i n o",
        "𝐜𝐚𝐬𝐢𝐧𝐨",
        "ｋubet",
    ],
)
def test_a_word_is_found_however_it_is_disguised(text: str) -> None:
    assert spam(f"Mời xem {text} nhé")


def test_words_of_every_day_are_none(reader: Client) -> None:
    for text in (
        "Nhã cái",
        "tải xíu nữa",
        "lô đất số 8",
        "cái nhà",
        "Sở Khoa học và Công nghệ",
        "nỗ lực",
        "no ấm",
        "soi sáng cầu",
    ):
        assert not spam(text), text

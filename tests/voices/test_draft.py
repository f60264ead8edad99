"""An agency puts a draft to the public: two persons, days by law, opinions as work, a summary after the last day; gone at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.documents.letters import key, pdf_of, post
from tests.followup.sheets import cells
from tests.hostile.payloads import PAYLOADS
from tests.portal.readers import asked
from tests.portal.test_hostile import live
from tests.portal.test_lists import replaced
from tests.voices.asked import E_MAIL, NAME, PHONE, Asking
from tests.voices.drafted import LATER, SUMMARY, WORDED, Drafting
from tests.voices.test_ask import FORM, OURS
from tram.audit.models import Event
from tram.files.commands import destroy, look
from tram.files.queries import opened
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.organisation.queries import calendar_of
from tram.search.commands import rebuild
from tram.search.models import Card
from tram.tasks.commands.work import give_back
from tram.tasks.models import Task
from tram.visits.sockets import shown
from tram.voices.commands.drafts import publish, revise, send_back, summarise, withdraw
from tram.voices.commands.publishing import publish as let_stand
from tram.voices.models import Draft, DraftPublication, Voice
from tram.voices.queries import draft_digest
from tram.voices.screens import draft as seen_by
from tram.voices.screens import drafts, opinions

SITE = "/cong/co-quan/so-khoa-hoc-va-cong-nghe/du-thao"
PLACES = [
    "/cong/du-thao", SITE, "/cong/so-do/du-thao.xml", "/cong/tim?q=mang vien thong&muc=du-thao", "/cong",
    "/cong/du-thao/moi/rss.xml", f"{SITE}/moi/atom.xml", f"{SITE}/moi/feed.json", f"{SITE}/han-gop-y.ics",
]  # fmt: skip


def said(answer: Any) -> str:
    return str(answer.content.decode()).replace("\r\n ", "")  # a calendar folds its lines


@pytest.fixture
def desk(house: Asking) -> Drafting:
    return Drafting(house.cast)


def test_by_the_screens_from_the_words_to_the_portal(desk: Drafting, client: Client) -> None:
    tam, son = desk.cast.signed_in(client, "tam"), desk.cast.signed_in(Client(), "son")
    told = WORDED | {"days": "10", "title": ""}
    wrong = post(tam, "/du-thao/moi", told)
    page = said(wrong)
    assert wrong.status_code == 422 and "Nhập tên dự thảo" in page and "Ngắn hơn 20 ngày" in page
    assert "Điều 2. Đối tượng." in page, "what was typed stays"
    assert post(tam, "/du-thao/moi", WORDED | {"days": "20"}).status_code == 303
    draft = Draft.objects.get()
    place = f"/du-thao/{draft.pk}"
    assert Task.objects.get(about=draft.ref, ended_at=None).post_id != desk.cast.posts["tam"].pk
    assert (
        "người khác duyệt" in said(tam.get(place))
        and tam.post(f"{place}/dang", {"seen": 1}, **key()).status_code == 403
    )
    assert place in said(son.get("/du-thao")) and "đến hết ngày" in said(son.get(place))
    assert post(son, f"{place}/dang", {"seen": 0}).status_code == 409
    once = key()
    assert [son.post(f"{place}/dang", {"seen": 1}, **once).status_code for _ in range(2)] == [303, 303]
    out = DraftPublication.objects.get()
    today = clock.local_day(clock.now())
    assert (out.first_on, out.last_on) == (today, today + timedelta(days=20))
    work = Task.objects.get(about=draft.ref, ended_at=None)
    assert work.due_on == calendar_of(draft.agency_id).add(out.last_on, 15)
    assert f"còn nhận ý kiến đến hết ngày {out.last_on:%d/%m/%Y}" in said(tam.get(place))
    desk.said(out, at=clock.now())
    assert "Nên rút còn ba ngày." in said(tam.get(place))
    sheet = str(cells(post(tam, f"{place}/gop-y.xlsx").content))
    assert "Nên rút còn ba ngày." in sheet and NAME not in sheet and E_MAIL not in sheet
    assert post(son, f"{place}/go", {"reason": ""}).status_code == 422
    assert post(son, f"{place}/go", {"reason": "Nhầm bản"}).status_code == 303
    assert post(tam, f"{place}/sua", WORDED | {"days": "30", "seen": "1"}).status_code == 303


def test_two_persons_versions_and_strangers(desk: Drafting) -> None:
    draft = desk.worded()
    with pytest.raises(Refused, match="không tự đăng"):
        publish(**desk.by("tam"), draft=draft, seen=1)
    for who in ("lan", "tuan", "thu", "binh"):
        with pytest.raises(Refused):
            publish(**desk.by(who), draft=draft, seen=1)
        with pytest.raises(Hidden):
            seen_by(desk.cast.actor(who), draft.pk, AT.date())
        there = desk.cast.signed_in(Client(), who)
        for address in ("", "/dang", "/khong-co"):
            assert there.get(f"/du-thao/{draft.pk}{address}").status_code == 404
        assert post(there, f"/du-thao/{draft.pk}/gop-y.xlsx").status_code == 404
    draft = send_back(**desk.by("son"), draft=draft, reason="Bổ sung căn cứ")
    assert draft.state == "returned"
    with pytest.raises(WrongState, match="bản 1"):
        revise(**desk.by("son"), draft=draft, told=WORDED, seen=0)
    draft = revise(**desk.by("son"), draft=draft, told=WORDED | {"title": "Tên mới"}, seen=1)
    with pytest.raises(Refused):
        publish(**desk.by("son"), draft=draft, seen=2)
    give_back(actor=desk.cast.actor("tam"), at=AT, task=Task.objects.get(about=draft.ref, ended_at=None), reason="Bận")
    assert Task.objects.get(about=draft.ref, ended_at=None).post_id == desk.cast.posts["tam"].pk
    assert publish(**desk.by("tam"), draft=draft, seen=2).title == "Tên mới"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days": 19}, "short_reason"), ({"days": 0}, "days"), ({"days": 181}, "days"), ({"kind": "x"}, "kind"),
        ({"purpose": ""}, "purpose"), ({"text": ""}, "text"), ({"text": "x" * 100_001}, "text"),
    ],
)  # fmt: skip
def test_what_is_missing_or_too_short_is_said(desk: Drafting, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        desk.worded(**wrong)
    assert field in told.value.errors


def test_readers_say_what_they_think_to_the_end_of_the_last_day(desk: Drafting, reader: Client) -> None:
    now = clock.now()
    out = desk.public(at=now, days=10, short_reason="Theo yêu cầu phòng dịch")
    place = f"/cong/du-thao/{out.slug}"
    page = said(reader.get(place))
    assert "còn 10 ngày" in page and "Theo yêu cầu phòng dịch" in page and "Điều 2. Đối tượng." in page
    assert "còn 10 ngày" in said(reader.get("/cong/du-thao")) and "<script" not in page
    data = f"text=Nên rút&name={NAME}&consents=on&phone={PHONE}&idempotency_key=4f7c0a52-3a4e-4a57-9d6e-1f1f6f2f9b10"
    answers = [reader.post(f"{place}/gop-y", data, content_type=FORM, headers=OURS) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    voice = Voice.objects.get()
    assert voice.draft_id == out.draft_id and Task.objects.get(about=voice.ref).due_on == voice.due_on
    assert NAME not in str([*Event.objects.values_list("detail")]) and "Nên rút" not in said(reader.get(place))
    let_stand(actor=desk.cast.actor("tam"), at=now, voice=voice, seen=0)
    assert "Nên rút" in said(reader.get(place)) and NAME not in said(reader.get(place))
    assert f"{place}#y-kien" in said(reader.get(answers[0]["Location"]))
    assert "Nên rút" not in said(reader.get("/cong/hoi-dap")), "no question"


def test_after_the_last_day_the_form_is_closed(desk: Drafting, reader: Client) -> None:
    began = clock.now() - timedelta(days=21)
    out = desk.public(at=began)
    place, data = f"/cong/du-thao/{out.slug}", f"text=Nên rút&name={NAME}&consents=on"
    assert "Cơ quan đang tổng hợp" in said(reader.get(place))
    assert "Đã hết thời gian" in said(reader.get("/cong/du-thao")) and "ngày cuối là" in said(
        reader.get(f"{place}/gop-y")
    )
    assert reader.post(f"{place}/gop-y", data, content_type=FORM, headers=OURS).status_code == 422
    with pytest.raises(Refused, match="hết thời gian"):
        desk.said(out, at=began + timedelta(days=21))
    assert desk.said(out, at=began + timedelta(days=20)).pk == Voice.objects.get().pk


def test_after_the_last_day_a_summary_stands_beside_it(desk: Drafting, reader: Client) -> None:
    out = desk.public()
    draft = Draft.objects.get()
    with pytest.raises(WrongState, match="06/12/2026"):
        summarise(**desk.by("tam"), draft=draft, summary=SUMMARY, seen=1)
    draft = desk.summed(out)
    place = f"/cong/du-thao/{out.slug}"
    assert "sửa Điều 2" not in said(reader.get(place))
    with pytest.raises(Refused, match="không tự đăng"):
        publish(**desk.by("tam", LATER), draft=draft, seen=2)
    draft = send_back(**desk.by("son", LATER), draft=draft, reason="Nêu rõ")
    assert draft.state == "public"
    draft = summarise(**desk.by("tam", LATER), draft=draft, summary=SUMMARY, seen=2)
    last = publish(**desk.by("son", LATER), draft=draft, seen=3)
    assert (last.first_on, last.last_on, last.slug) == (out.first_on, out.last_on, out.slug)
    assert "sửa Điều 2" in said(reader.get(place)) and not Task.objects.filter(about=draft.ref, ended_at=None).exists()
    record = Event.objects.get(what="voices.draft_summary_published")
    assert record.detail["digest"] == draft_digest(last)
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftPublication.objects.filter(pk=last.pk).update(summary="Khác")


def test_published_it_stands_everywhere_and_withdrawn_nowhere(desk: Drafting, reader: Client) -> None:
    waiting = desk.worded(title="Quyết định chờ qzcho về mạng viễn thông")
    out = desk.public()
    place = f"/cong/du-thao/{out.slug}"
    for address in PLACES:
        assert out.slug in said(reader.get(address)) and "qzcho" not in said(reader.get(address)), address
    rebuild(actor=Actor.system(), at=AT, kind="portal.draft")
    assert Card.objects.get(kind="portal.draft").key == out.draft_id
    assert list(shown.find("voices.draft").public([out.draft.ref, waiting.ref])) == [out.draft.ref]
    withdraw(**desk.by("tam"), draft=out.draft, reason="qzlydo")
    for address in PLACES:
        assert out.slug not in said(reader.get(address)), address
    gone = reader.get(place)
    assert gone.status_code == 410 and "qzlydo" not in said(gone) and "Điều 2" not in said(gone)
    assert reader.get(f"{place}/gop-y").status_code == 404 and reader.get("/cong/du-thao/khong-co").status_code == 404
    with pytest.raises(Hidden):
        desk.said(out)


def test_a_stamp_seen_later_takes_it_away(desk: Drafting, reader: Client) -> None:
    with pytest.raises(Invalid):
        desk.worded(file=b"khong phai tep")
    draft = desk.worded(file=pdf_of("Dự thảo"), text="")
    out = desk.public(draft)
    assert draft.file_id and out.file
    place = f"/cong/du-thao/{out.slug}"
    address = f"{place}/tep/{out.file}/du-thao.pdf"
    assert reader.get(address).status_code == 200 and "du-thao.pdf" in said(reader.get(place))
    assert opened(desk.cast.actor("son"), out.file, AT)
    with pytest.raises(Hidden):
        opened(desk.cast.actor("thu"), out.file, AT)
    look(actor=Actor.system(), at=AT, file=out.file, level="secret")
    assert reader.get(address).status_code == 404 and reader.get(place).status_code == 410
    draft = Draft.objects.get()
    assert draft.state == "withdrawn"
    draft = revise(**desk.by("tam"), draft=draft, told=WORDED, seen=1)
    with pytest.raises(WrongState, match="đang khóa"):
        publish(**desk.by("son"), draft=draft, seen=2)
    destroy(actor=desk.cast.actor("hoa"), at=AT, file=out.file, level="secret")
    draft = Draft.objects.get()
    assert draft.file_id is None and draft.state == "returned"


def test_a_stamp_that_is_seen_while_it_is_let_out_waits(desk: Drafting) -> None:
    draft = desk.worded(file=pdf_of("Dự thảo"))
    with CaptureQueriesContext(connection) as caught:
        publish(**desk.by("son"), draft=draft, seen=1)
    held = [one["sql"] for one in caught.captured_queries if "FOR UPDATE" in one["sql"]]
    assert '"files_file"' in held[0] and '"voices_draft"' in held[1], "in the order of whoever notes a stamp"


def test_hostile_words_stay_words(desk: Drafting, reader: Client) -> None:
    tam = desk.cast.signed_in(Client(), "tam")
    for payload in PAYLOADS[::40]:
        out = desk.public(title=payload[:200], purpose=payload, text=payload, short_reason=payload[:300], days=5)
        voice = desk.said(out, text=payload[:900], name=payload[:80], shows_name=True)
        let_stand(actor=desk.cast.actor("son"), at=AT, voice=voice, seen=0)
        for address in (f"/cong/du-thao/{out.slug}", "/cong/du-thao", f"/cong/du-thao/{out.slug}/gop-y"):
            assert not live(said(reader.get(address))).found, (payload, address)
        page = said(tam.get(f"/du-thao/{out.draft_id}"))
        assert payload not in page or "<" not in payload
    desk.said(out, text="=HYPERLINK(1)")
    assert "=HYPERLINK(1)" in str(cells(post(tam, f"/du-thao/{out.draft_id}/gop-y.xlsx").content)), "a text, no formula"


def test_lists_cost_the_same_for_one_and_for_thirty(desk: Drafting, reader: Client) -> None:
    out = desk.public()
    stand = let_stand(actor=desk.cast.actor("son"), at=AT, voice=desk.said(out), seen=0)
    cost = dict[str, int]()
    for count in (0, 30):
        more = Draft.objects.bulk_create([replaced(out.draft, pk=None) for _ in range(count)])
        DraftPublication.objects.bulk_create(
            [replaced(out, pk=None, draft=one, slug=f"so-{number}") for number, one in enumerate(more)]
        )
        voices = Voice.objects.bulk_create([replaced(stand.voice, pk=None, mark=f"m{n}") for n in range(count)])
        type(stand).objects.bulk_create(
            [replaced(stand, pk=None, voice=one, slug=f"y-{number}") for number, one in enumerate(voices)]
        )
        for place in ("/cong/du-thao", SITE, f"/cong/du-thao/{out.slug}"):
            found = len(asked(reader, place))
            assert cost.setdefault(place, found) == found, place
        with CaptureQueriesContext(connection) as caught:
            rows, following = drafts(desk.cast.actor("son"), AT.date())
            told, older = opinions(out.draft)
        assert cost.setdefault("inside", len(caught)) == len(caught)
    assert len(rows) == 25 and following and len(told) == 25 and older
    assert "Dự thảo cũ hơn" in said(reader.get("/cong/du-thao"))


def test_a_front_names_what_closes_first_however_many_are_open(desk: Drafting, reader: Client) -> None:
    out = desk.public()
    more = Draft.objects.bulk_create([replaced(out.draft, pk=None) for _ in range(30)])
    DraftPublication.objects.bulk_create(
        [
            replaced(out, pk=None, draft=one, slug=f"so-{number}", last_on=out.last_on + timedelta(number))
            for number, one in enumerate(more, start=1)
        ]
    )
    for place in ("/cong", SITE.removesuffix("/du-thao")):
        page = said(reader.get(place))
        first, *others = (page.find(f"/cong/du-thao/{slug}") for slug in (out.slug, "so-1", "so-2", "so-3"))
        assert 0 < first < min(others) and "/cong/du-thao/so-4" not in page, place
    assert f"/cong/du-thao/{out.slug}" in said(reader.get(f"{SITE}/han-gop-y.ics"))

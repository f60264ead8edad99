"""What everybody reads of questions: what a second person let out, word for word, and nothing of who asked but what they chose."""

import re
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

from django.test import Client

from tests.cast import AT
from tests.hostile.payloads import PAYLOADS
from tests.portal.readers import asked
from tests.portal.test_hostile import live
from tests.portal.test_lists import replaced
from tests.voices.asked import E_MAIL, NAME, PHONE, TOLD, Asking
from tram.audit.models import Event
from tram.kernel.actors import Actor
from tram.search.commands import rebuild
from tram.search.models import Card
from tram.visits.sockets import shown
from tram.voices.commands.asking import forget
from tram.voices.commands.publishing import withdraw
from tram.voices.models import Publication, Voice
from tram.voices.queries import Line, digest, public_at

SITE = "/cong/co-quan/so-khoa-hoc-va-cong-nghe/hoi-dap"
PLACES = ["/cong", "/cong/hoi-dap", SITE, "/cong/hoi-dap/moi/rss.xml", f"{SITE}/moi/feed.json",
          "/cong/so-do/hoi-dap-2026-11.xml", "/cong/tim?q=mot cua&muc=hoi-dap"]  # fmt: skip


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_published_it_stands_everywhere_and_withdrawn_nowhere(house: Asking, reader: Client) -> None:
    waiting = house.answered(house.asked(title="Câu chờ duyệt qzcho", text="qzcho"))
    code = house.code()
    out = house.public(Voice.objects.latest("pk"))
    place = f"/cong/hoi-dap/{out.slug}"
    page = said(reader.get(place))
    assert TOLD["text"] in page and "Chiều thứ bảy nghỉ." in page and "Bạn đọc, hỏi ngày" in page and "QAPage" in page
    assert "Đọc câu trả lời" in said(reader.get(f"/cong/hoi-dap/ma/{code}"))
    for address in PLACES:
        answer = reader.get(address)
        assert out.slug in said(answer) and answer.status_code == 200, address
        for word in ("qzcho", NAME, E_MAIL, PHONE):
            assert word not in said(answer), (address, word)
    for word in (NAME, E_MAIL, "0987"):
        assert word not in page and word not in str([*Card.objects.values_list("title", "line", "sender", "terms")])
        assert word not in str([*Event.objects.values_list("detail")])
    line = public_at(out.slug)
    assert isinstance(line, Line) and Event.objects.get(what="voices.published").detail["digest"] == digest(line)
    rebuild(actor=Actor.system(), at=AT, kind="portal.voice")
    assert Card.objects.get(kind="portal.voice").key == out.voice_id
    assert shown.find("voices.voice").public([out.voice.ref, waiting.ref])[out.voice.ref].url == place
    withdraw(actor=house.who("tam"), at=AT, voice=out.voice, reason="qzlydo")
    for address in PLACES:
        assert out.slug not in said(reader.get(address)), address
    gone = reader.get(place)
    assert gone.status_code == 410 and "qzlydo" not in said(gone) and TOLD["text"] not in said(gone)
    assert not Card.objects.filter(kind="portal.voice").exists()
    assert "đang được sửa" in said(reader.get(f"/cong/hoi-dap/ma/{code}"))
    assert reader.get("/cong/hoi-dap/khong-co").status_code == 404


def test_a_name_stands_where_its_owner_chose_and_vanishes_when_erased(house: Asking, reader: Client) -> None:
    out = house.public(house.asked(shows_name=True))
    place = f"/cong/hoi-dap/{out.slug}"
    assert NAME in said(reader.get(place)) and NAME in said(reader.get("/cong/hoi-dap"))
    forget(actor=house.who("tam"), at=AT, voice=out.voice, reason="Theo yêu cầu")
    assert NAME not in said(reader.get(place)) and NAME not in said(reader.get("/cong/hoi-dap"))
    assert TOLD["text"] in said(reader.get(place))


def test_hostile_words_stay_words(house: Asking, reader: Client, client: Client) -> None:
    tam = house.cast.signed_in(Client(), "tam")
    for payload in PAYLOADS[::40]:
        voice = house.asked(title=payload[:40], text="Hỏi", name=payload[:80], shows_name=True)
        out = house.public(voice, title=payload[:150], text=payload, answer=payload)
        for address in (f"/cong/hoi-dap/{out.slug}", "/cong/hoi-dap", SITE):
            assert not live(said(reader.get(address))).found, (payload, address)
        for address in (f"/cau-hoi/{voice.pk}", "/cau-hoi?muc=xong"):
            page = said(tam.get(address))
            assert payload not in page or "<" not in payload, (payload, address)
        fromstring(said(reader.get("/cong/hoi-dap/moi/rss.xml")))


def many(out: Publication, count: int) -> None:
    """More of the same, an hour apart."""
    voices = Voice.objects.bulk_create([replaced(out.voice, pk=None, mark=f"m{n}") for n in range(count)])
    Publication.objects.bulk_create(
        [
            replaced(out, pk=None, voice=one, slug=f"so-{n}", first_at=AT - timedelta(hours=n + 1))
            for n, one in enumerate(voices)
        ]
    )


def test_lists_cost_the_same_for_one_and_for_sixty_and_are_walked_to_the_end(house: Asking, reader: Client) -> None:
    out, cost = house.public(), dict[str, int]()
    for count in (0, 60):
        many(out, count)
        for place in (*PLACES[:4], f"/cong/hoi-dap/{out.slug}", PLACES[5]):
            asking = len(asked(reader, place))
            assert cost.setdefault(place, asking) == asking, place
    found, following = list[str](), "/cong/hoi-dap"
    while following:
        page = said(reader.get(following))
        found += re.findall(r'<h2><a href="/cong/hoi-dap/([a-z0-9-]+)"', page)
        older = re.search(r'href="([^"]+)">Câu hỏi cũ hơn', page)
        following = older[1] if older else ""
    assert found == [out.slug, *(f"so-{n}" for n in range(60))]

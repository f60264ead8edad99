"""A site wears what its agency chose, and for the rest what stands above it; a colour nobody can read is refused; at once."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from PIL import Image

from tests.cast import AT, Cast
from tests.contacts.public import PAGE, SITE, public
from tests.documents.letters import post
from tests.portal.readers import asked
from tests.portal.test_scan import behind, scanned
from tests.portal.test_weight import place
from tram.audit.queries import history
from tram.files.models import File
from tram.files.sockets import holders
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.portal.commands.refresh import refresh_site
from tram.skins.commands import Told, drop, publish, put_back, try_on
from tram.skins.models import Skin
from tram.skins.queries import mark_of, worn
from tram.skins.rules import DARK, LEAST, LIGHT, USUAL, choices, contrast, figure, in_the_dark, must_fit, nearest

pytestmark = pytest.mark.django_db
WORE = {"colour": "1f6b3a", "other": "", "slogan": "Vì người dân", "foot": ""}


def said(answer: Any) -> str:
    return str(answer.content.decode())


def picture(size: int = 900, kind: str = "PNG") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (size, size), (20, 90, 60)).save(made, kind)
    made.seek(0)
    return made


def wear(cast: Cast, who: str, unit: str, told: Told, **more: Any) -> Skin:
    """Tried and let out by one person."""
    by: dict[str, Any] = {"actor": cast.actor(who), "at": AT, "agency": cast.units[unit]}
    return publish(seen=mark_of(try_on(told=told, **by, **more)), **by)


def test_it_is_tried_beside_the_page_and_let_out_for_everybody(cast: Cast, client: Client) -> None:
    public(cast)
    tam, reader = cast.signed_in(client, "tam"), Client()
    assert 'href="/dien-mao"' in said(tam.get("/viec")) and "/cong/mau/" not in said(reader.get(PAGE))
    body = {**WORE, "file": SimpleUploadedFile("bieu-trung.png", picture().getvalue())}
    assert post(tam, "/dien-mao", body).status_code == 303
    screen = said(tam.get("/dien-mao"))
    assert '<iframe src="/dien-mao/xem"' in screen and "Cho hiện trên cổng" in screen and "6,35:1" in screen
    seen = tam.get("/dien-mao/xem")
    assert seen["X-Frame-Options"] == "SAMEORIGIN" and "frame-ancestors 'self'" in seen["Content-Security-Policy"]
    assert "/cong/mau/1f6b3a-" in said(seen) and "Vì người dân" in said(seen)
    drawn = re.findall(r'class="crest".*?src="([^"?]+)', said(seen))[0]
    assert tam.get(drawn + "?rong=320").status_code == 200 and reader.get(drawn).status_code in (302, 303, 404)
    assert "Vì người dân" not in said(reader.get(PAGE)), "nobody outside sees what is tried"
    mark = re.findall(r'name="seen" value="([0-9a-f]{64})"', screen)[0]
    assert post(tam, "/dien-mao/cho-hien", {"seen": mark}).status_code == 303
    page = said(reader.get(PAGE))
    assert "Vì người dân" in page and 'content="#1f6b3a"' in page
    sheet = reader.get(re.findall(r'href="(/cong/mau/[^"]+)"', page)[0])
    assert "immutable" in sheet["Cache-Control"] and "--brand:#1f6b3a" in said(sheet)
    logo = reader.get(re.findall(r'src="(/cong/bieu-trung/[^"]+)"', page)[0])
    assert logo["Content-Type"] in ("image/png", "image/jpeg") and "sandbox" in logo["Content-Security-Policy"]
    assert Image.open(io.BytesIO(b"".join(logo.streaming_content))).width <= 320
    assert "đã cho hiện diện mạo mới trên trang của Sở" in " ".join(
        one.sentence for one in history(cast.units["skhcn"].ref)
    )
    assert post(tam, "/dien-mao/cho-hien", {"seen": mark}).status_code == 409


def test_each_field_comes_from_the_nearest_above_and_every_page_changes_at_once(cast: Cast, reader: Client) -> None:
    public(cast)
    refresh_site(actor=Actor.system(), at=AT, agency=cast.units["xa"].pk)
    commune = "/cong/co-quan/uy-ban-nhan-dan-xa-ta-phin"
    for address in ("/cong", commune, SITE):
        assert "/cong/mau/" not in said(reader.get(address)), address
    first = wear(cast, "tinh", "province", Told("0f6466", "Cổng của mọi nhà", "Đường dây nóng 0214 3840 000"))
    for address in ("/cong", commune, SITE):
        page = said(reader.get(address))
        assert "/cong/mau/0f6466-" in page and "Cổng của mọi nhà" in page, address
    assert "0214 3840 000" in said(reader.get(commune)), "no contacts of its own"
    assert "tel:02143840123" in said(reader.get(SITE)) and "0214 3840 000" not in said(reader.get(SITE))
    wear(cast, "binh", "xa", Told("7b2a5f"))
    page = said(reader.get(commune))
    assert (
        "/cong/mau/7b2a5f-" in page and "Cổng của mọi nhà" in page and "/cong/mau/0f6466-" in said(reader.get("/cong"))
    )
    own = worn(cast.units["xa"].pk)
    assert own.whose["colour"][1].endswith("Tả Phìn") and own.whose["slogan"][0] == cast.units["province"].pk
    wear(cast, "tinh", "province", Told())
    assert "Cổng của mọi nhà" not in said(reader.get(commune)) and "/cong/mau/" not in said(reader.get("/cong"))
    put_back(actor=cast.actor("tinh"), at=AT, agency=cast.units["province"], skin=first.pk)
    assert "Cổng của mọi nhà" in said(reader.get(commune)) and "/cong/mau/0f6466-" in said(reader.get("/cong"))


def test_a_colour_that_nobody_can_read_is_refused_with_the_nearest_that_passes(cast: Cast, client: Client) -> None:
    tam = cast.signed_in(client, "tam")
    wrong = post(tam, "/dien-mao", {**WORE, "colour": "khac", "other": "#F2C230"})
    page = said(wrong)
    assert wrong.status_code == 422 and "chỉ tương phản 1,63:1" in page and 'value="#F2C230"' in page
    offered = re.findall(r'name="lay" value="([0-9a-f]{6})"', page)[0]
    assert contrast(offered, LIGHT) >= LEAST and f"Màu gần nhất đạt: #{offered}" in page
    assert post(tam, "/dien-mao", {**WORE, "colour": "khac", "other": "#F2C230", "lay": offered}).status_code == 303
    assert Skin.objects.get().colour == offered
    for typed in ("red", "12345", "1b4b8f;}body{", "１２３４５６"):
        assert post(tam, "/dien-mao", {**WORE, "colour": "khac", "other": typed}).status_code == 422, typed
    assert "Nhập mã màu" in said(post(tam, "/dien-mao", {**WORE, "colour": "khac", "other": ""}))
    with pytest.raises(Invalid, match="sáu chữ số"):
        must_fit(Told("url(//x)"))


def test_every_shade_that_is_offered_is_read_in_the_light_and_in_the_dark() -> None:
    style = place("portal/portal.css").read_text()
    assert f"--ground: #{LIGHT}" in style and f"--ground: #{DARK}" in style and f"--brand: #{USUAL}" in style
    assert round(contrast("000000", "ffffff"), 2) == 21 and figure(4.499) == "4,49:1"
    for colour in (
        *(one.hex for one in choices()),
        "ffff00",
        "00ffff",
        "ff00ff",
        "ffffff",
        "808080",
        "000000",
        "3399ff",
    ):
        near, dark = nearest(colour), in_the_dark(colour)
        assert contrast(near, LIGHT) >= LEAST and contrast(dark, DARK) >= LEAST, colour
        assert near == colour or contrast(near, LIGHT) < LEAST + 0.12, (colour, near)
    assert all(contrast(one.hex, LIGHT) >= LEAST for one in choices())


def test_others_may_not_and_nobody_lets_out_what_they_did_not_see(cast: Cast, client: Client) -> None:
    for who in ("hoa", "lan", "thu", "tinh", "dung", "binh"):
        with pytest.raises(Refused):
            try_on(actor=cast.actor(who), at=AT, agency=cast.units["skhcn"], told=Told("1f6b3a"))
    by: dict[str, Any] = {"actor": cast.actor("tam"), "at": AT, "agency": cast.units["skhcn"]}
    with pytest.raises(WrongState, match="Không có diện mạo nào"):
        publish(seen="", **by)
    seen = mark_of(try_on(told=Told("1f6b3a"), **by))
    try_on(told=Told("1f6b3a", slogan="Khác rồi"), **by)
    with pytest.raises(WrongState, match="vừa được sửa"):
        publish(seen=seen, **by)
    drop(**by)
    mine = wear(cast, "tam", "skhcn", Told("1f6b3a"))
    with pytest.raises(WrongState, match="đúng như vậy"):
        wear(cast, "quan", "skhcn", Told("1f6b3a"))
    thu = cast.signed_in(client, "thu")
    assert (
        post(thu, f"/dien-mao/lay-lai/{mine.pk}").status_code == post(thu, "/dien-mao/lay-lai/99999").status_code == 404
    )
    lan = cast.signed_in(Client(), "lan")
    assert lan.get("/dien-mao/xem").status_code == lan.get("/dien-mao").status_code == 403
    assert Client().get("/dien-mao/xem").status_code in (302, 303)


def test_only_pixels_are_kept_and_a_stamp_takes_the_picture_away(cast: Cast, reader: Client) -> None:
    public(cast)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    by: dict[str, Any] = {"actor": cast.actor("tam"), "at": AT, "agency": cast.units["skhcn"]}
    for content, name in ((svg, "bieu-trung.svg"), (svg, "bieu-trung.png"), (b"xin chao", "bieu-trung.txt")):
        with pytest.raises(Invalid):
            try_on(told=Told(), logo=(name, io.BytesIO(content)), **by)
    assert not Skin.objects.exists() and not File.objects.exists()
    skin = wear(cast, "tam", "skhcn", Told(slogan="Lời mới"), logo=("anh.jpg", picture(kind="JPEG")))
    address = f"/cong/bieu-trung/{skin.logo}-320"
    assert reader.get(address).status_code == 200 and reader.get(address[:-3] + "640").status_code == 404
    again = try_on(told=Told("1b4b8f"), **by)
    assert again.logo == skin.logo, "kept until it is dropped or another comes"
    assert skin.logo
    for _room, holder in holders.items():
        holder.locked(actor=Actor.system(), at=AT, file=skin.logo)
    assert reader.get(address).status_code == 404 and "Lời mới" not in said(reader.get(PAGE))


def test_the_log_is_kept_and_a_sheet_is_of_its_digits_alone(cast: Cast, reader: Client) -> None:
    out = wear(cast, "tam", "skhcn", Told("1f6b3a"))
    for change in ({"colour": "000000"}, {"since_at": None}, {"slogan": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Skin.objects.filter(pk=out.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Skin.objects.all().delete()
    for name in ("1f6b3a-000000000000", "1f6b3a", "gggggg-000000000000", "1f6b3a;}-0", "١٢٣٤٥٦-0"):
        assert reader.get(f"/cong/mau/{name}.css").status_code == 404, name


def test_what_a_site_wears_costs_the_same_however_deep_it_stands(cast: Cast, reader: Client) -> None:
    public(cast)

    few = len(asked(reader, PAGE))
    wear(cast, "tinh", "province", Told("0f6466", "Của tỉnh", "Chân trang"), logo=("a.png", picture()))
    wear(cast, "tam", "skhcn", Told("1f6b3a"))
    assert len(asked(reader, PAGE)) == few


def test_a_look_that_nobody_let_out_is_found_by_the_self_scan(cast: Cast) -> None:
    public(cast)
    out = wear(cast, "tam", "skhcn", Told("1f6b3a", "Vì người dân"), logo=("a.png", picture()))
    assert scanned() == []
    behind("skins_skin", "UPDATE skins_skin SET slogan = 'Khác' WHERE id = %s", out.pk)
    assert [line for line in scanned(1) if "không phải nội dung đã duyệt" in line]

"""The screen of certificates: an administrator enrols and withdraws, owner and clerk set the picture, others see nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, Cast
from tests.documents.letters import post
from tests.signing.papers import Office, picture
from tram.kernel import clock
from tram.signing.commands.certificates import issue_test_certificate
from tram.signing.models import Certificate
from tram.signing.queries import held, home
from tram.signing.rules import authority
from tram.signing.rules.secrets import key_password
from tram.web import middleware

HERE = "/chung-thu-so"


@pytest.fixture
def office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """At the hour of the cast."""
    monkeypatch.setattr(settings, "TRAM_TOKEN_MODULES", ["/usr/lib/x.so"])
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(middleware, "hour_of_database", lambda: AT)
    monkeypatch.setattr(middleware, "CLAIM", middleware.CLAIM.replace("clock_timestamp()", f"timestamptz '{AT}'"))
    return office


def browser(cast: Cast, who: str) -> Client:
    return cast.signed_in(Client(), who)


def brought(name: str = "Hoàng Thị Lan") -> SimpleUploadedFile:
    """A certificate as the authority hands it out: in a token somewhere lies its key."""
    made = authority.issue(
        home() / "test", key_password(str(settings.SECRET_KEY)), name=name, agency="Sở Khoa học và Công nghệ", title="Chuyên viên",
        since=AT - timedelta(days=1), until=AT + timedelta(days=700),
    )  # fmt: skip
    return SimpleUploadedFile("lan.cer", made.certificate, "application/pkix-cert")


def typed(**more: Any) -> dict[str, Any]:
    return {"login": "lan", "keeper": "token", "module": "/usr/lib/x.so", "token": "LAN", "key": "k1", **more}


def test_an_administrator_enrols_a_persons_certificate_and_withdraws_it(office: Office) -> None:
    quan, lan = browser(office.cast, "quan"), browser(office.cast, "lan")
    wrong = post(quan, f"{HERE}/dang-ky", typed(content=SimpleUploadedFile("a.cer", b"khong phai"), login="ai"))
    assert wrong.status_code == 422 and "Không có tài khoản này" in wrong.content.decode()
    wrong = post(quan, f"{HERE}/dang-ky", typed(content=SimpleUploadedFile("a.cer", b"khong phai")))
    assert wrong.status_code == 422 and "không phải một chứng thư số" in wrong.content.decode()
    wrong = post(quan, f"{HERE}/dang-ky", typed(content=brought(), module="/tmp/cua-toi.so"))
    assert wrong.status_code == 422 and "Chọn một mô-đun trong danh sách" in wrong.content.decode()
    wrong = post(quan, f"{HERE}/dang-ky", typed(content=brought(), token=""))
    assert (
        wrong.status_code == 422 and "tên thiết bị" in wrong.content.decode() and 'value="k1"' in wrong.content.decode()
    )
    assert post(quan, f"{HERE}/dang-ky", typed(content=brought())).status_code == 303
    kept = Certificate.objects.get()
    assert (kept.account, kept.place["token"]) == (office.cast.accounts["lan"], "LAN")
    page = lan.get(HERE).content.decode()
    assert "Hoàng Thị Lan" in page and "Ngừng dùng" not in page
    assert post(lan, f"{HERE}/{kept.pk}/ngung", {"reason": "x"}).status_code == 403
    assert post(quan, f"{HERE}/{kept.pk}/ngung", {"reason": ""}).status_code == 422
    assert post(quan, f"{HERE}/{kept.pk}/ngung", {"reason": "Mất thiết bị", "is_compromised": "on"}).status_code == 303
    kept.refresh_from_db()
    assert kept.withdrawn_for == "Mất thiết bị" and kept.revoked_at == AT
    assert "Mất thiết bị" in lan.get(HERE).content.decode()


def test_the_owner_and_the_clerk_set_what_it_looks_like(office: Office) -> None:
    son, seal = office.certificate("son"), office.certificate("seal")
    png = picture((20, 50, 190), is_round=False)
    for who, one in (("son", son), ("hoa", seal)):
        client, before = browser(office.cast, who), one.picture_id
        answer = post(client, f"{HERE}/{one.pk}/anh", {"file": SimpleUploadedFile("moi.png", png, "image/png")})
        one.refresh_from_db()
        assert answer.status_code == 303 and one.picture_id != before
    assert browser(office.cast, "hoa").get(f"{HERE}/{son.pk}/anh").status_code == 404, "the clerk keeps the seal alone"
    assert browser(office.cast, "thu").get(f"{HERE}/{seal.pk}/anh").status_code == 404
    pdf = SimpleUploadedFile("x.png", b"%PDF-1.4", "image/png")
    assert post(browser(office.cast, "son"), f"{HERE}/{son.pk}/anh", {"file": pdf}).status_code == 422


def test_the_list_takes_one_query_whatever_its_length(office: Office) -> None:
    agency = office.cast.units["skhcn"]
    first = issue_test_certificate(
        actor=office.cast.actor("quan"), at=AT, name="Dấu", agency=agency.pk, agency_name=agency.name,
        since=AT - timedelta(days=1), until=AT + timedelta(days=9),
    )  # fmt: skip
    quan = office.cast.actor("quan")
    Certificate.objects.bulk_create(
        Certificate(**{**{f.attname: getattr(first, f.attname) for f in Certificate._meta.fields}, "id": None,
                       "fingerprint": f"{number:064x}", "account_id": office.cast.accounts["lan"].pk})
        for number in range(59)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        rows, following = held(quan, AT)
    assert (len(rows), len(asked)) == (50, 1) and following
    assert len(held(quan, AT, after=following)[0]) == 10
    assert held(office.cast.actor("thu"), AT) == ([], 0)

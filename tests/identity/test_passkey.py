"""Passkeys in a real browser, with a virtual authenticator."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.cast import PASSWORD, build
from tests.identity.people import enter
from tram.audit.queries import what_happened
from tram.identity.models import Account, Factor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def machine(page: Page) -> Iterator[CDPSession]:
    """A machine with a fingerprint reader that always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield session


def sign_in(page: Page, site: str) -> None:
    """Hoa comes in with her password."""
    page.goto(f"{site}/dang-nhap?next=/toi")
    page.get_by_label("Tên đăng nhập").fill("hoa")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def add_passkey(page: Page) -> None:
    """She adds the machine's passkey on her page."""
    expect(page.get_by_role("heading", name="Tài khoản của tôi")).to_be_visible()
    page.get_by_label("Tên khóa").fill("Máy văn thư")
    page.get_by_role("button", name="Thêm khóa").click()
    expect(page.get_by_text("Đã thêm bước hai")).to_be_visible()


def leave(page: Page) -> None:
    """She signs out from the menu."""
    page.locator("summary").first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_a_passkey_is_added_then_opens_alone(page: Page, live_server: object, machine: CDPSession) -> None:
    build()
    site = live_server.url
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    sign_in(page, site)
    add_passkey(page)
    leave(page)
    page.goto(f"{site}/dang-nhap?next=/toi")
    page.get_by_role("button", name="Đăng nhập bằng khóa").click()
    expect(page.get_by_role("heading", name="Tài khoản của tôi")).to_be_visible()
    hoa = Account.objects.get(login="hoa")
    assert what_happened(hoa.ref)[-3:] == ["identity.factor_added", "identity.signed_out", "identity.signed_in"]
    assert not enter("hoa", PASSWORD).is_admitted
    assert troubles == []


def test_a_passkey_is_the_second_step_after_the_password(page: Page, live_server: object, machine: CDPSession) -> None:
    build()
    sign_in(page, live_server.url)
    add_passkey(page)
    leave(page)
    sign_in(page, live_server.url)
    expect(page.get_by_role("heading", name="Bước hai")).to_be_visible()
    page.get_by_role("button", name="Dùng khóa").click()
    expect(page.get_by_role("heading", name="Tài khoản của tôi")).to_be_visible()


def test_a_removed_passkey_opens_nothing(page: Page, live_server: object, machine: CDPSession) -> None:
    build()
    sign_in(page, live_server.url)
    add_passkey(page)
    leave(page)
    Factor.objects.all().delete()
    page.goto(f"{live_server.url}/dang-nhap")
    page.get_by_role("button", name="Đăng nhập bằng khóa").click()
    expect(page.get_by_role("alert").get_by_text("chưa được thêm vào Trạm")).to_be_visible()

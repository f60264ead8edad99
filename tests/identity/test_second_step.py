"""The second door: codes, recovery codes, and accounts that must have one."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.identity.people import STRANGE, enter, own_row, row_of, send
from tram.audit.queries import what_happened
from tram.identity.commands.entering import Entry, pass_second_step
from tram.identity.commands.factors import add_totp, confirm_totp, make_recovery_codes
from tram.identity.models import Account, Factor
from tram.identity.rules import totp_step
from tram.kernel import clock
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.verdicts import Invalid, Refused
from tram.web.models import Answer

NOW = clock.now()


def with_code_app(cast: Cast, login: str = "hoa") -> str:
    """The person adds a code app; returns its secret."""
    row = row_of(enter(login, PASSWORD, NOW, "10.0.0.1"))
    actor = cast.actor(login)
    secret = add_totp(actor=actor, at=NOW, sign_in=row)
    confirm_totp(actor=actor, at=NOW, sign_in=row, code=pyotp.TOTP(secret).at(NOW - timedelta(seconds=30)))
    return secret


def step(entry: Entry, code: str, **later: int) -> Entry:
    """A visitor tries the second door."""
    return pass_second_step(actor=ANONYMOUS, at=NOW + timedelta(**later), key=entry.key, code=code, address="10.0.0.1")


def test_the_password_alone_no_longer_lets_in(client: Client, cast: Cast) -> None:
    secret = with_code_app(cast)
    page = send(client, "/dang-nhap", login="hoa", password=PASSWORD, next="/toi")
    assert page.headers["Location"].startswith("/dang-nhap/buoc-hai")
    assert client.get("/toi").status_code == 302
    half = client.session["sign_in"]
    page = send(client, "/dang-nhap/buoc-hai", code=pyotp.TOTP(secret).now(), next="/toi")
    assert page.headers["Location"] == "/toi" and client.get("/toi").status_code == 200
    assert client.session["sign_in"] != half


def test_a_code_opens_once(cast: Cast) -> None:
    code = pyotp.TOTP(with_code_app(cast)).at(NOW)
    assert step(enter("hoa", PASSWORD, NOW), code).is_admitted
    assert "đã dùng" in step(enter("hoa", PASSWORD, NOW), code).problem


def test_a_recovery_code_opens_once_however_it_is_typed(cast: Cast) -> None:
    with_code_app(cast)
    row = row_of(step(enter("hoa", PASSWORD, NOW), pyotp.TOTP(Factor.objects.get().shared_secret).at(NOW)))
    codes = make_recovery_codes(actor=cast.hoa, at=NOW, sign_in=row)
    assert len(set(codes)) == 10
    assert step(enter("hoa", PASSWORD, NOW), codes[3].lower().replace("-", " ")).is_admitted
    assert not step(enter("hoa", PASSWORD, NOW), codes[3]).is_admitted


def test_codes_are_throttled_like_passwords(cast: Cast) -> None:
    secret = with_code_app(cast)
    entry = enter("hoa", PASSWORD, NOW)
    for guess in ("000000", "000001"):
        assert "không khớp" in step(entry, guess).problem
    assert step(entry, pyotp.TOTP(secret).at(NOW)).problem.startswith("Đợi 15 phút")


def test_the_second_door_closes_after_ten_minutes(cast: Cast) -> None:
    secret = with_code_app(cast)
    at = NOW + timedelta(minutes=11)
    assert "quá 10 phút" in step(enter("hoa", PASSWORD, NOW), pyotp.TOTP(secret).at(at), minutes=11).problem


def test_an_account_that_needs_a_second_step_sets_it_up_before_it_is_let_in(client: Client, cast: Cast) -> None:
    Account.objects.filter(login="quan").update(needs_second_factor=True)
    send(client, "/dang-nhap", login="quan", password=PASSWORD, next="/toi")
    assert client.get("/toi").status_code == 302
    assert client.get("/dang-nhap/buoc-hai").headers["Location"].startswith("/dang-nhap/them-buoc-hai")
    shown = send(client, "/dang-nhap/them-buoc-hai", next="/toi").content.decode()
    assert "<svg" in shown
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", shown)[1].replace(" ", "")
    assert send(client, "/dang-nhap/them-buoc-hai", code="000000").status_code == 422
    page = send(client, "/dang-nhap/them-buoc-hai", code=pyotp.TOTP(secret).now(), next="/toi")
    assert page.headers["Location"] == "/toi" and client.get("/toi").status_code == 200
    assert "identity.factor_added" in what_happened(cast.accounts["quan"].ref)


def test_a_half_way_session_cannot_replace_the_second_step(cast: Cast) -> None:
    with_code_app(cast)
    row = row_of(enter("hoa", PASSWORD, NOW))
    with pytest.raises(Refused):
        add_totp(actor=Actor(row.account_id, row.account.name), at=NOW, sign_in=row)


def test_the_secret_is_sealed_in_the_database(cast: Cast) -> None:
    secret = with_code_app(cast)
    assert secret.encode() not in bytes(Factor.objects.get().secret)


def test_a_wrong_first_code_adds_nothing(cast: Cast) -> None:
    row = row_of(enter("hoa", PASSWORD, NOW))
    add_totp(actor=cast.hoa, at=NOW, sign_in=row)
    with pytest.raises(Invalid, match="Mã không khớp"):
        confirm_totp(actor=cast.hoa, at=NOW, sign_in=row, code="000000")
    assert enter("hoa", PASSWORD, NOW, STRANGE).is_admitted


def test_secrets_shown_once_are_not_kept_with_the_answers(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "hoa")
    own_row(client)
    shown = send(client, "/toi/ung-dung-ma").content.decode()
    assert "<svg" in shown
    send(client, "/toi/ma-du-phong")
    send(client, "/toi/the", name="máy quét", days=30)
    assert not Answer.objects.exists()


def test_a_code_in_other_figures_is_wrong_and_nothing_falls() -> None:
    assert totp_step(pyotp.random_base32(), "٣٣٣٣٣٣", NOW, 0) is None
    assert totp_step(pyotp.random_base32(), "\ud800", NOW, 0) is None

"""Whose a browser is: the person's who signed in there last, until that ends."""

from datetime import timedelta

from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.identity.people import own_row, send
from tram.identity import queries
from tram.identity.commands.accounts import close_account
from tram.identity.commands.sessions import end_sign_ins
from tram.identity.models import SignIn
from tram.identity.rules import hash_of
from tram.kernel import clock


def sits(client: Client, login: str) -> bytes:
    """Signs in through the page; the hash of the browser's cookie."""
    assert send(client, "/dang-nhap", login=login, password=PASSWORD).status_code == 302
    return hash_of(client.cookies["may"].value)


def whose(browser: bytes, **later: int) -> int | None:
    return queries.whose([browser, b"another"], clock.now() + timedelta(**later)).get(browser)


def test_a_browser_keeps_its_cookie_over_sign_ins_and_nobody_reads_it(client: Client, cast: Cast) -> None:
    browser = sits(client, "hoa")
    cookie = client.cookies["may"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) > 86_400 * 300
    assert bytes(own_row(client).browser or b"") == browser
    send(client, "/dang-xuat")
    assert sits(client, "lan") == browser != sits(Client(), "hoa")


def test_a_cookie_that_is_none_of_ours_is_replaced(client: Client, cast: Cast) -> None:
    client.cookies["may"] = "x' OR 1=1"
    assert sits(client, "hoa") != hash_of("x' OR 1=1") and len(client.cookies["may"].value) == 43


def test_a_browser_is_of_who_came_last_until_that_is_ended(client: Client, cast: Cast) -> None:
    hoa, lan = cast.accounts["hoa"].pk, cast.accounts["lan"].pk
    browser = sits(client, "hoa")
    assert whose(browser) == hoa and whose(browser, days=29) == hoa and whose(browser, days=31) is None
    client.cookies.pop("phien")
    sits(client, "lan")
    assert whose(browser) == lan
    send(client, "/dang-xuat")
    assert whose(browser) is None, "not hoa's again: somebody else has sat there since"


def test_a_browser_is_nobodys_once_its_session_is_ended_from_elsewhere_or_the_account_closed(
    client: Client, cast: Cast
) -> None:
    browser, elsewhere = sits(client, "hoa"), Client()
    sits(elsewhere, "hoa")
    end_sign_ins(actor=cast.hoa, at=clock.now(), account=cast.accounts["hoa"], keep=own_row(elsewhere))
    assert whose(browser) is None
    other = sits(client, "lan")
    assert whose(other) == cast.accounts["lan"].pk
    close_account(actor=cast.quan, at=clock.now(), account=cast.accounts["lan"])
    assert whose(other) is None


def test_who_did_not_pass_the_second_step_takes_no_browser_over(client: Client, cast: Cast) -> None:
    browser = sits(client, "hoa")
    cast.accounts["lan"].needs_second_factor = True
    cast.accounts["lan"].save()
    client.cookies.pop("phien")
    sits(client, "lan")
    assert SignIn.objects.filter(browser=browser).count() == 2 and whose(browser) == cast.accounts["hoa"].pk

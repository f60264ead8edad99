"""The first door."""

from datetime import timedelta
from threading import Thread
from typing import Any
from unicodedata import normalize

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.identity.people import STRANGE, enter, own_row, send
from tram.audit.queries import what_happened
from tram.identity.commands.accounts import close_account, open_account
from tram.identity.models import Attempt, SignIn
from tram.kernel import clock
from tram.kernel.actors import Actor


def test_the_right_password_lets_in_and_leaves_a_record(client: Client, cast: Cast) -> None:
    page = send(client, "/dang-nhap", login=" HOA ", password=PASSWORD, next="/toi")
    assert (page.status_code, page.headers["Location"]) == (302, "/toi")
    assert "Trần Thị Hoa" in client.get("/toi").content.decode()
    assert what_happened(cast.accounts["hoa"].ref)[-1] == "identity.signed_in"


def test_wrong_unknown_and_closed_answer_alike(cast: Cast) -> None:
    close_account(actor=Actor.system(), at=clock.now(), account=cast.accounts["lan"])
    answers = {enter(login, password).problem for login, password in
               [("hoa", "sai-mat-khau-roi"), ("khong-co", PASSWORD), ("lan", PASSWORD)]}  # fmt: skip
    assert len(answers) == 1 and "không khớp" in answers.pop()


def test_a_password_typed_with_split_marks_is_the_same(cast: Cast) -> None:
    made = "Hoa ban nở trắng rừng"

    open_account(
        actor=Actor.system(), at=clock.now(), login="mai", name="Mai", agency=None, password_hash=make_password(made)
    )
    assert enter("mai", normalize("NFD", made)).is_admitted


def test_after_two_wrong_guesses_even_the_right_password_waits(cast: Cast) -> None:
    at = clock.now()
    for _ in range(2):
        enter("hoa", "sai", at)
    assert enter("hoa", PASSWORD, at).problem.startswith("Đợi 15 phút")
    assert enter("khong-co", PASSWORD, at).problem != enter("hoa", PASSWORD, at).problem
    assert enter("hoa", PASSWORD, at + timedelta(minutes=15)).is_admitted


def test_an_unknown_login_waits_like_a_known_one(cast: Cast) -> None:
    at = clock.now()
    told = [[enter(login, "sai", at, "203.0.113.9").problem for _ in range(4)] for login in ("hoa", "khong-co")]
    assert told[0] == told[1]


@pytest.mark.parametrize("known", [True, False])
def test_an_attack_from_500_addresses_leaves_the_office_its_door(cast: Cast, settings: Any, known: bool) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.ScryptPasswordHasher"
    ]  # fmt: skip
    start, login = clock.now() - timedelta(hours=2), "hoa" if known else "khong-co"
    for guess in range(500):
        enter(login, f"sai {guess}", start + timedelta(seconds=guess * 7), f"198.51.100.{guess % 250}")
    assert Attempt.objects.count() <= 5
    assert enter("hoa", PASSWORD, start + timedelta(hours=1), "10.0.0.5").is_admitted


def test_an_address_where_somebody_signed_in_is_of_the_house(cast: Cast) -> None:
    at = clock.now()
    assert enter("son", PASSWORD, at, STRANGE).is_admitted
    for _ in range(2):
        enter("hoa", "sai", at, "198.51.100.1")
    assert enter("hoa", PASSWORD, at, STRANGE).is_admitted


def test_signing_in_changes_the_cookie_and_signing_out_kills_it_on_the_server(client: Client, cast: Cast) -> None:
    client.get("/dang-nhap")
    client.session.save()
    before = client.cookies["phien"].value if "phien" in client.cookies else None
    send(client, "/dang-nhap", login="hoa", password=PASSWORD)
    kept = client.cookies["phien"].value
    assert kept != before
    assert client.cookies["phien"]["httponly"] and client.cookies["phien"]["samesite"] == "Lax"
    row = own_row(client)
    send(client, "/dang-xuat")
    assert SignIn.objects.get(pk=row.pk).ended_at is not None
    client.cookies["phien"] = kept
    assert client.get("/toi").status_code == 302


@pytest.mark.parametrize(
    "wanted",
    ["https://xau.vn/", "//xau.vn", "/\\xau.vn", "\\\\xau.vn", "javascript:alert(1)", "http:xau", "/\t/xau.vn"],
)
def test_next_never_leads_off_the_site(client: Client, cast: Cast, wanted: str) -> None:
    page = send(client, "/dang-nhap", login="hoa", password=PASSWORD, next=wanted)
    assert page.headers["Location"] == "/"


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_one_by_one() -> None:
    at = clock.now()

    def guess() -> None:
        enter("nguoi-nao-do", "sai", at)
        connection.close()

    threads = [Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Attempt.objects.count() == 2

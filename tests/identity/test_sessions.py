"""Sessions: limits, lists, ends; authority that changes at once."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from tests.cast import PASSWORD, Cast
from tests.identity.people import enter, own_row, row_of, send
from tram.audit.queries import what_happened
from tram.identity import queries
from tram.identity.commands.accounts import close_account
from tram.identity.commands.sessions import end_sign_in, end_sign_ins, sweep
from tram.identity.models import Attempt, SignIn
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Refused

ASKED = RequestFactory()


def who(key: str, **later: float) -> int | None:
    """Whom a request with this session's secret is from, some time from now."""
    request = ASKED.get("/")
    request.session, request.at = {"sign_in": key}, clock.now() + timedelta(**later)
    return queries.signed_in(request)


def test_a_session_ends_after_eight_idle_hours_and_after_twelve_in_any_case(cast: Cast) -> None:
    key = enter("hoa", PASSWORD).key
    assert who(key, hours=7.9) == cast.accounts["hoa"].pk
    assert who(key, hours=11.9) == cast.accounts["hoa"].pk
    assert who(key, hours=12.1) is None
    assert who(enter("son", PASSWORD).key, hours=8.1) is None


def test_being_seen_is_written_at_most_once_a_minute(cast: Cast, django_assert_num_queries: object) -> None:
    key = enter("hoa", PASSWORD).key
    with django_assert_num_queries(1):
        who(key, seconds=50)
    with django_assert_num_queries(2):
        who(key, seconds=70)
    with django_assert_num_queries(1):
        who(key, seconds=90)


def test_a_closed_account_is_out_on_its_very_next_request(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "lan")
    assert client.get("/toi").status_code == 200
    close_account(actor=cast.quan, at=clock.now(), account=cast.accounts["lan"])
    assert client.get("/toi").status_code == 302


def test_one_sees_and_ends_ones_other_sessions(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "hoa")
    other = row_of(enter("hoa", PASSWORD))
    assert "Chrome trên Windows" in client.get("/toi").content.decode()
    send(client, f"/toi/phien/{other.pk}/ket-thuc")
    other.refresh_from_db()
    assert other.ended_at and own_row(client).ended_at is None
    assert what_happened(cast.accounts["hoa"].ref)[-1] == "identity.sign_in_ended"


def test_nobody_ends_a_strangers_session(cast: Cast) -> None:
    row = row_of(enter("hoa", PASSWORD))
    with pytest.raises(Hidden):
        end_sign_in(actor=cast.tuan, at=clock.now(), sign_in=row.pk)
    with pytest.raises(Refused, match="quản trị"):
        end_sign_ins(actor=cast.tuan, at=clock.now(), account=cast.accounts["hoa"])


def test_the_agencys_administrator_ends_all_sessions(cast: Cast) -> None:
    enter("hoa", PASSWORD)
    assert end_sign_ins(actor=cast.quan, at=clock.now(), account=cast.accounts["hoa"]) == 1
    assert not SignIn.objects.filter(account=cast.accounts["hoa"], ended_at=None).exists()


def test_a_post_is_chosen_only_among_ones_own(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "hoa")
    for post in (cast.posts["son"].pk, "²"):
        assert send(client, "/toi/tu-cach", post=post).status_code == 404
    assert "post" not in client.session
    page = send(client, "/toi/tu-cach", post=cast.posts["hoa"].pk, next="/toi")
    assert page.headers["Location"] == "/toi" and client.session["post"] == cast.posts["hoa"].pk
    assert what_happened(cast.accounts["hoa"].ref)[-1] == "identity.post_chosen"


def test_a_visitor_is_sent_to_the_door_and_back(client: Client, cast: Cast) -> None:
    assert client.get("/toi").headers["Location"] == "/dang-nhap?next=%2Ftoi"


@pytest.mark.parametrize("path", ["/dang-xuat", "/toi/phien/ket-thuc-khac", "/toi/ung-dung-ma"])
def test_what_changes_something_is_no_get(client: Client, cast: Cast, path: str) -> None:
    cast.signed_in(client, "hoa")
    assert client.get(path).status_code == 405


def test_forms_of_other_sites_are_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    cast.signed_in(strict, "hoa")
    assert send(strict, "/dang-xuat").status_code == 403
    assert own_row(strict).ended_at is None


def test_the_system_is_no_session(cast: Cast) -> None:
    assert who("") is None and who("bịa") is None
    with pytest.raises(Hidden):
        end_sign_in(actor=Actor.system(), at=clock.now(), sign_in=row_of(enter("hoa", PASSWORD)).pk)


def test_old_traces_are_forgotten_and_new_ones_kept(cast: Cast) -> None:
    now = clock.now()
    for at in (now - timedelta(days=91), now):
        enter("hoa", PASSWORD, at)
        enter("hoa", "sai", at)
    with pytest.raises(Refused):
        sweep(actor=cast.tinh, at=now)
    sweep(actor=Actor.system(), at=now)
    assert (Attempt.objects.count(), SignIn.objects.count()) == (1, 1)

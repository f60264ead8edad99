"""Accounts and their administrators, links, the first administrator."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.identity.people import enter, send
from tram.audit.queries import what_happened
from tram.identity import queries
from tram.identity.commands.accounts import amend_account, close_account, move_account, open_account
from tram.identity.commands.invitations import accept_invitation, invite, invite_first_admin
from tram.identity.models import Account
from tram.kernel import clock
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.queries import actor_of

NOW = clock.now()
NEW = "Suối reo giữa rừng chiều"


def open_in(actor: Actor, agency: int, login: str = "moi.tv", name: str = "Tạ Văn Mới") -> Account:
    """The actor opens an account."""
    return open_account(actor=actor, at=NOW, login=login, name=name, agency=agency)


def use(secret: str, password: str = NEW, **later: int) -> str:
    """A visitor uses a link."""
    at = NOW + timedelta(**later)
    return accept_invitation(actor=ANONYMOUS, at=at, secret=secret, password=password, address="10.0.0.9")


@pytest.mark.parametrize(
    ("name", "agency", "may"),
    [("quan", "skhcn", True), ("quan", "stc", False), ("tinh", "stc", True), ("son", "skhcn", False),
     ("hoa", "skhcn", False), ("tuan", "stc", False)],
)  # fmt: skip
def test_who_opens_accounts_where(cast: Cast, name: str, agency: str, may: bool) -> None:
    if may:
        assert what_happened(open_in(cast.actor(name), cast.units[agency].pk).ref) == ["identity.account_opened"]
    else:
        with pytest.raises(Refused, match="quản trị"):
            open_in(cast.actor(name), cast.units[agency].pk)


def test_an_agencys_administrator_cannot_become_the_provinces(cast: Cast) -> None:
    Account.objects.filter(login="tinh").update(agency=cast.skhcn.pk)
    for act in (invite, close_account):
        with pytest.raises(Refused, match="quản trị tỉnh"):
            act(actor=cast.quan, at=NOW, account=cast.accounts["tinh"])


@pytest.mark.parametrize(
    ("login", "word"), [("Có Dấu", "a–z"), ("x", "3 đến 60"), ("hoa", "đã có người dùng"), (".hoa.", "a–z")]
)
def test_a_bad_login_is_refused_with_its_reason(cast: Cast, login: str, word: str) -> None:
    with pytest.raises(Invalid, match=word):
        open_in(cast.quan, cast.skhcn.pk, login=login)


def test_a_link_sets_the_password_once_within_thirty_minutes(cast: Cast) -> None:
    account = open_in(cast.quan, cast.skhcn.pk)
    first, second = (invite(actor=cast.quan, at=NOW, account=account) for _ in range(2))
    assert "đã dùng" in use(first)
    with pytest.raises(Invalid, match="10 ký tự"):
        use(second, "ngắn", minutes=1)
    assert use(second, minutes=29) == ""
    third = invite(actor=cast.quan, at=NOW, account=account)
    assert "30 phút" in use(third, minutes=31)
    assert enter("moi.tv", NEW).is_admitted


def test_a_link_ends_open_sessions_and_is_no_second_step(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "lan")
    Account.objects.filter(login="lan").update(needs_second_factor=True)
    assert use(invite(actor=cast.quan, at=NOW, account=cast.accounts["lan"])) == ""
    assert client.get("/toi").status_code == 302
    assert not enter("lan", NEW).is_admitted


def test_links_are_not_to_be_guessed(cast: Cast) -> None:
    told = [use(f"bịa{guess}") for guess in range(3)]
    assert told[2].startswith("Đợi 15 phút")


def test_amending_and_moving_leave_records(cast: Cast) -> None:
    lan = cast.accounts["lan"]
    same = {"email": "", "phone": "", "needs_second_factor": False}
    assert amend_account(actor=cast.quan, at=NOW, account=lan, name="Hoàng Thị  Lan", **same).name == "Hoàng Thị Lan"
    assert "identity.account_amended" not in what_happened(lan.ref)
    amend_account(actor=cast.quan, at=NOW, account=lan, name="Hoàng Thị Lan Anh", **same)
    move_account(actor=cast.quan, at=NOW, account=lan, agency=cast.stc.pk)
    assert what_happened(lan.ref)[-3:-1] == ["identity.account_amended", "identity.account_moved"]
    with pytest.raises(Refused):
        close_account(actor=cast.quan, at=NOW, account=lan)


def test_a_closed_account_gets_no_link(cast: Cast) -> None:
    close_account(actor=cast.quan, at=NOW, account=cast.accounts["lan"])
    with pytest.raises(WrongState, match="đã đóng"):
        invite(actor=cast.quan, at=NOW, account=cast.accounts["lan"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hoa", {"hoa", "lan"}),
        ("Hoàng", {"lan"}),
        ("hoàng lan", {"lan"}),
        ("tran hoa", {"hoa"}),
        ("trân", set()),
        ("nga", {"nga"}),
    ],
)
def test_people_are_found_with_and_without_marks(cast: Cast, text: str, found: set[str]) -> None:
    page = queries.account_page(cast.quan, NOW.date(), text)
    assert {row.login for row in page.rows} == found


def test_pages_go_forth_and_back_in_vietnamese_order(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 4)
    first = queries.account_page(cast.quan, NOW.date())
    second = queries.account_page(cast.quan, NOW.date(), after=first.after)
    last = queries.account_page(cast.quan, NOW.date(), after=second.after)
    names = [row.name.split()[-1] for page in (first, second, last) for row in page.rows]
    assert names == ["Dũng", "Hoa", "Hùng", "Lan", "Nga", "Phúc", "Quản", "Sơn", "Tâm"]
    assert (first.before, last.after) == ("", "")
    assert queries.account_page(cast.quan, NOW.date(), before=second.before).rows == first.rows
    assert queries.account_page(cast.quan, NOW.date(), after="/²").rows == first.rows


def test_the_list_costs_the_same_queries_for_few_and_many(cast: Cast, django_assert_num_queries: object) -> None:
    for agency, actor in ((cast.stc, cast.tinh), (cast.skhcn, cast.quan)):
        assert agency
        with django_assert_num_queries(1):
            queries.account_page(actor, NOW.date())


def test_the_pages_of_administration(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "quan")
    assert "Tạ Văn Mới" not in client.get("/quan-tri/tai-khoan").content.decode()
    assert send(client, "/quan-tri/tai-khoan/mo", name="Tạ Văn Mới", login="Có dấu").status_code == 422
    made = send(client, "/quan-tri/tai-khoan/mo", name="Tạ Văn Mới", login="moi.tv").headers["Location"]
    assert "/moi/" in send(client, f"{made}/moi").content.decode()
    assert "Tạ Văn Mới" in client.get("/quan-tri/tai-khoan?q=moi").content.decode()
    send(client, f"{made}/dong")
    assert Account.objects.get(login="moi.tv").closed_at
    stranger, nobody = (client.get(f"/quan-tri/tai-khoan/{pk}") for pk in (cast.accounts["thu"].pk, 10**9))
    assert stranger.status_code == nobody.status_code == 404
    assert _without_keys(stranger.content.decode()) == _without_keys(nobody.content.decode())


def _without_keys(page: str) -> str:
    """A page without what is drawn anew each time."""
    return re.sub(r'(value|datetime)="[^"]*"|[?/]\d+\b', "", page)


def test_others_do_not_see_the_administration(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "hoa")
    assert client.get("/quan-tri/tai-khoan").status_code == 403
    assert "/quan-tri/tai-khoan" not in client.get("/toi").content.decode()


def test_the_first_administrator_comes_by_a_link_and_administers_the_province(db: None, capsys: object) -> None:
    call_command("first_admin_link")
    link = capsys.readouterr().out.strip()
    assert "/moi/" in link
    assert use(link.rpartition("/")[2]) == ""
    account = Account.objects.get(login="quantri")
    admin = actor_of(account.pk, NOW.date())
    assert open_in(admin, 1).agency == 1
    with pytest.raises(CommandError, match="đã đặt mật khẩu"):
        call_command("first_admin_link")


def test_only_the_installation_invites_the_first_administrator(cast: Cast) -> None:
    with pytest.raises(Refused):
        invite_first_admin(actor=cast.tinh, at=NOW)
    assert enter("tinh", PASSWORD).is_admitted

"""Who can be written to, and from which posts they act."""

from datetime import timedelta

from tests.cast import AT, Cast
from tram.identity.commands.accounts import close_account
from tram.identity.models import Account
from tram.notifications.sockets import addressees, holders
from tram.organisation.commands.posts import set_absence
from tram.organisation.queries import posts_by_account

find = addressees["organisation"]


def test_only_people_with_an_address_and_a_post_are_written_to(cast: Cast) -> None:
    Account.objects.filter(login__in=["lan", "dung"]).update(email="ai@laocai.example")
    assert {one.name for one in find(AT.date())} == {"Hoàng Thị Lan", "Lê Tiến Dũng"}
    (lan,) = find(AT.date(), cast.accounts["lan"].pk)
    assert lan.posts == (cast.posts["lan"].pk,)


def test_a_substitute_is_told_of_the_absent_persons_work_too(cast: Cast) -> None:
    Account.objects.filter(login="hung").update(email="hung@laocai.example")
    set_absence(
        actor=cast.son,
        at=AT,
        post=cast.posts["son"],
        substitute=cast.posts["hung"],
        since=AT.date(),
        until=AT.date() + timedelta(days=2),
        reason="Đi công tác",
    )
    (hung,) = find(AT.date())
    assert hung.posts == (cast.posts["hung"].pk, cast.posts["son"].pk)
    (later,) = find(AT.date() + timedelta(days=3))
    assert later.posts == (cast.posts["hung"].pk,)


def test_the_accounts_behind_a_post_are_those_that_act_from_it(cast: Cast) -> None:
    day, behind = AT.date(), holders["organisation"]
    set_absence(
        actor=cast.son, at=AT, post=cast.posts["son"], substitute=cast.posts["hung"], since=day, until=day, reason="Công tác"
    )  # fmt: skip
    for on in (day, day + timedelta(days=1), day - timedelta(days=900)):
        acts = posts_by_account(on)
        for post in cast.posts.values():
            assert behind(post.pk, on) == sorted(one for one, posts in acts.items() if post.pk in posts), on
    assert behind(cast.posts["son"].pk, day) == sorted(cast.accounts[one].pk for one in ("son", "hung"))
    close_account(actor=cast.quan, at=AT, account=cast.accounts["hung"])
    assert behind(cast.posts["son"].pk, day) == [cast.accounts["son"].pk]

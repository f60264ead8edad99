"""What reaches people without their asking holds nothing that they may not read: notices and the mails of the day."""

from datetime import date

from tests.notifications.pushing import Browser, device_of
from tests.rights.engine import undone
from tests.rights.scene import AT, CANARIES, Scene
from tests.rights.table import readers
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.notifications import commands, queries
from tram.notifications.models import Notice
from tram.notifications.rules import digests as rules

DAY, EVE = AT.date(), date(2026, 11, 24)
"""The day of the scene, and that before its work is due."""


def foreign(login: str, text: str) -> list[str]:
    """The canaries in a text that this person may not read."""
    return [about for about, word in CANARIES.items() if word in text and login not in readers()[about]]


def test_a_notice_tells_its_readers_nothing_foreign(scene: Scene) -> None:
    holders: dict[int, list[str]] = {}
    for login in scene.cast.accounts:
        for post in scene.cast.actor(login).posts(DAY):
            holders.setdefault(post, []).append(login)
    notices = list(Notice.objects.exclude(post=None).values_list("post", "sentence"))
    assert any(word in sentence for _, sentence in notices for word in CANARIES.values())
    wrong = [
        (login, sentence) for post, sentence in notices for login in holders.get(post, []) if foreign(login, sentence)
    ]
    assert not wrong


def test_a_mail_of_the_day_tells_its_reader_nothing_foreign(scene: Scene) -> None:
    with undone():
        for login, account in scene.cast.accounts.items():
            Account.objects.filter(pk=account.pk).update(email=f"{login}@laocai.gov.vn")
        said = {}
        for person in queries.writable(EVE):
            lines, unread = queries.due_lines(person, EVE)
            said[person.email.partition("@")[0]] = rules.body(person.name, lines, unread, "http://localhost")
    assert len(said) > 20 and any(word in text for text in said.values() for word in CANARIES.values())
    assert not {login: foreign(login, text) for login, text in said.items() if foreign(login, text)}


def test_a_push_holds_no_word_of_any_thing_foreign_or_own(scene: Scene) -> None:
    """Screens are locked but lit: whoever walks by may read there what the one who holds the device may."""
    with undone():
        commands.found_push_key(actor=Actor.system(), at=AT)
        browser, said = Browser(), set()
        device = device_of(scene.cast.actor("lan"), AT, "điện thoại", browser=browser).pk
        notices = list(Notice.objects.all())
        assert any(word in one.sentence for one in notices for word in CANARIES.values())
        for one in notices:
            parcel = queries.parcel(one.pk, device, AT, is_urgent=True)
            assert parcel is not None
            said |= {browser.opened(parcel.body).decode(), *parcel.headers.values(), parcel.endpoint}
    assert len(said) > len(notices) and not [text for text in said for word in CANARIES.values() if word in text]

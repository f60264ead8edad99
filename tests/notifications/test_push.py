"""Push: who is told on which device, what it says, and what becomes of a device that cannot be told."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.notifications.pushing import Browser, Service, claims, device_of, service, signs_in, waiting, work
from tests.search.conftest import NOW, somebody
from tram.audit.queries import what_happened
from tram.identity.models import Account, SignIn
from tram.keeping.rules.places import LEFT_OUT
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.notifications import commands, queries
from tram.notifications.models import Device, Notice
from tram.notifications.rules.sealing import bytes64
from tram.notifications.rules.services import BACK_OFF, MOST_DEVICES, MOST_FAILURES
from tram.notifications.sockets import Phrase, Push, holders, phrases

pytestmark = pytest.mark.django_db
SYSTEM, LAN, BOSS = Actor.system(), somebody(post=3), Actor(account=77, name="Sơn")
CANARY, URL = "qzkinqz", "/viec/1"
KINDS = {
    "tests.waits": ("Việc mới", Push.WAITS),
    "tests.urgent": ("Việc bị thu hồi", Push.URGENT),
    "tests.calm": ("Đã xong", Push.NEVER),
}
EVENT = {"about": "identity.account/1"}


@pytest.fixture(autouse=True)
def ground(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    """Hoa holds post 3; pushes may go to this machine; the installation has its key."""
    for kind, (name, push) in KINDS.items():
        if kind not in phrases:
            phrases.plug(kind, Phrase(name, "{actor} giao “{title}”", "Bạn có một việc hạn chế mới", push))
    monkeypatch.setattr(holders, "_plugs", {"tests": lambda post, on: [1] if post == 3 else []})
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.TRAM_PUSH_TO_SELF, settings.TRAM_DATA = True, tmp_path
    commands.found_push_key(actor=SYSTEM, at=NOW)


@pytest.fixture
def twin() -> Iterator[Service]:
    with service() as told:
        yield told


@pytest.fixture
def phone() -> Browser:
    return Browser()


@pytest.fixture
def device(twin: Service, phone: Browser) -> Device:
    """Hoa's browser, in which she signed in this morning."""
    signs_in(1, "máy của Hoa", NOW - timedelta(hours=1))
    return device_of(LAN, NOW, "máy của Hoa", twin.url + "/hoa", phone)


def tell(kind: str = "tests.waits", about: str = "tests.task/1", **options: Any) -> None:
    to: dict[str, Any] = {"to_posts": [3]} | options
    commands.notify(actor=BOSS, at=NOW, kind=kind, about=about, url=URL, title=CANARY, **to)


def test_what_waits_for_somebody_reaches_their_device_and_says_only_its_kind(
    twin: Service, device: Device, phone: Browser, settings: Any
) -> None:
    settings.TRAM_PUBLIC_URL = "https://tram.laocai.gov.vn"
    tell()
    assert not twin.taken, "nothing leaves within the request"
    assert work(NOW) == 1
    [(path, headers, body)] = twin.taken
    told = phone.told(body)
    assert path == "/hoa" and told == {"title": "Việc mới", "url": URL, "tag": headers["Topic"]}
    assert (headers["Content-Encoding"], headers["TTL"], headers["Urgency"]) == ("aes128gcm", "86400", "normal")
    who = claims(headers["Authorization"])
    key = queries.push_key()
    assert who["aud"] == twin.url and who["sub"] == "https://tram.laocai.gov.vn"
    assert key and headers["Authorization"].endswith(f"k={key.public}")
    assert not any(CANARY in text for text in (phone.opened(body).decode(), str(headers), path))
    device.refresh_from_db()
    assert device.told_at == NOW and not waiting()


def test_restricted_things_show_no_more_than_others(twin: Service, device: Device, phone: Browser) -> None:
    tell(is_restricted=True)
    work(NOW)
    assert phone.told(twin.taken[0][2])["title"] == "Việc mới" and CANARY not in phone.opened(twin.taken[0][2]).decode()


def test_a_notice_to_an_account_reaches_that_accounts_device(twin: Service, device: Device) -> None:
    tell(to_posts=[], to_accounts=[1])
    tell(to_posts=[4], to_accounts=[77])
    assert work(NOW) == 1 and len(twin.taken) == 1


def test_a_kind_that_waits_for_nobody_is_pushed_only_where_it_is_urgent(twin: Service, device: Device) -> None:
    for kind, urgent, sent in (
        ("tests.calm", True, 0), ("tests.urgent", False, 0), ("tests.urgent", True, 1), ("tests.unknown", True, 0),
        ("tests.waits", True, 1),
    ):  # fmt: skip
        twin.taken.clear()
        commands.notify(
            actor=BOSS, at=NOW, kind=kind if kind in phrases else "notifications.preferred", about="tests.task/1", url=URL,
            to_posts=[3], is_urgent=urgent, title="",
        )  # fmt: skip
        work(NOW)
        assert [headers["Urgency"] for _, headers, _ in twin.taken] == ["high"] * sent, kind


def test_without_any_device_nothing_is_put_off_and_telling_costs_one_statement(
    django_assert_num_queries: Any, twin: Service
) -> None:
    with django_assert_num_queries(3):  # the savepoint of the command, and one INSERT
        tell()
    assert not waiting()
    device_of(LAN, NOW, "máy của Hoa")
    with django_assert_num_queries(4):  # the same, and the job
        tell()


def test_a_later_message_about_one_thing_takes_the_place_of_the_earlier(twin: Service, device: Device) -> None:
    for about in ("tests.task/1", "tests.task/1", "tests.task/2"):
        tell(about=about)
    work(NOW)
    topics = [headers["Topic"] for _, headers, _ in twin.taken]
    assert topics[0] == topics[1] != topics[2] and all(len(one) == 32 and bytes64(one) for one in topics)


def test_what_was_read_meanwhile_or_is_a_day_old_is_not_pushed(twin: Service, device: Device) -> None:
    tell()
    commands.read_all(actor=LAN, at=NOW)
    assert work(NOW) == 0
    tell()
    Notice.objects.update(at=NOW - timedelta(hours=24))
    assert work(NOW) == 0 and not twin.taken


def test_a_kind_switched_off_on_devices_still_stands_inside(twin: Service, device: Device) -> None:
    on = {(one.kind, one.channel) for one in queries.preferences(1)} - {("tests.waits", "push")}
    commands.prefer(actor=LAN, at=NOW, switches_on=on)
    tell()
    assert work(NOW) == 0 and queries.unread(LAN, NOW.date()) == 1
    commands.prefer(actor=LAN, at=NOW, switches_on=on - {("tests.waits", "app")} | {("tests.waits", "push")})
    tell()
    assert work(NOW) == 1 and queries.unread(LAN, NOW.date()) == 0, "each channel has a switch of its own"


def test_a_kind_that_is_never_pushed_has_no_switch_for_it() -> None:
    switches = {(one.kind, one.channel): one.note for one in queries.preferences(1) if one.kind in KINDS}
    assert switches == {
        ("tests.waits", "app"): "", ("tests.waits", "push"): "", ("tests.urgent", "app"): "",
        ("tests.urgent", "push"): "chỉ khi khẩn", ("tests.calm", "app"): "",
    }  # fmt: skip


def test_in_quiet_hours_a_push_waits_for_their_end(
    twin: Service, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.keep_quiet(actor=LAN, at=NOW, since=time(9, 30), until=time(11, 15))
    tell()
    tell(about="tests.task/2")
    assert work(NOW) == 0 and not twin.taken
    end = NOW.replace(hour=11, minute=15)
    assert [at for _, _, at in waiting()] == [end, end]
    commands.read_about(actor=LAN, at=NOW, about="tests.task/2")
    monkeypatch.setattr(clock, "now", lambda: end)
    work(end)
    assert len(twin.taken) == 1 and not waiting(), "what was read meanwhile is not told"


def test_quiet_hours_chosen_after_it_was_put_off_hold_too(twin: Service, device: Device) -> None:
    twin.answers = [(503, {})]
    tell()
    work(NOW)
    commands.keep_quiet(actor=LAN, at=NOW, since=time(9, 30), until=time(11, 15))
    [(_, _, again)] = waiting()
    assert again is not None and work(again) == 1
    assert [at for _, _, at in waiting()] == [NOW.replace(hour=11, minute=15)] and len(twin.taken) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_its_service_does_not_know_any_more_ends(twin: Service, device: Device, status: int) -> None:
    twin.answers = [(status, {})]
    tell()
    work(NOW)
    assert not Device.objects.exists() and not waiting()
    assert what_happened(EVENT["about"])[-1] == "notifications.device_ended"


def test_a_service_that_fails_is_asked_again_ever_later_and_five_times_at_most(
    twin: Service, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin.answers, at, waits = [(500, {})] * 9, NOW, []
    tell()
    work(NOW)
    while put_off := waiting():
        [(_, _, again)] = put_off
        assert again is not None
        waits.append(again - at)
        at = again
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        work(at)
    device.refresh_from_db()
    assert waits == list(BACK_OFF) and len(twin.taken) == 5 and (device.failures, device.told_at) == (1, None)


def test_a_service_says_how_long_to_wait(twin: Service, device: Device) -> None:
    twin.answers = [(429, {"Retry-After": "600"})]
    tell()
    work(NOW)
    [(name, args, again)] = waiting()
    assert name == "push_to" and args["tried"] == 1 and again == NOW + timedelta(minutes=10)
    work(again)
    device.refresh_from_db()
    assert device.failures == 0 and device.told_at is not None


def test_twenty_notices_in_a_row_that_were_not_taken_end_a_device(twin: Service, device: Device) -> None:
    twin.answers = [(403, {})] * MOST_FAILURES
    for number in range(MOST_FAILURES):
        assert Device.objects.get().failures == number
        tell()
        work(NOW)
    assert not Device.objects.exists() and what_happened(EVENT["about"])[-1] == "notifications.device_ended"


def test_an_address_that_has_come_to_lead_elsewhere_is_not_called(twin: Service, device: Device, settings: Any) -> None:
    settings.TRAM_PUSH_TO_SELF = False
    tell()
    work(NOW)
    device.refresh_from_db()
    assert not twin.taken and device.failures == 1
    Device.objects.update(endpoint="https://localhost/x")
    settings.TRAM_PUSH_SERVICES = ("localhost",)
    tell()
    work(NOW)
    device.refresh_from_db()
    assert device.failures == 2 and not waiting(), "the name is allowed, but leads to this machine"


def test_nobody_who_signed_out_there_is_told(twin: Service, device: Device) -> None:
    tell()
    SignIn.objects.update(ended_at=NOW)
    assert work(NOW) == 0 and not twin.taken and queries.devices(1, NOW, None) == []
    commands.sweep_devices(actor=SYSTEM, at=NOW)
    assert not Device.objects.exists() and what_happened("notifications.device/0")[-1] == "notifications.devices_swept"


def test_a_session_that_ran_out_does_not_end_a_device_but_a_month_without_one_does(
    twin: Service, device: Device
) -> None:
    commands.sweep_devices(actor=SYSTEM, at=NOW + timedelta(days=29))
    assert [one.pk for one in queries.devices(1, NOW + timedelta(days=29), None)] == [device.pk]
    commands.sweep_devices(actor=SYSTEM, at=NOW + timedelta(days=31))
    assert not Device.objects.exists()


def test_somebody_else_at_the_same_machine_is_not_shown_the_first_ones_notices(twin: Service, device: Device) -> None:
    Account.objects.create(pk=2, login="lan", name="Lan", name_key="lan", created_at=NOW)
    signs_in(2, "máy của Hoa", NOW)
    tell()
    assert work(NOW) == 0
    other = device_of(Actor(account=2, name="Lan"), NOW, "máy của Hoa", twin.url + "/hoa")
    assert [(one.pk, one.account) for one in Device.objects.all()] == [(other.pk, 2)], "the address is now hers"


def test_a_closed_account_is_told_nothing(twin: Service, device: Device) -> None:
    Account.objects.update(closed_at=NOW)
    tell(to_posts=[], to_accounts=[1])
    assert work(NOW) == 0 and not twin.taken


def test_asking_twice_leaves_one_device_and_one_record(device: Device, twin: Service, phone: Browser) -> None:
    again = device_of(LAN, NOW, "máy của Hoa", device.endpoint, phone)
    assert again.pk == device.pk and what_happened(EVENT["about"]) == ["notifications.device_added"]
    device_of(LAN, NOW, "máy của Hoa", twin.url + "/new")
    assert [one.endpoint for one in Device.objects.all()] == [twin.url + "/new"], "a browser has one address"


def test_what_is_no_subscription_is_refused_with_a_sentence(phone: Browser) -> None:
    good: dict[str, Any] = {"browser": b"1", "device": "", "endpoint": "https://fcm.googleapis.com/x", **phone.fields}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"endpoint": "https://10.0.0.1/x"}, "không đúng|không gửi qua"), ({"endpoint": ""}, "không đúng"),
        ({"endpoint": "https://kho.tinh.vn/x"}, "kho.tinh.vn"), ({"point": ""}, "không đúng"), ({"auth": "abc"}, "không đúng"),
        ({"point": phone.fields["auth"]}, "không đúng"), ({"browser": None}, "đăng nhập lại"),
    ]  # fmt: skip
    for change, words in wrong:
        with pytest.raises(Invalid, match=words):
            commands.subscribe(actor=LAN, at=NOW, **{**good, **change})
    for number in range(MOST_DEVICES):
        device_of(LAN, NOW, f"máy {number}")
    with pytest.raises(Invalid, match="10 thiết bị"):
        commands.subscribe(actor=LAN, at=NOW, **good)
    assert device_of(LAN, NOW, "máy 3", "https://fcm.googleapis.com/anew")
    with pytest.raises(Refused):
        commands.subscribe(actor=Actor(account=None, name=""), at=NOW, **good)


def test_one_ends_ones_own_device_and_nobody_elses(device: Device) -> None:
    with pytest.raises(Hidden):
        commands.unsubscribe(actor=BOSS, at=NOW, device=device.pk)
    commands.unsubscribe(actor=LAN, at=NOW, device=device.pk)
    assert not Device.objects.exists() and what_happened(EVENT["about"])[-1] == "notifications.device_removed"
    with pytest.raises(Hidden):
        commands.unsubscribe(actor=LAN, at=NOW, device=device.pk)


def test_who_runs_the_machine_turns_it_off_for_everybody(twin: Service, device: Device, settings: Any) -> None:
    tell()
    settings.TRAM_PUSH = False
    assert work(NOW) == 0
    tell()
    assert not waiting() and not any(one.channel == "push" for one in queries.preferences(1))
    with pytest.raises(WrongState, match="đã tắt"):
        device_of(LAN, NOW, "máy khác")
    off = [("tests.waits", "push")]
    settings.TRAM_PUSH = True
    commands.prefer(
        actor=LAN, at=NOW, switches_on={(one.kind, one.channel) for one in queries.preferences(1)} - set(off)
    )
    settings.TRAM_PUSH = False
    commands.prefer(actor=LAN, at=NOW, switches_on={(one.kind, one.channel) for one in queries.preferences(1)})
    settings.TRAM_PUSH = True
    assert [(one.kind, one.channel) for one in queries.preferences(1) if not one.is_on] == off, "the wish was kept"


def test_the_key_is_made_once_and_only_its_owner_reads_it() -> None:
    place = queries.push_key_place()
    first = place.read_bytes()
    commands.found_push_key(actor=SYSTEM, at=NOW)
    assert place.read_bytes() == first and place.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in place.parent.iterdir()] == [
        "vapid.pem"
    ] and place.parent.stat().st_mode & 0o777 == 0o700
    assert not LEFT_OUT.fullmatch(place.parent.name), "so it is in every backup"
    with pytest.raises(Refused):
        commands.found_push_key(actor=LAN, at=NOW)


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_takes_the_same_number_of_queries(rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        signs_in(1, f"máy {number}", NOW)
        device_of(LAN, NOW, f"máy {number}")
    with django_assert_num_queries(2):  # the devices, and who sits there
        assert len(queries.devices(1, NOW, None)) == rows
    tell()
    notice = Notice.objects.get().pk
    with django_assert_num_queries(5):  # the notice, the switches, the devices, the quiet hours, who sits there
        assert len(queries.pushes(notice, NOW)) == rows


def test_pushing_happens_in_the_worker_alone() -> None:
    """The queue holds keys; the address, its secrets and the words are read when the job runs."""
    signs_in(1, "máy của Hoa", NOW)
    device_of(LAN, NOW, "máy của Hoa")
    tell()
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = 'tram.notifications.jobs.push'")
        [(args,)] = cursor.fetchall()
    assert CANARY not in args and "fcm" not in args and isinstance(NOW, datetime)

"""Where a push may go: to the services that we know, in the public internet, once, without being led on."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, timedelta
from threading import Thread
from typing import Any

import pytest

from tests.notifications.pushing import service
from tram.kernel.clock import LOCAL
from tram.notifications.rules import services
from tram.notifications.rules.services import Fate, Inside, Reply, is_outside, next_try, post, problem, quiet_end


@pytest.mark.parametrize("endpoint", [
    "https://fcm.googleapis.com/fcm/send/dGVzdA:APA91b", "https://fcm.googleapis.com:443/wp/x",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA", "https://web.push.apple.com/QGv",
    "https://wns2-par02p.notify.windows.com/w/?token=BQY%3d",
])  # fmt: skip
def test_the_services_of_the_known_browsers_are_taken(endpoint: str) -> None:
    assert problem(endpoint) == ""


@pytest.mark.parametrize("endpoint", [
    "", "fcm.googleapis.com", "http://fcm.googleapis.com/x", "ftp://fcm.googleapis.com/x", "https://", "https:///x",
    "https://user:pw@fcm.googleapis.com/x", "https://fcm.googleapis.com@127.0.0.1/x", "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:0/", "https://fcm.googleapis.com:99999/", "https://fcm.googleapis.com/x#y",
    "https://127.0.0.1/x", "https://[::1]/x", "https://localhost/x", "https://10.0.0.5/x", "https://169.254.169.254/latest",
    "https://2130706433/x", "https://0x7f.1/x", "https://fcm.googleapis.com.evil.vn/x", "https://evilfcm.googleapis.com/x",
    "https://push.apple.com/x", "https://notify.windows.com.evil.vn/", "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\r\nHost: a", "https://fcm.googleapis.com/đ", "https://fcm.googleapis.com./x",
    "https://" + "a" * 64 + ".push.apple.com/x", "https://a..push.apple.com/x", "https://fcm.googleapis.com/" + "x" * 1000, "https://[", "http://127.0.0.1:8000/x", "https://fcm.googleapis.com\\@a.vn/",
])  # fmt: skip
def test_every_other_address_is_refused_with_a_sentence(endpoint: str) -> None:
    assert problem(endpoint).endswith(".")


def test_who_runs_the_machine_may_name_other_services() -> None:
    assert "TRAM_PUSH_SERVICES" in problem("https://push.tinh.vn/x")
    assert problem("https://push.tinh.vn/x", ["push.tinh.vn"]) == problem("https://a.tinh.vn/x", [".tinh.vn"]) == ""
    assert problem("https://tinh.vn/x", [".tinh.vn"]) and problem("http://push.tinh.vn/x", ["push.tinh.vn"])


@pytest.mark.parametrize(("address", "outside"), [
    ("142.250.199.10", True), ("2404:6800:4005::200a", True), ("::ffff:142.250.199.10", True), ("64:ff9b::8efa:c70a", True),
    ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
    ("100.64.0.1", False), ("0.0.0.0", False), ("255.255.255.255", False), ("224.0.0.1", False), ("192.0.2.1", False),
    ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False), ("2001:db8::1", False),
    ("::ffff:10.0.0.1", False), ("::127.0.0.1", False), ("64:ff9b::7f00:1", False), ("64:ff9b:1::7f00:1", False),
    ("2002:7f00:1::1", False), ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
])  # fmt: skip
def test_an_address_is_judged_by_where_it_leads(address: str, outside: bool) -> None:
    assert is_outside(address) is outside


Names = Callable[..., None]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """What the outside world's names lead to."""

    def lead(*addresses: str) -> None:
        def found(host: str, port: int, **options: Any) -> list[Any]:
            kinds = [(socket.AF_INET6 if ":" in one else socket.AF_INET, one) for one in addresses]
            return [(kind, socket.SOCK_STREAM, 6, "", (one, port)) for kind, one in kinds]

        monkeypatch.setattr(services.socket, "getaddrinfo", found)

    return lead


@pytest.mark.parametrize("inner", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fe80::1", "::ffff:192.168.0.1"])
def test_a_known_name_that_leads_inside_is_not_called(names: Names, inner: str) -> None:
    """Even where another of its addresses lies outside: who answers for the name may choose which is taken."""
    with service() as twin:
        names("142.250.199.10", inner)
        with pytest.raises(Inside):
            post(f"https://fcm.googleapis.com:{twin.url.rpartition(':')[2]}/x", {}, b"")
        assert not twin.taken


def test_it_connects_to_the_address_that_was_judged_and_asks_no_second_time(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[Any] = []

    def connect(place: Any, timeout: float) -> socket.socket:
        called.append((place, timeout))
        raise TimeoutError

    names("2404:6800:4005::200a", "142.250.199.10")
    monkeypatch.setattr(services.socket, "create_connection", connect)
    with pytest.raises(TimeoutError):
        post("https://fcm.googleapis.com/x", {}, b"")
    assert called == [(("142.250.199.10", 443), 5.0), (("2404:6800:4005::200a", 443), 5.0)]


def test_a_redirect_is_not_followed_and_takes_nothing() -> None:
    with service() as target, service() as twin:
        twin.answers = [(307, {"Location": target.url + "/x"})]
        reply = post(twin.url + "/a?b=c", {"TTL": "60"}, b"body", to_self=True)
        assert (reply.status, reply.fate, target.taken) == (307, Fate.REFUSED, [])
        [(path, headers, body)] = twin.taken
        assert (path, headers["TTL"], body) == ("/a?b=c", "60", b"body")


def _answering(words: bytes) -> tuple[str, Thread]:
    """A door that says something to one caller and leaves the line open until they go."""
    door = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with suppress(ConnectionError), door, door.accept()[0] as line:
            line.recv(65536)
            line.sendall(words)
            line.settimeout(5)
            while line.recv(1024):
                pass

    thread = Thread(target=answer, daemon=True)
    thread.start()
    return f"http://127.0.0.1:{door.getsockname()[1]}/x", thread


def test_who_answers_slowly_or_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "WHOLE", 0.2)
    for words, wrong in (
        (b"HTTP/1.1 201", TimeoutError),
        (b"x" * 20_000, ConnectionError),
        (b"SSH-2.0\r\n\r\n", ConnectionError),
    ):
        url, thread = _answering(words)
        with pytest.raises(wrong):
            post(url, {}, b"", to_self=True)
        thread.join(5)


def test_a_service_must_prove_its_name() -> None:
    """What answers on this port speaks no TLS at all; a wrong certificate ends in the same kind of fault."""
    url, thread = _answering(b"HTTP/1.1 201 Created\r\n\r\n")
    with pytest.raises(ssl.SSLError):
        post(url.replace("http:", "https:"), {}, b"", to_self=True)
    thread.join(5)
    assert services._trust().check_hostname and services._trust().verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize(("status", "fate"), [
    (200, Fate.TOLD), (201, Fate.TOLD), (202, Fate.TOLD), (404, Fate.GONE), (410, Fate.GONE), (429, Fate.LATER), (408, Fate.LATER),
    (500, Fate.LATER), (503, Fate.LATER), (301, Fate.REFUSED), (400, Fate.REFUSED), (403, Fate.REFUSED), (413, Fate.REFUSED),
])  # fmt: skip
def test_an_answer_has_its_meaning(status: int, fate: Fate) -> None:
    assert Reply(status).fate is fate


def test_tries_grow_apart_and_end_and_a_service_may_ask_for_more() -> None:
    assert [next_try(tried, 0) for tried in range(1, 6)] == [*services.BACK_OFF, None]
    assert next_try(1, 300) == timedelta(minutes=5) and next_try(1, 10**9) == timedelta(hours=1)


@pytest.mark.parametrize(("now", "end"), [
    ("2026-11-18 22:00", "2026-11-19 06:30"), ("2026-11-18 03:00", "2026-11-18 06:30"), ("2026-11-18 06:30", None),
    ("2026-11-18 12:00", None), ("2026-11-18 21:00", "2026-11-19 06:30"),
])  # fmt: skip
def test_quiet_hours_have_an_end(now: str, end: str | None) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=LOCAL)
    found = quiet_end(at, time(21), time(6, 30))
    assert (f"{found:%Y-%m-%d %H:%M}" if found else None) == end

"""Cách nhận thông báo: switches for each channel, this device, and one's other devices."""

import gzip
import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as house
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.house.plan import TRAM
from tests.notifications.pushing import FCM, Browser
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.notifications import commands
from tram.notifications.models import Device, Silence

pytestmark = pytest.mark.django_db
PAGE = "/thong-bao/cach-nhan"


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Any) -> None:
    settings.TRAM_DATA = tmp_path
    commands.found_push_key(actor=Actor.system(), at=now())


def send(client: Client, path: str, **fields: Any) -> Any:
    return client.post(path, {**fields, "idempotency_key": str(uuid4())})


@pytest.fixture
def lan(client: Client, cast: Cast) -> Client:
    send(client, "/dang-nhap", login="lan", password=PASSWORD)
    return client


def subscribed(client: Client, name: str = "a") -> Any:
    return send(client, "/thong-bao/thiet-bi", endpoint=FCM + name, **Browser().fields)


def words(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_a_device_is_switched_on_and_off(lan: Client, cast: Cast) -> None:
    page = words(lan)
    assert "Bật được khi trình duyệt chạy mã" in page and re.search(r'data-push="[\w-]{87}"', page)
    assert "data-push-on hidden" in page and "data-push-off" not in page, "without the script there is no dead button"
    assert subscribed(lan).status_code == 302
    page, device = words(lan), Device.objects.get()
    assert device.account == cast.accounts["lan"].pk and "Đang bật trên thiết bị này." in page
    assert "(thiết bị này)" in page and f"/thong-bao/thiet-bi/{device.pk}/thoi" in page
    assert device.endpoint not in page, "the address is a secret of the device's"
    other = Client()
    send(other, "/dang-nhap", login="lan", password=PASSWORD)
    assert "(thiết bị này)" not in words(other) and "Thiết bị đang nhận" in words(other)
    send(other, f"/thong-bao/thiet-bi/{device.pk}/thoi")
    assert not Device.objects.exists() and "Đã thôi thông báo đẩy" in words(other)


def test_nobody_ends_anothers_device_or_learns_of_it(lan: Client, cast: Cast) -> None:
    subscribed(lan)
    stranger = cast.signed_in(Client(), "tuan")
    pk = Device.objects.get().pk
    answers = [send(stranger, f"/thong-bao/thiet-bi/{one}/thoi") for one in (pk, 987654)]
    assert [one.status_code for one in answers] == [404, 404] and Device.objects.exists()
    assert "Thiết bị đang nhận" not in words(stranger)
    answer = subscribed(stranger)
    assert answer.status_code == 422 and "đăng nhập lại" in answer.content.decode(), "their sign-in bears no cookie"


def test_signing_out_ends_it_on_that_device_alone(lan: Client, cast: Cast) -> None:
    other = Client()
    send(other, "/dang-nhap", login="lan", password=PASSWORD)
    assert subscribed(lan).status_code == subscribed(other, "b").status_code == 302
    assert words(other).count("/thoi") == 2
    answer = send(lan, "/dang-xuat")
    assert '"storage"' in answer.headers["Clear-Site-Data"], "the browser lets its half go too"
    assert words(other).count("/thoi") == 1


def test_what_the_browser_did_not_give_is_told(lan: Client) -> None:
    for fields in (
        {},
        {"endpoint": "https://10.0.0.7/x", **Browser().fields},
        {"endpoint": FCM, "point": "x", "auth": "\0"},
    ):
        answer = send(lan, "/thong-bao/thiet-bi", **fields)
        page = answer.content.decode()
        assert answer.status_code == 422 and 'class="errors"' in page and "Bật trên thiết bị này" in page
    assert not Device.objects.exists()


def test_switched_off_or_without_a_key_the_page_says_so(lan: Client, settings: Any, tmp_path: Any) -> None:
    settings.TRAM_PUSH = False
    page = words(lan)
    assert "đã tắt thông báo đẩy" in page and "data-push" not in page and ">Đẩy<" not in page
    assert subscribed(lan).status_code == 409
    settings.TRAM_PUSH, settings.TRAM_DATA = True, tmp_path / "nowhere"
    assert "Máy chủ chưa có khóa đẩy" in words(lan)


def test_each_kind_has_its_switches_in_a_row(lan: Client, cast: Cast) -> None:
    page = words(lan)
    boxes = re.findall(r'name="on" value="([^"]+)"( checked)?', page)
    assert ("tasks.assigned push", " checked") in boxes and ("tasks.assigned app", " checked") in boxes
    assert ("digest mail", " checked") in boxes and not any(value == "outgoing.approved push" for value, _ in boxes)
    keep = [value for value, _ in boxes if value != "tasks.assigned push"]
    assert send(lan, PAGE, on=keep).status_code == 302
    off = Silence.objects.values_list("account", "kind", "channel")
    assert list(off) == [(cast.accounts["lan"].pk, "tasks.assigned", "push")]
    assert 'value="tasks.assigned push" checked' not in words(lan)


def test_the_script_is_small_and_comes_with_this_page_alone(lan: Client) -> None:
    assert "notifications/push" in words(lan) and "notifications/push" not in lan.get("/thong-bao").content.decode()
    script = (TRAM / "notifications" / "static" / "notifications" / "push.js").read_bytes()
    assert len(gzip.compress(script)) <= 2048 and b"eval" not in script and b"innerHTML" not in script
    assert house.TRAM_PUSH_TO_SELF is False, "no installation pushes into its own machine"

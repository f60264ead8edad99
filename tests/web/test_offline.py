"""What may stay in the browser: only what its view allows, never what is restricted."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.journeys.test_leader import presented
from tests.journeys.test_offline import secret

pytestmark = pytest.mark.django_db


def test_a_letter_says_whose_browser_may_keep_it_and_a_secret_row_says_nothing(cast: Cast, client: Client) -> None:
    client = cast.signed_in(client, "hoa")
    account = str(cast.actor("hoa").account)
    for path in ("/", presented(cast).url):
        assert client.get(path).headers["Offline-Owner"] == account
    for path in (secret(cast).url, "/van-ban-den/999", "/van-ban-den", "/to-chuc", "/toi"):
        assert "Offline-Owner" not in client.get(path).headers, path


def test_every_page_still_forbids_shared_and_disk_caches(cast: Cast, client: Client) -> None:
    answer = cast.signed_in(client, "hoa").get("/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_worker_and_the_page_without_a_line_know_nobody(cast: Cast, client: Client) -> None:
    ours = cast.signed_in(client, "hoa")
    for path in ("/tho-nen.js", "/mat-mang"):
        assert ours.get(path).content == Client().get(path).content
    worker = ours.get("/tho-nen.js")
    assert worker.headers["Content-Type"].startswith("text/javascript") and "/tinh/web/tram" in worker.content.decode()


def test_what_an_act_left_for_its_page_is_not_told_to_the_worker(cast: Cast, client: Client) -> None:
    ours = cast.signed_in(client, "hoa")
    left = ours.session
    left["said"] = {"notices": [{"kind": "good", "text": "Đã xác nhận hoàn thành."}]}
    left.save()
    for asked_meanwhile in ("/tho-nen.js", "/mat-mang"):
        assert "Đã xác nhận" not in ours.get(asked_meanwhile).content.decode()
    assert "Đã xác nhận hoàn thành." in ours.get("/").content.decode()
    assert "Đã xác nhận hoàn thành." not in ours.get("/van-ban-den").content.decode()

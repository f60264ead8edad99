"""Push in a real browser: the switch, what its service worker shows, and where a tap leads."""

import json
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.cast import build
from tests.journeys.conftest import Enter
from tests.journeys.test_offline import watched
from tests.notifications.pushing import FCM, Browser
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.notifications import commands
from tram.notifications.models import Device

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGE = "/thong-bao/cach-nhan"
SHOWN = "() => navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.map((n) => [n.title, n.body, n.tag]))"
TAP = """async (url) => {
  let led = "nowhere";
  const path = (of) => new URL(of).pathname;
  clients.openWindow = async (there) => { led = `opened ${path(there)}`; };
  WindowClient.prototype.focus = async function () { led = `focused ${path(this.url)}`; };
  await registration.showNotification("Việc mới", { data: url });
  const held = [], all = await registration.getNotifications();
  for (const notification of all) {
    const tap = new NotificationEvent("notificationclick", { notification });
    tap.waitUntil = (work) => held.push(work);
    dispatchEvent(tap);
  }
  await Promise.all(held);
  return led;
}"""
"""A tap as the worker sees it; only a true one may open windows, so what it would open is told."""
SERVICE = """
const bytes = (code) => Uint8Array.from(atob(code.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;
const made = (key) => key && { endpoint: "%s", options: { applicationServerKey: new Uint8Array(key.split(",")).buffer },
  getKey: (name) => bytes(name === "auth" ? "%s" : "%s"), unsubscribe: async () => localStorage.removeItem("pushed") };
PushManager.prototype.getSubscription = async () => made(localStorage.getItem("pushed"));
PushManager.prototype.subscribe = async (options) => {
  localStorage.setItem("pushed", options.applicationServerKey.join());
  return made(localStorage.getItem("pushed"));
};
"""
"""A browser's push service needs the internet: this is what it would answer."""


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Any) -> None:
    settings.TRAM_DATA = tmp_path
    commands.found_push_key(actor=Actor.system(), at=now())


def shown(page: Page, count: int) -> list[list[str]]:
    """What stands on the screen, once it is so many; the worker takes its moment."""
    found: list[list[str]] = []
    for _ in range(200):
        found = page.evaluate(SHOWN)
        if len(found) == count:
            break
        page.wait_for_timeout(25)
    return sorted(found)


CLEAR = "() => navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.forEach((n) => n.close()))"


def told_by(session: CDPSession, page: Page, push: dict[str, str], data: str) -> list[list[str]]:
    """What a push shows, each thing once. It is delivered until something stands there: the browser drops what comes
    while its worker falls asleep or wakes.
    """
    page.evaluate(CLEAR)
    shown(page, 0)
    for _ in range(10):
        session.send("ServiceWorker.deliverPushMessage", {**push, "data": data})
        for _ in range(40):
            if found := page.evaluate(SHOWN):
                return [list(one) for one in {tuple(one) for one in found}]
            page.wait_for_timeout(25)
    return []


def test_a_device_is_switched_on_shows_a_push_and_a_tap_leads_there(enter: Enter) -> None:
    cast = build()
    lan = enter("lan")
    context, browser = lan.page.context, Browser()
    context.grant_permissions(["notifications"], origin=lan.site)
    lan.page.add_init_script(SERVICE % (FCM + "lan", browser.fields["auth"], browser.fields["point"]))
    page = watched(lan, PAGE)
    page.get_by_role("button", name="Bật trên thiết bị này").click()
    page.get_by_role("button", name="Thôi báo trên").wait_for()
    device = Device.objects.get()
    assert device.account == cast.accounts["lan"].pk and bytes(device.point) == browser.point
    expect(page.locator("[data-push-words]")).to_have_text("Đang bật trên thiết bị này.")
    expect(page.get_by_role("button", name="Bật trên thiết bị này")).to_be_hidden()
    assert not lan.violations()

    session = context.new_cdp_session(page)
    seen: list[Any] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: seen.extend(told["registrations"]))
    session.send("ServiceWorker.enable")
    for _ in range(250):
        if not seen:
            page.wait_for_timeout(20)
    told = json.dumps({"title": "Việc mới", "url": "/thong-bao", "tag": "abc"})
    push = {"origin": lan.site, "registrationId": seen[0]["registrationId"]}
    odd_one = ["Trạm", "Chạm để mở trong Trạm.", ""]
    for odd in ("no json", "null"):
        assert odd_one in told_by(session, page, push, odd)
    whole = ["Việc mới", "Chạm để mở trong Trạm.", "abc"]
    assert whole in told_by(session, page, push, told)
    session.send("ServiceWorker.deliverPushMessage", {**push, "data": told})
    shown(page, 1)
    assert page.evaluate(SHOWN).count(whole) == 1, "the same tag stands once"
    worker = context.service_workers[0]
    for url, led in (("/thong-bao", "opened /thong-bao"), (PAGE, f"focused {PAGE}"), ("https://la.vn/", "nowhere")):
        assert worker.evaluate(TAP, url) == led
    assert page.evaluate(SHOWN) == [], "a tap takes it away"
    page.get_by_role("button", name="Thôi báo trên").click()
    expect(page.locator("#notices")).to_contain_text("Đã thôi thông báo đẩy")
    expect(page.get_by_role("button", name="Bật trên thiết bị này")).to_be_visible()
    assert not Device.objects.exists() and not lan.trouble


def test_a_browser_that_refuses_is_told_what_to_do(enter: Enter) -> None:
    build()
    lan = enter("lan")
    lan.page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' });")
    page = watched(lan, PAGE)
    expect(page.locator("[data-push-words]")).to_contain_text("đang chặn thông báo của Trạm")
    expect(page.get_by_role("button", name="Bật trên thiết bị này")).to_be_hidden()
    assert not lan.trouble

{% load static %}/* What stays readable without a line: the skin, and the last pages whose headers allow it. Nothing of the person outlives the sign-out. */
"use strict";
const SHELL = "tram-vo-{{ version }}", PAGES = "tram-trang", OUT = "tram-cho-gui";
const PARTS = [{% for part in parts %}"{{ part|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OFFLINE = "{{ offline|escapejs }}", ENTRANCE = "{{ entrance|escapejs }}", MOST = {{ most }}, HOURS = {{ hours }};
const SECRET = /(^|&)(password|new_password|code|secret)[^=&]*=/i;

addEventListener("install", (event) => event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll([...PARTS, OFFLINE])).then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("tram-vo-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
})()));
addEventListener("message", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (PARTS.includes(url.pathname)) return event.respondWith(caches.match(url.pathname).then((part) => part ?? fetch(request)));
  if (request.mode !== "navigate") return;
  if (request.method === "GET") event.respondWith(page(event, url));
  if (request.method === "POST") event.respondWith(sent(request));
});

async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(remember(url, answer.clone()));
    return answer;
  } catch {
    const copy = await (await caches.open(PAGES)).match(url.href);
    const fresh = copy && Date.now() - Date.parse(copy.headers.get("Date")) < HOURS * 3600e3;
    return fresh ? copy : (await caches.match(OFFLINE)) ?? Response.error();
  }
}
/* the header names whose page it is; a page that is no longer marked so is let go */
async function remember(url, answer) {
  if (url.pathname === ENTRANCE && answer.ok) return caches.delete(PAGES);
  const owner = answer.headers.get("Offline-Owner"), whose = new URL("/cho-gui/chu", location).href;
  const pages = await caches.open(PAGES), known = await pages.match(whose, { ignoreVary: true }), same = (await known?.text()) === owner;
  await pages.delete(url.href, { ignoreVary: true });
  if (!owner || !answer.ok) return undefined;
  if (known && !same) for (const one of await pages.keys()) await pages.delete(one);
  if (!same) await pages.put(whose, new Response(owner));
  await pages.put(url.href, answer);
  const kept = (await pages.keys()).filter((one) => one.url !== whose);
  return Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((one) => pages.delete(one)));
}
/* a push tells the kind of a notice and where it stands; it is always shown, for a browser forbids silent ones */
addEventListener("push", (event) => {
  let told = null;
  try { told = event.data.json(); } catch { /* shown all the same */ }
  event.waitUntil(registration.showNotification(told?.title ?? "Trạm", { body: "Chạm để mở trong Trạm.", icon: "{% static 'web/icon.png' %}", lang: "vi", tag: told?.tag ?? "", data: told?.url ?? "/thong-bao" }));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(new URL(event.notification.data, location)));
});
/* a tab that stands there already; never another one, in which somebody may be writing */
async function opened(url) {
  if (url.origin !== location.origin) return undefined;
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = tabs.find((tab) => tab.url.split("#")[0] === url.href);
  return there ? there.focus() : clients.openWindow(url.href);
}
/* a form that was sent into a dead line waits here until a page of ours takes it over */
async function sent(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const body = await copy.text();
    if (copy.headers.get("Content-Type")?.startsWith("application/x-www-form-urlencoded") && !SECRET.test(body)) {
      const letter = JSON.stringify({ url: copy.url, body, at: Date.now() });
      await (await caches.open(OUT)).put(`/cho-gui/${Date.now()}`, new Response(letter));
    }
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

/* Trạm: what pages do beyond HTML, asked for by data attributes (tram/web/README.md). */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const seen = (el) => !el.closest("[hidden]") && el.getClientRects().length > 0;
  const make = (tag, words = "", kind = "") => Object.assign(document.createElement(tag), { textContent: words, className: kind });
  const two = (n) => String(n).padStart(2, "0");
  /* office time */
  const local = (at) => new Date(at.toLocaleString("en-US", { timeZone: "Asia/Ho_Chi_Minh" }));
  const hour = (at = new Date()) => `${two(local(at).getHours())}:${two(local(at).getMinutes())}`;
  const day = (at) => `${two(local(at).getDate())}/${two(local(at).getMonth() + 1)}/${local(at).getFullYear()}`;
  const moment = (at) => `${hour(at)} ngày ${day(at)}`;
  const later = (wait, act) => { let timer; return (...given) => { clearTimeout(timer); timer = setTimeout(act, wait, ...given); }; };
  const memory = (store) => ({
    read(key) { try { return JSON.parse(store().getItem(key)); } catch { return null; } },
    write(key, value) { try { store().setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    names() { try { return Object.keys(store()).filter((key) => key.startsWith("tram:")); } catch { return []; } },
    drop(key) { try { store().removeItem(key); } catch { /* storage is switched off */ } },
  });
  const kept = memory(() => localStorage), visit = memory(() => sessionStorage);
  /* randomUUID exists on https only */
  const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

  /* words to the person */
  function say(words, kind = "") {
    const toast = make("div", "", `toast ${kind}`);
    const close = make("button", "Đóng", "link");
    close.onclick = () => toast.remove();
    toast.append(make("span", words), close);
    one("#toast")?.replaceChildren(toast);
    setTimeout(() => toast.remove(), 12000);
  }

  /* the line to the server */
  const waiting = new Map();
  let lost = null;
  function light() {
    const lamp = one("[data-line]");
    if (!lamp) return;
    const count = waiting.size + outbox().length, unsent = count ? ` (${count} việc chưa gửi)` : "";
    lamp.dataset.state = lost ? "off" : count ? "waiting" : "on";
    one("[data-line-words]", lamp).textContent = lost ? `Mất mạng từ ${hour(lost)}${unsent}` : count ? `Đang chờ mạng${unsent}` : "Trực tuyến";
    listUnsent();
  }
  function line(up) {
    if (up === !lost) return light();
    lost = up ? null : new Date();
    if (up) { [...waiting.values()].forEach((resend) => resend()); sendAll(); }
    else say(one("form[data-draft-local]") ? `Mất mạng lúc ${hour(lost)}. Nội dung đã giữ trên máy này, sẽ tự gửi khi có mạng.` : `Mất mạng lúc ${hour(lost)}. Chưa gửi được; nội dung còn trên màn hình, gửi lại khi có mạng.`);
    light();
  }
  async function ask(url, options = {}) {
    try {
      const answer = await fetch(url, { credentials: "same-origin", ...options, headers: { "X-Requested-With": "fetch", ...options.headers } });
      line(true);
      return answer;
    } catch (trouble) {
      if (trouble.name !== "AbortError") line(false);
      return null;
    }
  }
  const token = (form) => (form && one("input[name=csrfmiddlewaretoken]", form) || one("input[name=csrfmiddlewaretoken]"))?.value ?? "";
  const post = (url, body, form) => ask(url, { method: "POST", body, headers: { "X-CSRFToken": token(form), "Idempotency-Key": uuid() } });
  addEventListener("offline", () => line(false));
  addEventListener("online", () => line(true));
  setInterval(() => { if (lost && document.body.dataset.ping) ask(document.body.dataset.ping, { cache: "no-store" }); }, 10000);

  /* forms: one key, one effect */
  function keyOf(form, renew = false) {
    const key = form.elements.idempotency_key;
    if (key && (renew || !key.value)) key.value = uuid();
    return key?.value ?? "";
  }
  function free(form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    all("[data-pressed]", form).forEach((button) => { button.removeAttribute("data-pressed"); button.removeAttribute("aria-disabled"); });
    all("[aria-busy]", form).forEach((el) => el.removeAttribute("aria-busy"));
    if ("again" in form.dataset) keyOf(form, true);
  }
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    keyOf(form);
    const leaving = form.hasAttribute("data-logout") && outbox().length;
    if (leaving || mayWait(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!leaving) return putOff(form, event.submitter);
      say(`Còn ${leaving} việc chưa gửi. Gửi hoặc bỏ rồi đăng xuất.`);
      return one("#unsent").showModal();
    }
    if (form.hasAttribute("data-logout")) [kept, visit].forEach((place) => place.names().forEach(place.drop));
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (button?.classList.contains("button")) {
      button.dataset.pressed = "";
      button.setAttribute("aria-disabled", "true");
      button.parentElement.setAttribute("aria-busy", "true");
    }
    if (button?.dataset.busy) say(button.dataset.busy);
    setTimeout(free, form.hasAttribute("data-again") ? 5000 : 15000, form);
  }, true);
  addEventListener("pageshow", (event) => { if (event.persisted) all("form[data-sent]").forEach(free); });

  /* sent without a line: kept, sent in order later */
  const outName = () => `tram:out:${document.body.dataset.who ?? ""}`;
  const outbox = () => document.body.dataset.who && kept.read(outName()) || [];
  const setOutbox = (list) => { const held = list.length ? kept.write(outName(), list) : (kept.drop(outName()), true); light(); return held; };
  const mayWait = (form) => (lost || !navigator.onLine) && document.body.dataset.who && one("h1") && !form.hasAttribute("data-logout") && !form.hasAttribute("data-drop") && ![...form.elements].some((el) => el.type === "password" || el.type === "file" && el.files.length);
  function putOff(form, button) {
    const fields = new FormData(form);
    if (button?.name) fields.append(button.name, button.value);
    fields.delete("csrfmiddlewaretoken");
    for (const [name, value] of [...fields]) if (typeof value !== "string") fields.delete(name);
    const words = [button && named(button), one("h1").textContent.trim()].filter(Boolean).join(" · ");
    const url = button?.getAttribute("formaction") ?? form.getAttribute("hx-post") ?? form.getAttribute("action") ?? location.href;
    const draft = form.dataset.draft && { name: draftKey(form), content: typed(form) };
    const item = { key: keyOf(form) || uuid(), url: new URL(url, location).href, body: String(new URLSearchParams(fields)), words, page: location.href, at: Date.now(), draft };
    if (!setOutbox([...outbox().filter((one) => one.key !== item.key), item])) return say("Máy này không giữ được thêm. Nội dung còn trên màn hình; gửi lại khi có mạng.");
    if (draft) kept.drop(draft.name);
    waiting.delete(form);
    lost ??= new Date();
    form.dataset.sent = "yes";
    form.closest("dialog")?.close();
    say(`Mất mạng. Đã giữ “${words}” trên máy này, sẽ tự gửi khi có mạng.`);
    light();
  }
  /* what a leaving page left behind */
  async function takeOver() {
    if (!window.caches || !document.body.dataset.who) return;
    const out = await caches.open("tram-cho-gui");
    for (const place of await out.keys()) {
      const { url, body, at } = await (await out.match(place)).json(), fields = new URLSearchParams(body);
      fields.delete("csrfmiddlewaretoken");
      setOutbox([...outbox(), { key: fields.get("idempotency_key") || uuid(), url, body: String(fields), words: "Biểu mẫu", page: url, at }]);
      await out.delete(place);
    }
  }
  async function sendAll() {
    if (sendAll.busy || !outbox().length) return;
    sendAll.busy = true;
    for (const item of outbox().filter((one) => !one.trouble)) {
      const body = new URLSearchParams(item.body);
      const answer = await ask(item.url, { method: "POST", body, headers: { "X-CSRFToken": token(), "Idempotency-Key": item.key } });
      if (!answer) break;
      if (answer.status >= 500) { setTimeout(sendAll, 10000); break; }
      if (answer.status === 401 || new URL(answer.url).pathname.startsWith("/dang-nhap")) { say("Phiên làm việc đã hết. Đăng nhập lại, việc chưa gửi sẽ tự gửi."); break; }
      const rest = outbox().filter((one) => one.key !== item.key);
      if (answer.ok) { setOutbox(rest); say(`Đã gửi: ${item.words}`); continue; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const trouble = (one(".errors, .error, main p:not(.print-only), main h1", page)?.textContent ?? "Nơi nhận không nhận.").trim().replace(/\s+/g, " ").slice(0, 200);
      setOutbox([...rest, { ...item, trouble }]);
      if (item.draft) kept.write(item.draft.name, { at: item.at, content: item.draft.content });
      say(`Chưa gửi được “${item.words}”: ${trouble}`);
    }
    sendAll.busy = false;
    light();
  }
  function listUnsent() {
    const list = one("[data-unsent]");
    if (!list) return;
    const items = outbox();
    one("[data-unsent-none]").hidden = items.length + waiting.size > 0;
    list.replaceChildren(...items.map((item) => {
      const row = make("li"), again = make("a", "Mở lại"), drop = make("button", "Bỏ", "link"), side = make("span", "", "row");
      again.href = item.page;
      drop.type = "button";
      drop.setAttribute("aria-label", `Bỏ ${item.words}`);
      drop.onclick = () => setOutbox(outbox().filter((one) => one.key !== item.key));
      side.append(again, drop);
      row.append(make("span", item.words, "name"), side, make("span", item.trouble ?? `Giữ lúc ${moment(new Date(item.at))}`, item.trouble ? "result error" : "note"));
      return row;
    }));
  }

  /* drafts */
  const SKIP = new Set(["csrfmiddlewaretoken", "idempotency_key"]);
  const draftKey = (form) => `tram:draft:${document.body.dataset.who ?? ""}:${form.dataset.draft}`;
  function typed(form) {
    const fields = {};
    for (const el of form.elements) {
      if (!el.name || SKIP.has(el.name) || ["password", "file", "submit", "button"].includes(el.type)) continue;
      if ((el.type === "checkbox" || el.type === "radio") && !el.checked) { fields[el.name] ??= []; continue; }
      (fields[el.name] ??= []).push(el.value);
    }
    return fields;
  }
  function fill(form, fields) {
    const taken = {};
    for (const el of form.elements) {
      const values = el.name && fields[el.name];
      if (!values || SKIP.has(el.name)) continue;
      if (el.type === "checkbox" || el.type === "radio") el.checked = values.includes(el.value);
      else if (el.type !== "file") el.value = values[taken[el.name] = (taken[el.name] ?? -1) + 1] ?? el.value;
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
  /* typed, not taken: kept in this tab */
  const typedKey = (path) => `tram:typed:${document.body.dataset.who ?? ""}:${path}`;
  function keepTyped(page) {
    visit.write(typedKey(page.dataset.typed), { fields: typed(page), wrong: all("[data-wrong]").map((el) => el.textContent) });
  }
  function bringTyped(form) {
    const path = form.method === "post" && typedKey(new URL(form.action).pathname), kept = path && visit.read(path);
    if (!kept) return;
    visit.drop(path);
    fill(form, kept.fields);
    form.closest("details:not([open])")?.setAttribute("open", "");
    if (!form.closest("dialog")?.open) form.closest("dialog")?.showModal();
    if (!kept.wrong.length) return;
    const told = make("div", "", "errors"), list = make("ul");
    told.tabIndex = -1;
    told.setAttribute("role", "alert");
    list.append(...kept.wrong.map((words) => make("li", words)));
    told.append(make("h2", kept.wrong.length > 1 ? `Có ${kept.wrong.length} chỗ cần sửa` : "Có một chỗ cần sửa"), list);
    form.before(told);
  }
  async function keepDraft(form) {
    if (form.dataset.sent || !form.isConnected) return;
    const content = typed(form);
    const body = new URLSearchParams({ name: form.dataset.draft, content: JSON.stringify(content) });
    const answer = form.dataset.draftUrl && !lost ? await post(form.dataset.draftUrl, body, form) : null;
    if (answer?.ok) { kept.drop(draftKey(form)); waiting.delete(form); }
    else if (form.hasAttribute("data-draft-local") && kept.write(draftKey(form), { at: Date.now(), content, key: keyOf(form) })) waiting.set(form, () => keepDraft(form));
    light();
    const state = one("[data-draft-state]", form);
    if (state) state.textContent = answer?.ok ? `Đã lưu nháp ${hour()}` : waiting.has(form) ? `Đã giữ trên máy này ${hour()}` : "Chưa lưu được nháp";
  }
  function offerDraft(form) {
    const here = kept.read(draftKey(form));
    const at = here ? moment(new Date(here.at)) : form.dataset.draftAt;
    if (!at) return;
    const banner = make("div", "", "notice"), row = make("div", "", "row");
    const resume = make("button", "Tiếp tục", "button"), drop = make("button", "Bỏ", "button plain"), choice = make("span", "", "row");
    resume.type = drop.type = "button";
    resume.onclick = async () => {
      const answer = here ?? await (await ask(`${form.dataset.draftUrl}?name=${encodeURIComponent(form.dataset.draft)}`))?.json();
      if (!answer) return;
      fill(form, answer.content);
      banner.remove();
      one("input:not([type=hidden]), select, textarea", form)?.focus();
    };
    drop.onclick = () => {
      kept.drop(draftKey(form));
      if (form.dataset.draftUrl) post(form.dataset.draftUrl, new URLSearchParams({ name: form.dataset.draft, drop: "1" }), form);
      banner.remove();
    };
    choice.append(resume, drop);
    row.append(make("span", `Có bản nháp lúc ${at}.`), choice);
    banner.append(row);
    form.before(banner);
  }
  /* only a POST that took effect lets go of the copy */
  function forgetSent() {
    const done = /(?:^|; )tram_done=([^;]+)/.exec(document.cookie)?.[1];
    if (done) kept.names().forEach((name) => { if (kept.read(name)?.key === done) kept.drop(name); });
  }

  /* keyboard */
  const CODES = { Slash: "/", Space: "space", Escape: "esc", Enter: "enter", ArrowUp: "up", ArrowDown: "down", Equal: "=", Minus: "-", NumpadEnter: "enter" };
  function strokeOf(event) {
    let key = CODES[event.code] ?? event.code.replace(/^(Key|Digit)/, "").toLowerCase();
    if (key === "/" && event.shiftKey) return "?";
    if (event.shiftKey) key = `shift+${key}`;
    if (event.altKey) key = `alt+${key}`;
    return event.ctrlKey || event.metaKey ? `ctrl+${key}` : key;
  }
  const shown = (stroke) => stroke.split("+").map((part) => ({ esc: "Esc", enter: "Enter", space: "Cách", up: "↑", down: "↓", pageup: "PgUp", pagedown: "PgDn" }[part] ?? part[0].toUpperCase() + part.slice(1))).join("+");
  const writing = (el) => el.isContentEditable || el.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
  const lettersOff = () => document.documentElement.dataset.keys === "off" || kept.read("tram:keys") === "off";
  const scope = () => all("dialog[open]").pop() ?? document;
  const named = (el) => el.dataset.keyLabel ?? el.getAttribute("aria-label") ?? [...el.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join("").trim().replace(/\s+/g, " ");
  /* in a closed menu, never on what is hidden */
  const live = (el) => !el.disabled && el.getAttribute("aria-disabled") !== "true" && (seen(el) || el.closest("details:not([open])") && seen(el.closest("details"))) && (scope() === document || scope().contains(el));
  const keyed = () => all("[data-key]").filter(live);
  /* a row offers its steps only under the cursor */
  const usable = () => { const row = here(); return keyed().filter((el) => !el.closest("[data-row]") || row?.contains(el)); };
  function press(el) {
    const field = el.matches("input, select, textarea") ? el : el.matches("label") ? el.control : null;
    if (!field || field.type === "checkbox" || field.type === "file") return (field ?? el).click();
    field.focus();
    field.select?.();
  }
  function byKey(stroke) {
    const fits = keyed().filter((el) => el.dataset.key.split(" ").includes(stroke));
    const row = here();
    return fits.find((el) => row?.contains(el)) ?? fits.find((el) => !el.closest("[data-row]"));
  }
  addEventListener("keydown", (event) => {
    /* Telex and UniKey compose with Backspace and code-less keys */
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || !event.code || event.code === "Backspace") return;
    const stroke = strokeOf(event), inside = writing(event.target), letter = !/^(ctrl|alt|f\d)/.test(stroke);
    if (entry(event, stroke)) return;
    if (stroke === "ctrl+k" && one("#palette")) { event.preventDefault(); return openPalette(); }
    if (stroke === "ctrl+enter") {
      const form = event.target.closest?.("form"), button = form && one("button:not([type=button], [data-draft-drop])", form);
      if (button && inside) { event.preventDefault(); return form.requestSubmit(byKey(stroke)?.form === form ? byKey(stroke) : button); }
    }
    if (stroke === "f4" && event.target.dataset?.last) {
      event.preventDefault();
      event.target.value = event.target.dataset.last;
      const hidden = document.getElementById(event.target.dataset.suggestTarget);
      if (hidden) hidden.value = event.target.dataset.lastValue ?? "";
      return event.target.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (stroke === "esc") return escape(event);
    if (inside && letter) return;
    if (letter && stroke.length === 1 && stroke !== "/" && stroke !== "?" && lettersOff()) return;
    const el = byKey(stroke);
    if (el) { event.preventDefault(); return press(el); }
    if (!one("dialog[open]")) walk(event, stroke);
  });
  function escape(event) {
    const menu = all("details.menu[open]").pop();
    if (one("dialog[open]")) return;
    if (menu) { menu.open = false; return one("summary", menu).focus(); }
    if (writing(event.target)) return event.target.blur();
    const back = one("main")?.dataset.back;
    if (!back) return;
    /* history keeps scroll and selection */
    if (document.referrer && new URL(document.referrer).pathname === new URL(back, location).pathname) history.back();
    else location.assign(back);
  }

  /* lists */
  const rows = () => all("[data-list] [data-row]").filter(seen);
  const here = () => document.activeElement?.closest?.("[data-row]") ?? one("[data-row].here");
  const opener = (row) => one("a[data-open], a", row);
  let anchor = null;
  function stand(row) {
    all("[data-row].here").forEach((other) => other.classList.remove("here"));
    row.classList.add("here");
    (opener(row) ?? one("[data-pick]", row))?.focus();
    row.scrollIntoView({ block: "nearest" });
  }
  function walk(event, stroke) {
    const list = rows(), at = list.indexOf(here()), step = { j: 1, down: 1, k: -1, up: -1, "shift+down": 1, "shift+up": -1 }[stroke];
    if (!list.length) return;
    if (step) {
      if (/down|up/.test(stroke) && at < 0 && document.activeElement !== document.body && !event.target.closest("main")) return;
      event.preventDefault();
      const to = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + step))];
      if (stroke.startsWith("shift")) {
        anchor ??= Math.max(at, 0);
        const end = list.indexOf(to);
        list.forEach((row, i) => { const pick = one("[data-pick]", row); if (pick) pick.checked = i >= Math.min(anchor, end) && i <= Math.max(anchor, end); });
        batch();
      } else anchor = null;
      return stand(to);
    }
    const pick = at >= 0 && one("[data-pick]", list[at]);
    if (stroke === "space" && pick && event.target !== pick && !event.target.matches("button, summary")) {
      event.preventDefault();
      pick.checked = !pick.checked;
      return batch();
    }
    if (stroke === "enter" && at >= 0 && !event.target.matches("a, button, summary")) { event.preventDefault(); opener(list[at])?.click(); }
  }
  function batch() {
    const picks = all("[data-pick]"), count = picks.filter((pick) => pick.checked).length, every = one("[data-pick-all]");
    all("[data-batch]").forEach((bar) => { bar.hidden = !count; all("[data-batch-count]", bar).forEach((el) => { el.textContent = count; }); });
    if (every) { every.checked = count > 0 && count === picks.length; every.indeterminate = count > 0 && count < picks.length; }
  }
  const place = () => `tram:place:${location.pathname}${location.search}`;
  addEventListener("pagehide", () => {
    if (one("[data-list]")) visit.write(place(), { row: rows().indexOf(here()), top: scrollY, picked: all("[data-pick]").map((pick) => pick.checked) });
  });
  function comeBack() {
    const was = performance.getEntriesByType("navigation")[0]?.type === "back_forward" && visit.read(place());
    if (!was) return;
    all("[data-pick]").forEach((pick, i) => { pick.checked = Boolean(was.picked[i]); });
    if (rows()[was.row]) stand(rows()[was.row]);
    scrollTo(0, was.top);
    batch();
  }

  /* data entry: Enter goes on, Ctrl+Enter saves */
  function entry(event, stroke) {
    const form = event.target.closest?.("form[data-entry]");
    if (!form || kept.read("tram:enter") === "off" || (stroke !== "enter" && stroke !== "shift+enter") || !event.target.matches("input:not([type=submit], [type=button], [type=file]), select")) return false;
    const fields = [...form.elements].filter((el) => el.matches("input:not([type=hidden], [readonly]), select, textarea, button") && !el.disabled && seen(el) && el.tabIndex >= 0);
    const next = fields[fields.indexOf(event.target) + (stroke === "enter" ? 1 : -1)];
    event.preventDefault();
    if (next) { next.focus(); next.select?.(); }
    return true;
  }

  /* type-ahead */
  function suggest(input) {
    const id = `${input.id}-list`, list = make("ul"), box = make("div", "", "suggest"), told = make("span", "", "vh");
    const hidden = document.getElementById(input.dataset.suggestTarget);
    let asked = null, at = -1, chosen = input.value;
    const options = () => all("[role=option]", list);
    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = (to) => {
      const found = options();
      at = found.length ? (to + found.length) % found.length : -1;
      found.forEach((el, i) => el.setAttribute("aria-selected", String(i === at)));
      if (at < 0) return;
      input.setAttribute("aria-activedescendant", found[at].id);
      found[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (el) => {
      input.value = chosen = el.dataset.label;
      if (hidden) hidden.value = el.dataset.value;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const look = later(120, async () => {
      asked?.abort();
      asked = new AbortController();
      if (!input.value.trim()) return close();
      const answer = await ask(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
      if (!answer?.ok || document.activeElement !== input) return;
      list.innerHTML = await answer.text();
      options().forEach((el, i) => { el.id = `${id}-${i}`; });
      list.hidden = !options().length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      told.textContent = list.hidden ? "Không có gợi ý" : `${options().length} gợi ý`;
      if (list.hidden) close(); else mark(0);
    });
    Object.assign(list, { id, hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Gợi ý");
    told.setAttribute("aria-live", "polite");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": id, autocomplete: "off" })) input.setAttribute(name, value);
    input.before(box);
    box.append(input, list, told);
    input.addEventListener("input", () => { if (hidden && input.value !== chosen) hidden.value = ""; look(); });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => { event.preventDefault(); const el = event.target.closest("[role=option]"); if (el) choose(el); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) { if (event.code === "ArrowDown" && input.value) look(); return; }
      if (event.code === "ArrowDown" || event.code === "ArrowUp") { event.preventDefault(); mark(at + (event.code === "ArrowDown" ? 1 : -1)); }
      else if ((event.code === "Enter" || event.code === "Tab") && at >= 0 && !event.ctrlKey) { choose(options()[at]); if (event.code === "Enter" && !input.closest("form[data-entry]")) event.preventDefault(); }
      else if (event.code === "Escape") { event.preventDefault(); close(); }
    });
  }

  /* what the server understood of a typed day */
  function echo(input) {
    const out = document.getElementById(`${input.id}-echo`);
    const look = later(180, async () => {
      const body = new URLSearchParams({ value: input.value });
      (input.dataset.echoWith ?? "").split(" ").filter(Boolean).forEach((name) => body.set(name, input.form?.elements[name]?.value ?? ""));
      const answer = input.value ? await ask(`${input.dataset.echo}?${body}`) : null;
      if (out) out.innerHTML = answer?.ok ? await answer.text() : "";
    });
    input.addEventListener("input", look);
    input.addEventListener("change", look);
  }

  /* palette and help */
  function commands() {
    const links = all(".nav a").map((el) => ({ words: named(one("span", el) ?? el), act: () => el.click(), key: "" }));
    return [...usable().map((el) => ({ words: named(el), act: () => press(el), key: el.dataset.key.split(" ")[0] })), ...links].filter((c) => c.words);
  }
  const fitsWords = (words, query) => { const text = plain(words), q = plain(query).trim(); return text.includes(q) || text.split(/[\s,]+/).map((w) => w[0]).join("").includes(q.replace(/\s/g, "")); };
  let offered = [], hits = [];
  function listPalette(query, at = 0) {
    const list = one("#palette-list"), search = one('[role="search"] input[name="q"]');
    const known = openPalette.commands.filter((c) => fitsWords(c.words, query)).slice(0, hits.length ? 5 : 40);
    offered = [...known, ...hits.map((hit) => ({ words: hit.title, kind: hit.kind, line: hit.line, act: () => location.assign(hit.url) }))];
    if (query.trim() && search) offered.push({ words: `Tìm “${query.trim()}” trong toàn bộ`, act: () => { search.value = query; search.form.requestSubmit(); } });
    list.replaceChildren(...offered.map((command, i) => {
      const el = make("li"), words = make("span", command.words);
      el.id = `palette-${i}`;
      el.setAttribute("role", "option");
      if (command.line) words.append(make("small", command.line));
      el.append(words);
      if (command.key) el.append(make("kbd", shown(command.key)));
      if (command.kind) el.append(make("small", command.kind, "kind"));
      el.onclick = () => runPalette(i);
      return el;
    }));
    list.nextElementSibling.hidden = offered.length > 0;
    markPalette(at);
  }
  function markPalette(to) {
    const found = all("#palette-list > li"), input = one("#palette input");
    markPalette.at = found.length ? (to + found.length) % found.length : -1;
    found.forEach((el, i) => el.setAttribute("aria-selected", String(i === markPalette.at)));
    input.removeAttribute("aria-activedescendant");
    if (found[markPalette.at]) { input.setAttribute("aria-activedescendant", `palette-${markPalette.at}`); found[markPalette.at].scrollIntoView({ block: "nearest" }); }
  }
  function runPalette(at) { const command = offered[at]; one("#palette").close(); command?.act(); }
  /* one question a pause */
  const findMore = later(200, async (input, url) => {
    const query = input.value.trim();
    if (query.length < 2 || lost) return;
    const answer = await ask(`${url}?q=${encodeURIComponent(query)}`);
    if (!answer?.ok || answer.redirected || input.value.trim() !== query || !one("#palette").open) return;
    hits = (await answer.json()).hits;
    listPalette(input.value, Math.min(markPalette.at, offered.length));
    one("[data-palette-told]").textContent = hits.length ? `${offered.length} mục` : "Không có văn bản, người, đơn vị nào khớp";
  });
  function openPalette() {
    const dialog = one("#palette"), input = one("input", dialog);
    if (dialog.open) return dialog.close();
    openPalette.commands = commands();
    hits = [];
    input.value = "";
    dialog.showModal();
    listPalette("");
    input.oninput = () => { hits = []; listPalette(input.value); if (dialog.dataset.finds) findMore(input, dialog.dataset.finds); };
    input.onkeydown = (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
      if (step) { event.preventDefault(); markPalette(markPalette.at + step); }
      if (event.code === "Enter" || event.code === "NumpadEnter") { event.preventDefault(); runPalette(markPalette.at); }
    };
  }
  function listKeys() {
    const found = [...new Map(keyed().map((el) => [`${el.dataset.key} ${named(el)}`, [shown(el.dataset.key.split(" ")[0]), named(el)]])).values()];
    const add = (when, key, words) => { if (when && !found.some((pair) => pair[0] === key && key !== "Enter")) found.push([key, words]); };
    add(true, "Ctrl+K", "Bảng lệnh");
    add(rows().length, "J K ↑ ↓", "Xuống, lên trong danh sách");
    add(rows().length, "Enter", "Mở dòng đang đứng");
    add(one("[data-pick]"), "Cách", "Chọn dòng");
    add(one("[data-pick]"), "Shift+↑↓", "Chọn một dãy");
    add(one("form[data-entry]") && kept.read("tram:enter") !== "off", "Enter", "Sang ô sau, khi đang nhập");
    add(one("form[data-entry]"), "Ctrl+Enter", "Lưu");
    add(one("[data-last]"), "F4", "Điền giá trị lần trước");
    add(one("main")?.dataset.back, "Esc", "Trở về");
    one("[data-keys-list]").replaceChildren(...found.flatMap(([key, words]) => { const dt = make("dt"); dt.append(make("kbd", key)); return [dt, make("dd", words)]; }));
    one("[data-keys-switch]").checked = !lettersOff();
    one("[data-enter-switch]").checked = kept.read("tram:enter") !== "off";
  }

  /* small things of a page */
  function undo(bar) {
    let left = Number(bar.dataset.undo);
    const timer = setInterval(() => {
      if (!bar.isConnected) return clearInterval(timer);
      if (bar.matches(":hover, :focus-within")) return;
      left -= 1;
      const out = one("[data-undo-left]", bar);
      if (out) out.textContent = left;
      if (left <= 0) bar.remove();
    }, 1000);
  }
  function zoom(button) {
    const pages = document.getElementById(button.dataset.zoom) ?? one(".pages");
    const step = { in: 1.25, out: 0.8 }[button.dataset.by], now = Number(pages.dataset.scale ?? 1);
    pages.dataset.scale = step ? Math.min(5, Math.max(0.4, now * step)) : 1;
    all(".page", pages).forEach((page) => { page.style.width = `${pages.dataset.scale * 100}%`; });
  }
  function light_up(field) {
    all(".place").forEach((el) => el.remove());
    const [number, x, y, w, h] = (field.dataset.place ?? "").split(" ").map(Number), page = number && one(`.page[data-page="${number}"]`);
    if (!page) return;
    const frame = make("span", "", "place");
    Object.assign(frame.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${w * 100}%`, height: `${h * 100}%` });
    page.append(frame);
    const view = page.closest(".pages");
    view.scrollTop += frame.getBoundingClientRect().top - view.getBoundingClientRect().top - view.clientHeight / 3;
  }
  function steps() {
    all(".steps").forEach((bar) => {
      const links = all("a", bar), first = one(".trio > .pane.first");
      const open = links.find((a) => a.hash === location.hash) ?? links.find((a) => first && a.hash === `#${first.id}`);
      links.forEach((a) => a.toggleAttribute("aria-current", a === open));
      open?.setAttribute("aria-current", "step");
    });
  }
  function focusFirst(root, fresh) {
    const trouble = one(".errors, [role=alert][tabindex]", root), wrong = one("[aria-invalid=true]", root), doubt = one("[data-doubtful]", root);
    const field = doubt?.matches("input, select, textarea") ? doubt : doubt && one("input:not([type=hidden]), select, textarea", doubt);
    const el = trouble ?? wrong ?? field ?? one("[data-focus]", root);
    /* on a phone a cursor raises the keyboard */
    if (!el || (fresh && !trouble && !wrong && matchMedia("(max-width: 48rem)").matches)) return;
    el.focus({ preventScroll: Boolean(el.closest(".trio")) });
    el.select?.();
  }
  function dress(root) {
    const fresh = (selector) => [...(root.matches?.(selector) ? [root] : []), ...all(selector, root)].filter((el) => !el.dressed?.has(selector) && ((el.dressed ??= new Set()).add(selector)));
    fresh("input[data-suggest]").forEach(suggest);
    fresh("input[data-echo]").forEach(echo);
    fresh("[data-undo]").forEach(undo);
    fresh("[data-flash]").forEach((el) => setTimeout(() => el.remove(), 6000));
    fresh("form[data-draft]").forEach((form) => {
      const keep = later(2000, keepDraft);
      form.addEventListener("input", () => keep(form));
      form.addEventListener("change", () => keep(form));
      offerDraft(form);
    });
    fresh("form[data-typed]").forEach(keepTyped);
    fresh("form").forEach(bringTyped);
    fresh("[data-phone]").forEach((el) => { el.hidden = !matchMedia("(max-width: 48rem)").matches; });
    steps();
    batch();
  }

  addEventListener("click", (event) => {
    const el = event.target.closest?.("[data-dialog], [data-close], [data-zoom]");
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target) || event.target.closest("[data-dialog]")) menu.open = false; });
    if (event.target.nodeName === "DIALOG" && event.target.open) event.target.close();
    if (!el) return;
    if (el.hasAttribute("data-zoom")) return zoom(el);
    if (el.hasAttribute("data-close")) return el.closest("dialog").close();
    if (el.dataset.dialog === "help") listKeys();
    const dialog = document.getElementById(el.dataset.dialog);
    if (dialog && el.matches("a")) event.preventDefault();
    dialog?.showModal();
  });
  addEventListener("change", (event) => {
    const el = event.target;
    if (el.matches("[data-pick-all]")) all("[data-pick]").forEach((pick) => { pick.checked = el.checked; });
    if (el.matches("[data-pick], [data-pick-all]")) batch();
    for (const name of ["keys", "enter"]) if (el.matches(`[data-${name}-switch]`)) kept.write(`tram:${name}`, el.checked ? "on" : "off");
    if (el.matches("select[data-autosubmit]")) el.form.requestSubmit();
  });
  addEventListener("focusin", (event) => {
    if (event.target.dataset?.place) light_up(event.target);
    const row = event.target.closest?.("[data-row]");
    if (row && !row.classList.contains("here")) { all("[data-row].here").forEach((other) => other.classList.remove("here")); row.classList.add("here"); }
  });
  addEventListener("hashchange", steps);
  addEventListener("beforeprint", () => all("[data-print-at]").forEach((el) => { el.textContent = moment(new Date()); }));

  /* htmx */
  addEventListener("htmx:configRequest", ({ detail }) => {
    const form = detail.elt.closest("form");
    if (detail.verb !== "get" && !(form && keyOf(form))) detail.headers["Idempotency-Key"] = uuid();
    if (detail.verb !== "get" && !(form && one("input[name=csrfmiddlewaretoken]", form))) detail.headers["X-CSRFToken"] = token();
  });
  addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.elt.closest("form");
    if (!form || detail.requestConfig.verb === "get") return;
    free(form);
    if (!detail.successful) return;
    if (form.dataset.draft) { kept.drop(draftKey(form)); waiting.delete(form); }
    keyOf(form, true);
  });
  addEventListener("htmx:afterSettle", ({ detail }) => { dress(detail.elt); focusFirst(detail.elt, false); });
  addEventListener("htmx:oobAfterSwap", ({ detail }) => dress(detail.target));
  addEventListener("htmx:sendError", () => line(false));
  addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status === 401) return say("Phiên làm việc đã hết. Đăng nhập ở thẻ mới rồi gửi lại; nội dung còn trên màn hình.");
    const later = /data-reason>([^<]+)</.exec(detail.xhr.responseText)?.[1];
    if (detail.xhr.status === 503 && later) return say(later);
    const code = /data-code>([^<]+)</.exec(detail.xhr.responseText)?.[1];
    say(`Có trục trặc ở hệ thống${code ? `, mã ${code}` : ""}. Nội dung đã nhập còn nguyên.${code ? " Đọc mã này cho quản trị." : ""}`);
  });

  /* the server's clock */
  const clock = one("[data-clock]"), gap = clock && navigator.onLine ? new Date(clock.dateTime) - Date.now() : 0;
  if (clock) setInterval(() => { clock.textContent = hour(new Date(Date.now() + gap)); }, 15000);
  window.tram = { all, one, make, uuid, ask, line, light, waiting, token, memory };
  forgetSent();
  const begin = () => { light(); if (!lost) sendAll(); };
  takeOver().then(begin, begin);
  /* a page that came while it woke up asks to be taken */
  const workers = navigator.serviceWorker, { who, worker } = document.body.dataset;
  if (who && workers) addEventListener("load", () => workers.register(worker).then(() => workers.ready).then(({ active }) => workers.controller || active.postMessage("")).catch(() => {}));
  dress(document);
  if (!navigator.onLine) {
    lost = new Date();
    light();
    say(clock ? `Mất mạng. Đây là trang giữ trên máy lúc ${moment(new Date(clock.dateTime))}.` : "Mất mạng.");
  }
  focusFirst(document, true);
  comeBack();
})();

/* Files: one bar each, two at a time. A small one goes whole; a large one in pieces that are never sent twice. See tram/web/README.md. */
(() => {
  "use strict";
  const { all, one, make, uuid, line, light, waiting, token } = window.tram;
  const KB = 1024, WHOLE = 256 * KB, LEAST = 32 * KB, CUT = 36 * KB, TRIES = 3, CALM = 1024 * KB, LONGEST = 120_000;
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const size = (bytes) => bytes < KB * KB ? `${Math.ceil(bytes / KB)} KB` : `${(bytes / 2 ** (bytes < 2 ** 30 ? 20 : 30)).toFixed(1).replace(".", ",")} ${bytes < 2 ** 30 ? "MB" : "GB"}`;
  const percent = (part) => `${Math.floor(part * 100)} %`;

  function drop(form) {
    const input = one("input[type=file]", form), list = one(".uploads", form), queue = [], address = form.dataset.uploads;
    let running = 0;
    const headers = { "X-CSRFToken": token(form), "X-Requested-With": "fetch", "HX-Request": "true" };
    /* null when the line is gone for good, so that the caller waits for it */
    async function ask(item, url, options = {}) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        if (tries) await pause(tries * tries / 2);
        /* a cable that is pulled says nothing: who waits too long asks again */
        const wait = new AbortController(), stop = () => wait.abort(), timer = setTimeout(stop, LONGEST);
        item.stop.signal.addEventListener("abort", stop);
        try {
          const answer = await fetch(url, { credentials: "same-origin", cache: "no-store", signal: wait.signal, ...options, headers: { ...headers, ...options.headers } });
          if (answer.status < 500) { line(true); return answer; }
        } catch (trouble) {
          if (item.stop.signal.aborted) throw trouble;
        } finally {
          clearTimeout(timer);
          item.stop.signal.removeEventListener("abort", stop);
        }
        if (options.method === "PUT") return null;
      }
      return null;
    }
    const told = (item, words) => { item.note.textContent = words; };
    function end(item, words, bad, html = false) {
      const out = make("div", html ? "" : words, bad ? "result error" : "result");
      if (html) { out.innerHTML = words; window.htmx?.process(out); }
      item.bar.replaceWith(out);
      [item.side, item.note].forEach((el) => el.remove());
    }
    function hold(item) {
      told(item, "Sẽ tự gửi tiếp khi có mạng");
      waiting.set(item, () => { waiting.delete(item); queue.push(item); next(); });
      line(false);
      light();
    }
    async function finish(item, body) {
      body.set("idempotency_key", item.key);
      const answer = await ask(item, form.action, { method: "POST", body });
      if (!answer) return false;
      const text = await answer.text(), whole = /<html/i.test(text), good = answer.ok && !answer.redirected;
      if (!good && item.id) fetch(`${address}/${item.id}`, { method: "DELETE", headers });
      end(item, whole ? (good ? "Đã nhận" : "Chưa nhận được tệp này. Tải lại trang rồi thả lại.") : text, !good, !whole);
      return true;
    }
    function whole(item) {
      const body = new FormData(form);
      body.set(input.name, item.file);
      return finish(item, body);
    }
    /* where to begin: the server knows what of this very file is here already */
    async function begin(item) {
      const body = new URLSearchParams({ name: item.file.name, size: item.file.size, mark: item.file.lastModified });
      const answer = await ask(item, address, { method: "POST", body });
      if (!answer) return null;
      const found = answer.headers.get("Content-Type")?.includes("json") && !answer.redirected ? await answer.json() : null;
      if (answer.ok && found) { item.id = found.id; one(`[data-left="${found.id}"]`, list)?.remove(); return found.received; }
      end(item, found?.detail ?? "Phiên làm việc đã hết. Đăng nhập lại rồi chọn lại tệp này; phần đã gửi còn nguyên.", true);
      return undefined;
    }
    async function pieces(item) {
      /* the longer the line holds, and the faster it is, the larger the pieces: a browser sends the one that a cut broke again */
      let received = await begin(item), calm = CALM, cuts = 0, quick = WHOLE;
      if (received === undefined) return true;
      while (received !== null && received < item.file.size) {
        item.bar.value = received / item.file.size;
        told(item, percent(item.bar.value));
        const begun = performance.now(), piece = item.file.slice(received, received + Math.min(quick, Math.max(CUT, calm / (cuts ? 96 : 40))));
        const answer = await ask(item, `${address}/${item.id}?tu=${received}`, { method: "PUT", body: piece, headers: { "Content-Type": "application/octet-stream" } });
        const said = answer && answer.status < 423 ? await answer.json().catch(() => ({})) : {};
        if (said.detail) { end(item, said.detail, true); return true; }
        if (said.received === undefined) { await pause(0.2); received = await begin(item); if (received === undefined) return true; }
        else received = said.received;
        if (said.again === 0) calm += piece.size;
        else { calm = CALM; cuts += 1; }
        const took = performance.now() - begun;
        quick = Math.min(WHOLE, Math.max(LEAST, took > 4000 ? piece.size / 2 : took < 1000 ? quick * 2 : quick));
      }
      if (received === null) return false;
      item.bar.removeAttribute("value");
      told(item, "Đang đọc tệp");
      const body = new FormData(form);
      body.delete(input.name);
      body.set("upload", item.id);
      return finish(item, body);
    }
    async function send(item) {
      running += 1;
      try {
        if (!await (item.file.size <= WHOLE || !address ? whole(item) : pieces(item))) hold(item);
      } catch (trouble) {
        if (trouble.name !== "AbortError") { end(item, "Không đọc được tệp này trên máy. Chọn lại tệp rồi gửi.", true); throw trouble; }
      } finally {
        running -= 1;
        next();
      }
    }
    function next() {
      while (running < 2 && queue.length) send(queue.shift());
      if (!running && !queue.length) form.dispatchEvent(new CustomEvent("tram:uploaded", { bubbles: true }));
    }
    function row(words, side) {
      const item = { row: make("li"), side: make("button", side, "link"), note: make("span", "", "note"), bar: make("progress"), stop: new AbortController(), key: uuid() };
      item.side.type = "button";
      item.bar.max = 1;
      item.bar.value = 0;
      item.row.append(make("span", words, "name"), item.side, item.bar, item.note);
      list.append(item.row);
      item.side.onclick = () => {
        item.stop.abort();
        waiting.delete(item);
        item.row.remove();
        light();
        if (item.id) fetch(`${address}/${item.id}`, { method: "DELETE", headers });
      };
      return item;
    }
    function add(files) {
      const limit = Number(form.dataset.limit);
      for (const file of files) {
        const item = Object.assign(row(`${file.name} · ${size(file.size)}`, "Bỏ"), { file });
        item.bar.setAttribute("aria-label", `Đang tải ${file.name}`);
        item.side.setAttribute("aria-label", `Bỏ ${file.name}`);
        if (!file.size) end(item, "Tệp không có nội dung.", true);
        else if (limit && file.size > limit) end(item, `Tệp ${size(file.size)} lớn hơn mức ${size(limit)}. Chia nhỏ hoặc gửi qua USB có ghi nhận.`, true);
        else queue.push(item);
      }
      input.value = "";
      next();
    }
    /* what a closed window or a dead machine left half sent */
    async function left() {
      const answer = await ask({ stop: new AbortController() }, address);
      if (!answer?.ok || !answer.headers.get("Content-Type")?.includes("json")) return;
      for (const one of (await answer.json()).uploads) {
        const item = row(`${one.name} · ${size(one.size)}`, "Bỏ");
        item.id = one.id;
        item.row.dataset.left = one.id;
        item.bar.value = one.received / one.size;
        item.bar.setAttribute("aria-label", `Đã gửi một phần ${one.name}`);
        item.side.setAttribute("aria-label", `Bỏ ${one.name}`);
        told(item, `Mới gửi ${percent(item.bar.value)}. Chọn lại tệp này để gửi tiếp.`);
      }
    }
    all("[data-no-script]", form).forEach((el) => { el.hidden = true; });
    input.addEventListener("change", () => add([...input.files]));
    for (const kind of ["dragenter", "dragover"]) addEventListener(kind, (event) => { if (event.dataTransfer?.types.includes("Files")) { event.preventDefault(); form.classList.add("over"); } });
    addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
    addEventListener("drop", (event) => { if (event.dataTransfer?.files.length) { event.preventDefault(); form.classList.remove("over"); add([...event.dataTransfer.files]); } });
    if (address) left();
  }
  all("form[data-drop]").forEach(drop);
})();

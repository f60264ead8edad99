/* Soạn: names from the directory become lines of a field; the page that would be printed stands beside what is typed. */
(() => {
  "use strict";
  const form = document.getElementById("soan"), look = document.getElementById("xem"), shown = document.getElementById("trang-in");
  if (!form || !look) return;
  const wide = matchMedia("(min-width: 64rem)");
  let last = "", waiting = 0;
  const told = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !/^(csrf|idempotency)/.test(name))).toString();
  /* where there is no room beside the form, or the line is dear, the page comes when asked for */
  function follow() {
    clearTimeout(waiting);
    if (!wide.matches || navigator.connection?.saveData) return;
    waiting = setTimeout(() => { if (told() !== last) look.click(); }, 900);
  }
  function lines(list) {
    list.rows = Math.min(12, Math.max(2, list.value.split("\n").length));
  }
  function add(input) {
    const list = document.getElementById(input.dataset.adds), hidden = document.getElementById(input.dataset.suggestTarget);
    const name = (hidden.value || input.value).trim();
    input.value = hidden.value = "";
    if (!name) return;
    const there = list.value.split("\n").map((line) => line.trim()).filter(Boolean);
    list.value = [...new Set([...there, name])].join("\n");
    list.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => input.focus());
  }
  /* what the checker would put: into the field as if typed, so that Ctrl+Z takes it back; then the page is drawn anew */
  function mend({ mends, place, said, fix }) {
    const field = document.getElementById(mends);
    let start = field.value.indexOf(said);
    for (let left = Number(place); left > 0 && start >= 0; left--) start = field.value.indexOf(said, start + said.length);
    if (start >= 0) {
      field.focus({ preventScroll: true });
      field.setSelectionRange(start, start + said.length);
      if (fix) document.execCommand("insertText", false, fix); else document.execCommand("delete");
      shown.focus({ preventScroll: true });
    }
    clearTimeout(waiting);
    look.click();
  }
  shown.addEventListener("click", ({ target }) => { if (target.dataset.mends) mend(target.dataset); });
  form.addEventListener("change", ({ target }) => { if (target.dataset.adds) add(target); else follow(); });
  form.addEventListener("input", ({ target }) => { if (target.matches("textarea:not(.long)")) lines(target); if (!target.dataset.adds) follow(); });
  look.addEventListener("click", () => { last = told(); });
  shown.addEventListener("htmx:afterSwap", () => { shown.scrollTop = Number(shown.dataset.at ?? 0); });
  shown.addEventListener("scroll", () => { shown.dataset.at = shown.scrollTop; }, { passive: true });
  form.querySelectorAll(".adding").forEach((field) => { field.hidden = false; });
  form.querySelectorAll("textarea:not(.long)").forEach(lines);
  look.hidden = false;
  shown.firstElementChild.textContent = wide.matches ? "Trang hiện khi bạn dừng tay." : "Bấm Xem để thấy trang theo Nghị định 30.";
  follow();
})();

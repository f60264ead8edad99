/* Tách văn bản by keyboard: one sheet holds the cursor; arrows move it, Space cuts before it, D lets it fall away. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-split]");
  if (!form) return;
  const sheets = [...form.querySelectorAll("[data-sheet]")], words = form.querySelector("[data-split-words]");
  const box = (sheet, name) => sheet.querySelector(`input[name=${name}]`);
  /* the same reckoning as the server's: a mark on a page that falls away holds for the next one that stays */
  function count() {
    let letters = 0, begins = true;
    for (const sheet of sheets) {
      begins ||= box(sheet, "start")?.checked;
      if (box(sheet, "drop").checked) continue;
      if (begins) letters += 1;
      begins = false;
    }
    words.textContent = letters > 1 ? `Tách thành ${letters} văn bản` : "Tách văn bản";
  }
  function stand(sheet) {
    sheets.forEach((other) => { other.tabIndex = other === sheet ? 0 : -1; });
    sheet.focus({ preventScroll: true });
    sheet.scrollIntoView({ block: "nearest" });
  }
  /* how many sheets stand side by side, so that ↑ and ↓ go a row */
  const across = () => { const top = sheets[0].offsetTop; const next = sheets.findIndex((sheet) => sheet.offsetTop !== top); return next < 1 ? sheets.length : next; };
  function flip(input) {
    if (!input) return;
    input.checked = !input.checked;
    count();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const sheet = event.target.closest?.("[data-sheet]"), at = sheets.indexOf(sheet);
    if (!sheet && event.target !== document.body && event.target.id !== "noi-dung") return;
    const row = across(), step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row, Home: -sheets.length, End: sheets.length }[event.key];
    if (step) {
      event.preventDefault();
      return stand(sheets[Math.max(0, Math.min(sheets.length - 1, at < 0 ? 0 : at + step))]);
    }
    if (!sheet || event.target.matches("input")) return;
    if (event.code === "Space") { event.preventDefault(); flip(box(sheet, "start")); }
    if (event.code === "KeyD" && !event.shiftKey) { event.preventDefault(); flip(box(sheet, "drop")); }
  });
  form.addEventListener("change", count);
  form.querySelector("[data-split-keys]").hidden = false;
  sheets.forEach((sheet) => { sheet.tabIndex = -1; });
  /* the cursor begins at the first mark, where there is something to check */
  const first = sheets.find((sheet) => box(sheet, "start")?.checked) ?? sheets[0];
  if (form.previousElementSibling?.matches(".errors")) first.tabIndex = 0; else stand(first);
})();

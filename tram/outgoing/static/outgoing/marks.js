/* Trả lại: a line of the body that is pressed begins a mark on it, ready to be written. */
(() => {
  "use strict";
  const marks = document.getElementById("id_marks");
  if (!marks) return;
  for (const line of document.querySelectorAll("[data-mark]")) {
    line.addEventListener("click", () => {
      const told = marks.value.trimEnd();
      marks.value = `${told}${told ? "\n" : ""}${line.dataset.mark}: `;
      marks.rows = Math.max(3, marks.value.split("\n").length);
      marks.focus();
    });
  }
})();

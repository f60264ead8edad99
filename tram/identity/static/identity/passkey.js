/* Passkeys: a form with data-passkey="get" or "create" asks data-challenge for options, lets the machine answer, sends itself. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function options(form) {
    const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(form.dataset.challenge, { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { publicKey } = await answer.json();
    publicKey.challenge = bytes(publicKey.challenge);
    if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
    if (publicKey.excludeCredentials) publicKey.excludeCredentials = known(publicKey.excludeCredentials);
    if (publicKey.allowCredentials) publicKey.allowCredentials = known(publicKey.allowCredentials);
    return { publicKey };
  }

  function told(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} });
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    const words = form.querySelector("[data-passkey-words]");
    /* on the button, which Enter presses too: a submit event would already have marked the form as sent */
    form.querySelector("button").addEventListener("click", async (event) => {
      event.preventDefault();
      words.textContent = "Làm theo máy: chạm khóa, vân tay, khuôn mặt hoặc mã PIN.";
      try {
        form.elements.credential.value = told(await navigator.credentials[form.dataset.passkey](await options(form)));
        form.requestSubmit();
      } catch (trouble) {
        words.textContent = trouble.name === "NotAllowedError"
          ? "Máy chưa xác nhận khóa. Bấm nút lần nữa, hoặc dùng cách khác."
          : trouble.name === "InvalidStateError" ? "Máy này đã có khóa cho tài khoản của bạn."
          : "Khóa chỉ dùng được khi mở Trạm qua https bằng tên máy. Dùng cách khác, hoặc hỏi quản trị.";
      }
    });
  }
})();

/* "Thông báo đẩy trên thiết bị này": asks the browser, and sends what its push service gave through the form on the page. */
(() => {
  "use strict";
  const part = document.querySelector("[data-push]");
  if (!part) return;
  const form = part.querySelector("[data-push-on]"), end = part.querySelector("[data-push-off]"), key = part.dataset.push;
  const say = (text) => { part.querySelector("[data-push-words]").textContent = text; };
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const bytes = (code) => Uint8Array.from(atob(code.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const current = async () => (await navigator.serviceWorker.ready).pushManager;
  const isOurs = (subscription) => text(subscription.options.applicationServerKey ?? new ArrayBuffer(0)) === key;

  async function subscribed() {
    const manager = await current(), old = await manager.getSubscription();
    if (old && isOurs(old)) return old;
    await old?.unsubscribe();
    return manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  }

  async function begin() {
    if (!isSecureContext) return say("Thông báo đẩy chỉ có khi mở Trạm bằng https. Thông báo vẫn có ở mục Thông báo và trong thư gộp.");
    if (!navigator.serviceWorker || !window.PushManager || !window.Notification) return say(/iPhone|iPad/.test(navigator.userAgent)
      ? "Trên iPhone, iPad: bấm Chia sẻ, chọn Thêm vào Màn hình chính, mở Trạm từ biểu tượng ấy rồi vào lại trang này."
      : "Trình duyệt này không nhận được thông báo đẩy. Dùng Chrome, Edge, Firefox hoặc Safari bản mới; thông báo vẫn có ở mục Thông báo.");
    if (Notification.permission === "denied") return say("Trình duyệt đang chặn thông báo của Trạm. Bấm biểu tượng bên trái địa chỉ trang, cho phép Thông báo, rồi tải lại trang.");
    const kept = await (await current()).getSubscription();
    if (end && kept && isOurs(kept)) return undefined;
    form.hidden = false;
    return say(end ? "Trình duyệt này không còn nhận được. Bấm Bật lần nữa." : "Chưa bật trên thiết bị này. Bấm Bật rồi cho phép khi trình duyệt hỏi.");
  }

  /* on the button, which Enter presses too: a submit event would already have marked the form as sent */
  form.querySelector("button").addEventListener("click", async (event) => {
    event.preventDefault();
    say("Trả lời câu hỏi của trình duyệt: cho phép Trạm hiện thông báo.");
    try {
      if (await Notification.requestPermission() !== "granted") return say("Bạn chưa cho phép hiện thông báo. Bấm Bật lần nữa khi muốn.");
      const made = await subscribed();
      form.elements.endpoint.value = made.endpoint;
      form.elements.point.value = text(made.getKey("p256dh"));
      form.elements.auth.value = text(made.getKey("auth"));
      form.requestSubmit();
    } catch {
      say("Trình duyệt không nối được với dịch vụ đẩy của nó; mạng ở đây có thể đang chặn. Thông báo vẫn có ở mục Thông báo.");
    }
    return undefined;
  });
  end?.addEventListener("submit", async () => (await (await current()).getSubscription())?.unsubscribe());
  begin();
})();

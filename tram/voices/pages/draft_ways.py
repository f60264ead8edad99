"""The steps of a draft as addresses and words: which of them this person is offered now, what comes of them, and why not."""

from datetime import date, timedelta

from tram.kernel.actors import Actor, wear
from tram.voices.commands.drafts import still_open
from tram.voices.models import Draft, DraftPublication
from tram.voices.pages.ways import Act, Offer
from tram.voices.policy import DRAFT_RULES, may_handle
from tram.voices.states import DRAFT_MOVES, OUT, DraftState

STEPS: dict[str, Act] = {
    "publish": Act("dang", "Đăng lấy ý kiến", "Đã đăng dự thảo.", "d", asks=False),
    "summarise": Act("tong-hop", "Soạn bản tổng hợp", "Đã lưu và chuyển người duyệt.", "s"),
    "revise": Act("sua", "Sửa dự thảo", "Đã lưu và chuyển người duyệt.", "s"),
    "send_back": Act("tra-lai", "Trả lại để sửa", "Đã trả lại."),
    "withdraw": Act("go", "Gỡ khỏi cổng", "Đã gỡ khỏi cổng.", is_grave=True),
}
OF_SUMMARY = {
    "publish": Act("dang", "Đăng bản tổng hợp", "Đã đăng bản tổng hợp.", "d", asks=False),
    "summarise": Act("tong-hop", "Sửa bản tổng hợp", "Đã lưu và chuyển người duyệt.", "s"),
}
BY_SLUG = {way.slug: step for step, way in STEPS.items()}
FORWARD = ("publish", "summarise")
"""Steps on the way to the public: whoever may not take one is told why, all others are left out."""


def way_of(draft: Draft, step: str) -> Act:
    """A step as it is called for this draft."""
    return OF_SUMMARY.get(step, STEPS[step]) if draft.state == DraftState.SUMMED else STEPS[step]


def offers(actor: Actor, draft: Draft, out: DraftPublication | None, on: date) -> list[Offer]:
    """Every step that fits a draft now, the way to the public first."""
    worn, found = wear(actor, draft, may_handle, on), list[Offer]()
    for step, rule in DRAFT_RULES.items():
        if not DRAFT_MOVES.can(draft.state, step):
            continue
        why_not = rule(worn, draft, on).reason
        if not why_not and step == "summarise" and out and on <= out.last_on:
            why_not = still_open(out.last_on)
        if not why_not or step in FORWARD:
            found.append(Offer(way_of(draft, step), consequence(draft, step, on), why_not))
    return found


def consequence(draft: Draft, step: str, on: date) -> str:
    """What comes of a step, for this very draft."""
    last_on = on + timedelta(days=draft.days)
    publish = f"Ai cũng đọc được bản {draft.version} ngay khi bấm, và góp ý được đến hết ngày {last_on:%d/%m/%Y}."
    if draft.summary:
        publish = "Ai cũng đọc được dự thảo cùng bản tổng hợp ngay khi bấm. Thời gian nhận ý kiến không đổi."
    words = {
        "publish": publish,
        "summarise": "Lưu xong thì chờ người khác duyệt đăng. Công chúng chưa đọc được gì.",
        "revise": "Lưu xong thì chờ người khác duyệt đăng. Công chúng chưa đọc được gì.",
        "send_back": "Về người soạn kèm lý do của bạn.",
        "withdraw": "Công chúng thôi thấy dự thảo, tệp và các góp ý ngay khi bấm. Lý do không hiện ra ngoài.",
    }
    if step == "send_back" and draft.state in OUT:
        return "Bản tổng hợp về người soạn kèm lý do của bạn. Dự thảo vẫn ở trên cổng."
    return words[step]

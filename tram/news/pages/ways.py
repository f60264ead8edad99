"""The steps of an article as addresses and words: which of them this person is offered now, and why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms as django_forms

from tram.kernel.actors import Actor
from tram.news import forms
from tram.news.models import Article, Publication
from tram.news.policy import verdicts
from tram.news.rules.filing import slug_of
from tram.news.states import MOVES, WRITING


@dataclass(frozen=True, slots=True)
class Act:
    """Một bước trên màn hình. `form`: what it asks; None when one press is enough."""

    slug: str
    label: str
    done: str
    form: Callable[..., django_forms.Form] | None = None
    is_grave: bool = False


STEPS: dict[str, Act] = {
    "present": Act("trinh", "Trình biên tập", "Đã trình biên tập."),
    "pass_on": Act("chuyen", "Chuyển xuất bản", "Đã chuyển người duyệt xuất bản."),
    "publish": Act("dang", "Đăng", "Đã đăng.", forms.Published),
    "schedule": Act("hen-gio", "Hẹn giờ đăng", "Đã hẹn giờ đăng.", forms.Scheduled),
    "save": Act("sua", "Sửa bài", "Đã lưu."),
    "revise": Act("sua-lai", "Sửa lại", "Đã mở bài để sửa.", forms.Corrected),
    "send_back": Act("tra-lai", "Trả lại", "Đã trả lại người viết.", forms.Reasoned),
    "readdress": Act("doi-dia-chi", "Đổi địa chỉ theo tít", "Đã đổi địa chỉ; địa chỉ cũ dẫn tới địa chỉ mới."),
    "withdraw": Act("rut", "Rút xuống", "Đã rút xuống.", forms.Reasoned, is_grave=True),
}
BY_SLUG = {way.slug: step for step, way in STEPS.items()}
FORWARD = ("present", "pass_on", "publish")
"""Steps on the way to the public: whoever may not take one is told why, all others are left out."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Bước được mời: with what comes of it, or why this person may not take it."""

    way: Act
    consequence: str
    why_not: str = ""


def fits(article: Article, step: str, out: Publication | None) -> bool:
    """Whether a step fits the state of an article; `out`: what the public sees of it now."""
    if step == "save":
        return article.state in WRITING
    if step == "readdress":
        is_newest = out is None or out.revision.number == article.number
        return is_newest and article.slug != slug_of(article.title, article.pk)
    return MOVES.can(article.state, step)


def offers(actor: Actor, article: Article, author: int, out: Publication | None, on: date) -> list[Offer]:
    """Every step that fits an article now, the way to the public first. `author`: who saved the newest revision."""
    may = verdicts(actor, article, author, on)
    return [
        Offer(way, consequence(article, step, out), may[step].reason)
        for step, way in STEPS.items()
        if fits(article, step, out) and (may[step] or step in FORWARD)
    ]


def consequence(article: Article, step: str, out: Publication | None) -> str:
    """What comes of a step, for this very article; `out`: what the public sees of it now."""
    stands = f"Bản {out.revision.number} vẫn đứng ngoài cổng cho đến khi bản mới được đăng." if out else ""
    instead = f", thay bản {out.revision.number} đang đăng" if out else ""
    words = {
        "present": f"Bản {article.number} sang biên tập cổng. Từ đó biên tập sửa; bạn muốn sửa tiếp thì lấy về bằng Trả lại.",
        "pass_on": f"Bản {article.number} sang người duyệt xuất bản. Không ai sửa chữ nào nữa cho đến khi đăng hoặc trả lại.",
        "publish": f"Ai cũng đọc được bản {article.number} tại /cong/tin/{article.slug} ngay khi bấm{instead}.",
        "schedule": f"Bản {article.number} tự lên cổng đúng giờ hẹn{instead}. Trả lại bài trước giờ ấy thì không đăng.",
        "save": "Bài giữ cho bạn mười lăm phút, người khác thấy bạn đang sửa. Mỗi lần lưu là một bản; bản cũ còn nguyên.",
        "revise": stands or "Mở bài để viết bản mới; bài chưa ra công chúng cho đến khi được đăng lại.",
        "send_back": f"Bài về {article.writer_name} kèm lý do của bạn. Giờ hẹn đăng, nếu có, bị bỏ.",
        "readdress": f"Địa chỉ thành /cong/tin/{slug_of(article.title, article.pk)}. Địa chỉ cũ mãi dẫn tới bài này.",
        "withdraw": (
            "Công chúng thôi thấy bài ngay khi bấm. Bài, các bản và lý do ở lại trong cơ quan; lý do không hiện ra ngoài."
            if out else "Bài thôi không đăng nữa. Bài, các bản và lý do ở lại trong cơ quan."
        ),
    }  # fmt: skip
    return words[step]

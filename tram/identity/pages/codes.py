"""What several pages show alike: the code app's square, and sentences after a redirect."""

from urllib.parse import urlencode

import pyotp
import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from tram.identity.models import Account

DONE = {
    "mat-khau": "Đã đặt mật khẩu mới.",
    "xac-nhan": "Đã xác nhận. Làm tiếp việc bạn chọn.",
    "buoc-hai": "Đã thêm bước hai. Tạo mã dự phòng để còn vào được khi mất điện thoại.",
    "bo-buoc-hai": "Đã bỏ.",
    "phien": "Đã kết thúc.",
    "the": "Đã thu hồi thẻ.",
    "sua": "Đã lưu.",
    "dong": "Đã đóng tài khoản.",
}


def with_query(path: str, **query: str) -> str:
    """A path with a query string."""
    return f"{path}?{urlencode(query)}"


def notices(request: HttpRequest) -> list[dict[str, str]]:
    """What the page before has done, as the shell shows it."""
    sentence = DONE.get(request.GET.get("xong", ""))
    return [{"kind": "good", "text": sentence}] if sentence else []


def shown(account: Account) -> dict[str, object]:
    """The code app being added: its square (SVG) and its secret in groups of four, to type by hand."""
    factor = account.factors.filter(kind="totp", confirmed_at=None).first()
    if factor is None:
        return {}
    secret = factor.shared_secret
    link = pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name="Trạm")
    return {"square": _square(link), "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


def _square(link: str) -> SafeString:
    # Drawn by ourselves from a link of our own, so there is nothing foreign in it.
    return mark_safe(segno.make(link, error="m").svg_inline(scale=5, border=4, title="Mã vuông cho ứng dụng mã"))

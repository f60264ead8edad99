"""Who may sign with what, who cares for certificates, who may verify."""

from datetime import date, datetime

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.signing.models import Certificate
from tram.signing.states import NEED_AUTHORITY

NOT_YOURS = "Chỉ chủ chứng thư được ký bằng chứng thư này."
NOT_CLERK = "Chỉ văn thư cơ quan, người giữ dấu, được ký số của cơ quan."
NOT_ADMIN = "Chỉ quản trị cơ quan (với cơ quan mình) hoặc quản trị tỉnh được đăng ký và ngừng chứng thư số."
NO_POST = "Chọn tư cách (vị trí việc làm) trước khi ký: chữ ký gắn với chức vụ, không gắn với tài khoản."


def may_sign(actor: Actor, certificate: Certificate, on: date) -> Verdict:
    """A person signs with their own certificate; an agency's is used by its clerk (NĐ 30/2020/NĐ-CP, Điều 32)."""
    has_post = allow_if(actor.account is not None and actor.acting is not None and actor.acting.valid(on), NO_POST)
    if certificate.is_seal:
        return has_post & allow_if(actor.holds("clerk", certificate.agency, on), NOT_CLERK)
    return has_post & allow_if(actor.account == certificate.account_id, NOT_YOURS)


def is_usable(certificate: Certificate, at: datetime) -> Verdict:
    """Whether a certificate may sign at that hour."""
    return (
        allow_if(certificate.withdrawn_at is None, f"Chứng thư đã ngừng dùng: {certificate.withdrawn_for}")
        & allow_if(certificate.revoked_at is None or certificate.revoked_at > at, "Chứng thư số đã bị thu hồi nên không ký được. Liên hệ nơi cấp chứng thư.")
        & allow_if(certificate.since <= at, "Chứng thư số chưa có hiệu lực. Kiểm tra giờ máy chủ và ngày hiệu lực.")
        & allow_if(at <= certificate.until, "Chứng thư số đã hết hạn. Xin cấp chứng thư mới rồi ký lại.")
    )  # fmt: skip


def has_ground(mark: str, authority: str, evidence: tuple[str, ...]) -> Verdict:
    """Whoever signs for somebody else says by what right (NĐ 30/2020/NĐ-CP, Điều 13)."""
    given = mark not in NEED_AUTHORITY or (authority.strip() and evidence)
    return allow_if(given, f"Ký “{mark}” cần căn cứ (văn bản giao quyền, quy chế, phân công) còn hiệu lực vào ngày ký.")


def may_administer(actor: Actor, agency: int, on: date) -> Verdict:
    """Enrol, withdraw: the agency's administrator for its own, the province's for all."""
    hat = actor.acting
    grants = hat.grants if hat is not None and hat.valid(on) else ()
    over = any(
        g.valid(on) and (g.role == "admin_province" or (g.role == "admin_org" and g.unit == agency)) for g in grants
    )
    return allow_if(actor.is_system or over, NOT_ADMIN)


def may_see_certificates(actor: Actor) -> Verdict:
    """Open the list: everybody who signed in; it shows one's own and those that one keeps or administers."""
    return allow_if(actor.account is not None, "Đăng nhập để xem chứng thư số.")


def may_found(actor: Actor) -> Verdict:
    """The installation's own test authority."""
    return allow_if(actor.is_system, "Chỉ hệ thống tự lập nơi cấp chứng thư thử.")


def may_set_picture(actor: Actor, certificate: Certificate, on: date) -> Verdict:
    """The owner sets how their signature looks, the clerk the seal; administrators for both."""
    return may_sign(actor, certificate, on) | may_administer(actor, certificate.agency, on)


def may_reserve(actor: Actor) -> Verdict:
    """Reserving places signs nothing; the room that asks has decided who may."""
    return allow_if(actor.account is not None or actor.is_system, "Đăng nhập rồi làm lại việc này.")


def may_verify(actor: Actor) -> Verdict:
    """Everybody who signed in may look whether signatures hold."""
    return allow_if(actor.account is not None, "Đăng nhập để xác minh chữ ký.")


def may_sweep(actor: Actor) -> Verdict:
    """Signatures that nobody awaits any more."""
    return allow_if(actor.is_system, "Chỉ hệ thống tự dọn lượt ký chờ.")

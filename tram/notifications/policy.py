"""Who may tell whom, and who may read what they were told."""

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if


def may_notify(actor: Actor) -> Verdict:
    """A notice comes out of what somebody did, or out of the clock."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")


def may_have_notices(actor: Actor) -> Verdict:
    """Notices belong to people who signed in."""
    return allow_if(actor.account is not None, "Đăng nhập để xem thông báo của bạn.")


def may_send_digests(actor: Actor) -> Verdict:
    """Digests go out by the clock."""
    return allow_if(actor.is_system, "Chỉ hệ thống gửi thư gộp.")


def may_push(actor: Actor) -> Verdict:
    """Devices are told, and let go, by the installation alone."""
    return allow_if(actor.is_system, "Chỉ hệ thống gửi thông báo đẩy.")

"""Who asks for mail, who sends it, who ends it."""

from datetime import date

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if

OFF = "Cổng đang tạm ngừng gửi tin qua thư. Đọc tin bằng nguồn RSS ở chân trang."


def may_ask(is_on: bool) -> Verdict:
    """Ask for mail, and confirm it: everybody, while it is offered."""
    return allow_if(is_on, OFF)


def may_send(actor: Actor) -> Verdict:
    """Find what is new, send it, sweep: the clockwork alone."""
    return allow_if(actor.is_system, "Việc này do hệ thống tự làm theo giờ.")


def may_tend(actor: Actor, on: date) -> Verdict:
    """See how many readers there are, offer mail or end it: the province's administrator."""
    hat = actor.acting
    held = hat is not None and hat.valid(on) and any(g.role == "admin_province" and g.valid(on) for g in hat.grants)
    return allow_if(held, "Chỉ quản trị tỉnh xem và bật, tắt việc nhận tin qua thư.")

"""Who may make what stands on the portal another. Reading asks for no right: nothing is read but what is public."""

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if


def may_refresh(actor: Actor) -> Verdict:
    """Whoever may change what is public has the pages made again; visitors change nothing."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")


def may_scan(actor: Actor) -> Verdict:
    """Look through the portal by the clock, settle what was seen: the installation itself, at its console."""
    return allow_if(actor.is_system, "Việc này do hệ thống hoặc người quản trị máy chủ làm.")

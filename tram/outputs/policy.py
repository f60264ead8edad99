"""Who may have a list made into a file, and take the file: whoever may see the list, at that very moment."""

from datetime import date

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if, refused
from tram.outputs.models import Output
from tram.outputs.rules import UNKNOWN
from tram.outputs.sockets import makers


def may_order(actor: Actor, output: Output, on: date) -> Verdict:
    """Have a list made: whoever has signed in and may see it."""
    if actor.account is None:
        return refused("Đăng nhập rồi làm lại việc này.")
    return _may_see_list(actor, output, on)


def may_see(actor: Actor, output: Output) -> Verdict:
    """Know of a file that is being made: nobody but who asked for it."""
    return allow_if(actor.account is not None and actor.account == output.account_id, "Bạn không thấy được mục này.")


def may_take(actor: Actor, output: Output, on: date) -> Verdict:
    """Take the file: who asked for it, as long as they may see the list."""
    return _may_see_list(actor, output, on) if may_see(actor, output) else may_see(actor, output)


def may_work(actor: Actor) -> Verdict:
    """Making and sweeping is the installation's own work."""
    return allow_if(actor.is_system, "Chỉ hệ thống tự làm việc này.")


def may_withdraw(actor: Actor) -> Verdict:
    """Let go of what was made of a list: told inside the house, which asked the rights on what is locked there."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")


def _may_see_list(actor: Actor, output: Output, on: date) -> Verdict:
    maker = makers.find(output.maker)
    return maker.may_take(actor, output.keys, on) if maker else refused(UNKNOWN)

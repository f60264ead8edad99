"""Who may seal the record."""

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if


def may_seal(actor: Actor) -> Verdict:
    """Sealing is the installation's own work, by the clock or from its console."""
    return allow_if(actor.is_system, "Chỉ hệ thống tự niêm nhật ký.")

"""Who may look after background work."""

from datetime import date

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if, refused


def may_run_jobs(actor: Actor) -> Verdict:
    """Rescuing, parking and sweeping is the installation's own work."""
    return allow_if(actor.is_system, "Chỉ hệ thống tự làm việc này.")


def may_mend(actor: Actor, on: date) -> Verdict:
    """Broken work of the whole installation is seen and mended by the province's administrator."""
    if actor.is_system:
        return may_run_jobs(actor)
    hat = actor.acting
    if hat is None or not hat.valid(on):
        return refused("Chỉ quản trị tỉnh được xử lý việc nền bị hỏng.")
    held = any(grant.role == "admin_province" and grant.valid(on) for grant in hat.grants)
    return allow_if(held, "Chỉ quản trị tỉnh được xử lý việc nền bị hỏng.")

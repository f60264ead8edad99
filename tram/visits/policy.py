"""Who may count, enter a population, publish a ranking, rate a page, and why not."""

from datetime import date

from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.organisation.models import Unit

ANSWERING = ("statistician", "office_chief")
"""Besides its leaders, who answers for an agency's figures."""
READING = frozenset({*ANSWERING, *LEADERS, "editor", "publisher"})


def _answers(actor: Actor, agency: int, on: date) -> bool:
    return actor.leads(agency, on) or any(actor.holds(role, agency, on) for role in ANSWERING)


def may_count(actor: Actor) -> Verdict:
    """Add to the sums, fold them, throw away the marks of a day: the clockwork alone."""
    return allow_if(actor.is_system, "Việc này do hệ thống tự làm theo giờ.")


def may_see(actor: Actor) -> Verdict:
    """See how often the portal is read: whoever works here."""
    return allow_if(actor.account is not None, "Đăng nhập để xem lượt truy cập.")


def may_open(actor: Actor, on: date) -> Verdict:
    """Have the figures in one's menu: whoever answers for figures or for the portal, in any of their hats."""
    works = any(grant.role in READING and grant.valid(on) for hat in actor.worn(on) for grant in hat.grants)
    return allow_if(works, "Mục này nằm trong thực đơn của lãnh đạo, thống kê và người làm cổng.")


def may_enter(actor: Actor, agency: Unit, on: date) -> Verdict:
    """Enter an agency's population: its leaders, its office chief, its statistician, and those of the agency above it."""
    above = agency.parent_id is not None and _answers(actor, agency.parent_id, on)
    return allow_if(
        above or _answers(actor, agency.pk, on),
        "Dân số do lãnh đạo, chánh văn phòng hoặc người làm thống kê của cơ quan, hoặc của cơ quan cấp trên, nhập.",
    )


def may_publish(actor: Actor, agency: Unit, on: date) -> Verdict:
    """Publish the ranking of an agency and those below it, in its name: its leaders."""
    return allow_if(
        actor.leads(agency.pk, on), "Chỉ lãnh đạo cơ quan công bố bảng xếp hạng các cơ quan trực thuộc mình."
    )


def may_rate(is_public: bool, is_rated: bool = True) -> Verdict:
    """Rate a page: anybody, as long as it is public and asks for it."""
    if not is_public:
        return allow_if(False, "Trang này không còn trên cổng nên không đánh giá được nữa.")
    return allow_if(is_rated, "Trang này không nhận chấm điểm.")

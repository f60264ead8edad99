"""Who may do what with articles, and why not. Two persons: who wrote a revision does not let it out."""

from collections.abc import Callable
from datetime import date

from tram.kernel.actors import WORKERS, Actor, wear
from tram.kernel.verdicts import Verdict, allow_if
from tram.news.models import Article, OldFile
from tram.news.states import State
from tram.organisation.models import Unit

WRITERS = WORKERS | {"clerk"}
"""Who has one of these roles in an agency writes for it (NĐ 42/2022/NĐ-CP Điều 24: the agency's own people give it its news)."""
EDITORS = ("editor", "office_chief")
"""Who edits an agency's portal: its editors; the head of its office, who answers for the desk where there is no other."""
DESK = (*EDITORS, "publisher")


def _sits_in(actor: Actor, agency: int, on: date) -> bool:
    hat = actor.acting
    return (
        hat is not None
        and hat.valid(on)
        and hat.agency == agency
        and any(grant.role in WRITERS and grant.valid(on) for grant in hat.grants)
    )


def _edits(actor: Actor, agency: int, on: date) -> bool:
    return any(actor.holds(role, agency, on) for role in EDITORS)


def _publishes(actor: Actor, agency: int, on: date) -> bool:
    return actor.holds("publisher", agency, on) or actor.leads(agency, on)


def _wrote(actor: Actor, article: Article) -> bool:
    return actor.account is not None and actor.account == article.writer_id


def may_list(actor: Actor) -> Verdict:
    """Open the lists of articles: whoever has signed in; they show what they may see."""
    return allow_if(actor.account is not None, "Đăng nhập để xem tin bài.")


def may_begin(actor: Actor, agency: Unit, on: date) -> Verdict:
    """Begin an article for an agency: whoever does its work."""
    return allow_if(_sits_in(actor, agency.pk, on), "Chỉ người làm việc của cơ quan viết bài cho cơ quan.")


def may_see(actor: Actor, article: Article, on: date) -> Verdict:
    """See an article that is not public: its writer, the agency's editors, publishers and leaders."""
    return allow_if(
        _wrote(actor, article) or _edits(actor, article.agency_id, on) or _publishes(actor, article.agency_id, on),
        "Chỉ người viết, biên tập và người duyệt đăng xem bài chưa đăng.",
    )


def may_write(actor: Actor, article: Article, on: date) -> Verdict:
    """Save a new revision of a draft, present it: its writer while they sit in the agency, the agency's editors."""
    mine = _wrote(actor, article) and _sits_in(actor, article.agency_id, on)
    return allow_if(mine or _edits(actor, article.agency_id, on), "Chỉ người viết và biên tập của cơ quan sửa bài này.")


def may_translate(actor: Actor, article: Article, on: date) -> Verdict:
    """Begin its translation: whoever may see it and does the agency's work."""
    return may_see(actor, article, on) & allow_if(
        _sits_in(actor, article.agency_id, on), "Chỉ người làm việc của cơ quan dịch bài của cơ quan."
    )


def may_edit(actor: Actor, article: Article, on: date) -> Verdict:
    """Write in what was presented, pass it on, take it up again after it was public: the agency's editors."""
    return allow_if(_edits(actor, article.agency_id, on), "Chỉ biên tập cổng của cơ quan làm việc này.")


def may_save(actor: Actor, article: Article, on: date) -> Verdict:
    """Save what it says: a draft by its writer and the editors, what was presented by the editors."""
    permit = may_write if article.state == State.DRAFT else may_edit
    return permit(actor, article, on)


def may_send_back(actor: Actor, article: Article, on: date) -> Verdict:
    """Return an article to its writer: editors and publishers; whoever wrote it may take it back."""
    return may_see(actor, article, on)


def may_let_out(actor: Actor, article: Article, on: date) -> Verdict:
    """Decide what the agency publishes: its publisher, its leaders."""
    return allow_if(
        _publishes(actor, article.agency_id, on), "Chỉ người duyệt xuất bản hoặc lãnh đạo cơ quan cho đăng bài."
    )


def may_publish(actor: Actor, article: Article, author: int, on: date) -> Verdict:
    """Let a revision out, now or at an hour: whoever decides, and wrote neither the article nor the revision nor its correction.

    `author`: the account that saved the revision.
    """
    return may_let_out(actor, article, on) & allow_if(
        actor.account not in (article.writer_id, author, article.corrected_by_id),
        "Người viết không tự cho đăng bài của mình; người khác duyệt.",
    )


def may_withdraw(actor: Actor, article: Article, on: date) -> Verdict:
    """Take an article from the public at once, or give a draft up: publishers, leaders and editors of the agency."""
    return allow_if(
        _publishes(actor, article.agency_id, on) or _edits(actor, article.agency_id, on),
        "Chỉ biên tập, người duyệt xuất bản hoặc lãnh đạo cơ quan gỡ bài.",
    )


def may_keep_hours(actor: Actor) -> Verdict:
    """Let a scheduled article appear and an old one expire: the clockwork alone."""
    return allow_if(actor.is_system, "Việc này do hệ thống làm đúng giờ hẹn.")


def may_take_in(actor: Actor, agency: Unit, on: date) -> Verdict:
    """Bring in old articles: the agency's editors; whoever runs the machine, a whole folder for them to look through."""
    return allow_if(actor.is_system or _edits(actor, agency.pk, on), "Chỉ biên tập cổng của cơ quan nhập bài cũ.")


def desk_of(actor: Actor, on: date) -> int:
    """The agency for which a person brings in old articles: that of the acting hat before those of others; 0 for none."""
    hats = sorted(actor.worn(on), key=lambda hat: hat is not actor.acting)
    agencies = [grant.unit for hat in hats for grant in hat.grants if grant.role in EDITORS and grant.valid(on)]
    return agencies[0] if agencies else 0


def may_open_desk(actor: Actor, on: date) -> Verdict:
    """Have the articles in one's menu: whoever writes, edits or publishes for an agency, in any of their hats."""
    desk = any(grant.role in {*DESK, *WRITERS} and grant.valid(on) for hat in actor.worn(on) for grant in hat.grants)
    return allow_if(desk, "Chỉ người viết, biên tập, duyệt đăng của cơ quan có mục này trong thực đơn.")


def may_review_any(actor: Actor, on: date) -> Verdict:
    """Open the list of old articles: the editors of any agency, in any of their hats."""
    return allow_if(desk_of(actor, on), "Chỉ biên tập cổng của cơ quan, hoặc chánh văn phòng, nhập bài cũ.")


def may_review(actor: Actor, file: OldFile, on: date) -> Verdict:
    """Decide on what was changed in an old file: the editors of the agency that it was brought to."""
    return allow_if(_edits(actor, file.agency_id, on), "Chỉ biên tập cổng của cơ quan xem lại bài cũ.")


def may_lose(actor: Actor) -> Verdict:
    """Let go of a file that was a state secret: told inside the house, which asked the rights on the file."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")


RULES: dict[str, Callable[[Actor, Article, date], Verdict]] = {
    "save": may_save,
    "present": may_write,
    "pass_on": may_edit,
    "send_back": may_send_back,
    "revise": may_edit,
    "withdraw": may_withdraw,
    "readdress": may_edit,
}
"""Steps that rest on the article alone; publishing asks for the revision besides."""


def verdicts(actor: Actor, article: Article, author: int, on: date) -> dict[str, Verdict]:
    """What this person may do with an article in any of their hats, whatever its state. `author`: who saved the newest revision."""
    decides = may_publish(wear(actor, article, may_let_out, on), article, author, on)
    told = {step: rule(wear(actor, article, rule, on), article, on) for step, rule in RULES.items()}
    return {**told, "publish": decides, "schedule": decides}

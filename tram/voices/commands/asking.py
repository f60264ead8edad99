"""Commands of those who ask, or say something of an article or a draft, without an account; and that nobody knows any more who did."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from tram.audit.commands import atomic, record
from tram.kernel.actors import ANONYMOUS, Actor, entitled
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.news.queries.public import Public, public_at
from tram.organisation.models import Unit
from tram.voices.commands.duty import ask_desk, due_from, lock, must_say_why, tell
from tram.voices.models import Contact, Voice
from tram.voices.policy import may_ask, may_comment, may_decide, may_opine, may_tidy
from tram.voices.queries import PublicDraft, draft_at, kept_too_long, open_row, takers, takes_comments
from tram.voices.rules import code_of, links_in, longest, mark_of, settled
from tram.voices.states import State

AT_ONCE = 200
FULL = "Hôm nay cơ quan này đã nhận quá nhiều câu hỏi. Giữ lại lời hỏi và gửi vào ngày mai."


@atomic
def ask(
    *, actor: Actor, at: datetime, key: UUID, agency: Unit, title: str, text: str, name: str, shows_name: bool,
    consents: bool, email: str = "", phone: str = "",
) -> str:  # fmt: skip
    """Ask an agency something. The code comes back by which it is found again; `key` is the form's own, and whoever sends
    the same form twice gets the same code for one question.

    Nothing is recorded of `actor`: also an official asks as anybody. Raises Refused for an agency that nobody may ask,
    Invalid for what is missing or too long, WrongState where the agency has had its questions of the day.
    """
    code = code_of(settings.SECRET_KEY, key)
    if Voice.objects.filter(mark=mark_of(code)).exists():
        return code
    may_ask(any(unit.pk == agency.pk for unit in takers(at.date()))).or_refuse()
    _must_be_askable(title, text, name, consents)
    voice = _taken(code, agency, at, settled()["days"], title=title, text=text, name=name, shows_name=shows_name)
    if voice:
        _begun(at, voice, "voices.asked", email, phone)
    return code


@atomic
def comment(
    *, actor: Actor, at: datetime, key: UUID, slug: str, text: str, name: str, shows_name: bool, consents: bool,
    email: str = "", phone: str = "",
) -> str:  # fmt: skip
    """Say something of the public article at an address; as `ask`. Nobody sees it before the agency's desk lets it out.

    Raises Hidden where no article is public, Refused for one that takes no opinions, Invalid, WrongState.
    """
    code = code_of(settings.SECRET_KEY, key)
    if Voice.objects.filter(mark=mark_of(code)).exists():
        return code
    found = public_at(slug, at)
    if not isinstance(found, Public):
        raise Hidden
    may_comment(takes_comments(found, at)).or_refuse()
    _must_be_askable(found.content.title[:1], text, name, consents)
    agency, days = Unit.objects.get(pk=found.agency), settled()["comments"]["days"]
    voice = _taken(
        code, agency, at, days, title=found.content.title[:300], text=text, name=name, shows_name=shows_name,
        article=found.article,
    )  # fmt: skip
    if voice:
        _begun(at, voice, "voices.commented", email, phone)
    return code


@atomic
def opine(
    *, actor: Actor, at: datetime, key: UUID, slug: str, text: str, name: str, shows_name: bool, consents: bool,
    email: str = "", phone: str = "",
) -> str:  # fmt: skip
    """Say something of the public draft at an address; as `comment`, to the end of its last day.

    Raises Hidden where no draft is public, Refused after its last day, Invalid, WrongState.
    """
    code = code_of(settings.SECRET_KEY, key)
    if Voice.objects.filter(mark=mark_of(code)).exists():
        return code
    found = draft_at(slug)
    if not isinstance(found, PublicDraft):
        raise Hidden
    may_opine(found.line.is_open(at.date())).or_refuse()
    _must_be_askable(found.line.title[:1], text, name, consents)
    agency, days = Unit.objects.get(pk=found.line.agency), settled()["drafts"]["days"]
    voice = _taken(
        code, agency, at, days, title=found.line.title, text=text, name=name, shows_name=shows_name,
        draft=found.line.draft,
    )  # fmt: skip
    if voice:
        _begun(at, voice, "voices.opined", email, phone)
    return code


def _taken(
    code: str, agency: Unit, at: datetime, days: int, *, title: str, text: str, name: str, shows_name: bool,
    article: int | None = None, draft: int | None = None,
) -> Voice | None:  # fmt: skip
    """What was sent, as it came; None where it came twice at once."""
    midnight = datetime(at.year, at.month, at.day, tzinfo=LOCAL)
    most = settled()["a_day"]
    if len(Voice.objects.filter(agency=agency, asked_at__gte=midnight).values_list("pk")[:most]) >= most:
        raise WrongState(FULL)
    voice, is_new = Voice.objects.get_or_create(
        mark=mark_of(code),
        defaults={
            "agency": agency, "article_id": article, "draft_id": draft, "state": State.WAITING, "asked_at": at,
            "due_on": due_from(agency.pk, at.date(), days), "typed_title": title, "typed_text": text, "title": title,
            "text": text, "name": name, "shows_name": shows_name,
        },
    )  # fmt: skip
    return voice if is_new else None


def _begun(at: datetime, voice: Voice, what: str, email: str, phone: str) -> None:
    if email or phone:
        Contact.objects.create(voice=voice, email=email, phone=phone)
    ask_desk(at, voice)
    record(
        actor=ANONYMOUS, at=at, what=what, about=voice.ref, agency=voice.agency_id, number=voice.pk,
        to=voice.agency.name, due_on=f"{voice.due_on:%d/%m/%Y}",
    )  # fmt: skip


def _must_be_askable(title: str, text: str, name: str, consents: bool) -> None:
    wrong = {
        field: f"Viết ngắn lại, nhiều nhất {longest(field)} chữ; hiện có {len(told)}."
        for field, told in (("title", title), ("text", text), ("name", name))
        if len(told) > longest(field)
    }
    if not title:
        wrong["title"] = "Nhập việc bạn hỏi, ví dụ “Giờ làm việc của bộ phận một cửa”."
    if not text:
        wrong["text"] = "Nhập câu hỏi."
    if not name:
        wrong["name"] = "Nhập họ tên; tên chỉ hiện trên cổng khi bạn chọn cho hiện."
    if links_in(f"{title} {text}") > settled()["links"]:
        wrong["text"] = f"Bỏ bớt địa chỉ trang web: câu hỏi chứa nhiều nhất {settled()['links']} địa chỉ."
    if not consents:
        wrong["consents"] = "Đánh dấu ô này thì cơ quan mới được dùng thông tin của bạn để trả lời."
    if wrong:
        raise Invalid(wrong)


@atomic
def forget(*, actor: Actor, at: datetime, voice: Voice, reason: str) -> Voice:
    """Erase the name and every way to reach whoever asked, as they may demand; question and answer stay without them.

    Raises Invalid without a reason, WrongState where nothing of it is kept.
    """
    voice = lock(voice)
    actor = entitled(actor, voice, may_decide, at.date())
    must_say_why(reason, "Người hỏi yêu cầu qua điện thoại ngày 12/11")
    if not voice.name and not Contact.objects.filter(voice=voice).exists():
        raise WrongState("Họ tên và thông tin liên hệ của người hỏi đã xóa rồi.")
    _erase(actor, at, voice, reason.strip())
    return voice


@atomic
def tidy(*, actor: Actor, at: datetime) -> int:
    """Erase who asked questions that were settled long ago (catalogue/voices.yaml); how many were erased now."""
    may_tidy(actor).or_refuse()
    before = at - timedelta(days=settled()["keep_contact_days"])
    found = kept_too_long(before, AT_ONCE)
    for pk in found:
        voice = lock(Voice(pk=pk))
        _erase(actor, at, voice, "hết thời hạn giữ", keeps_name=voice.shows_name)
    return len(found)


def _erase(actor: Actor, at: datetime, voice: Voice, reason: str, *, keeps_name: bool = False) -> None:
    Contact.objects.filter(voice=voice).delete()
    if not keeps_name:
        voice.name = ""
        voice.save(update_fields=["name"])
    record(
        actor=actor, at=at, what="voices.forgotten", about=voice.ref, agency=voice.agency_id, reason=reason,
    )  # fmt: skip
    if open_row(voice):
        tell(actor, at, voice)

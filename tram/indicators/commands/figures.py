"""Commands on figures: entered by one person, made public by another, corrected beside the old value, taken back at once."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from tram.audit.commands import atomic, record
from tram.indicators.commands.duty import ask_approver, ask_writer, end_duty, lock, tell
from tram.indicators.models import TOLD, Figure, Publication, Series
from tram.indicators.policy import RULES, may_enter, may_take_back
from tram.indicators.queries import before, digest, open_row, places
from tram.indicators.rules.catalogue import Indicator, indicators
from tram.indicators.rules.reading import Amount, Period, odd_jump, with_unit
from tram.indicators.states import MOVES, State
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.organisation.models import Unit
from tram.vietnamese.text import folded_words

SEEN_OTHER = "Số liệu vừa được lưu thành bản {version}. Mở lại trang để đọc bản ấy rồi làm tiếp."
LONGEST = {"publisher": 200, "document": 300, "link": 300, "note": 300, "reason": 500}


@dataclass(frozen=True, slots=True)
class Entry:
    """Điều người nhập kể: the figure, its period, who published it in which document. `is_sure`: an odd jump was looked at."""

    period: Period
    amount: Amount
    publisher: str
    document: str = ""
    link: str = ""
    note: str = ""
    reason: str = ""
    is_sure: bool = False


@atomic
def enter(
    *, actor: Actor, at: datetime, agency: Unit, code: str, about: Unit, entry: Entry, submits: bool = False
) -> Figure:
    """Enter the figure of a period, of an indicator about an agency's own area or that of the agency above it.

    With `submits` it waits for another person at once. Raises Invalid for what is missing, a period that has a figure, a
    figure that is far from the one before it and was not looked at twice.
    """
    actor = entitled(actor, agency, lambda who, unit, on: may_enter(who, unit.pk, on), at.date())
    assert actor.account is not None, "a person enters it"
    series = _series(at, agency, indicators().get(code), about)
    _keep_others_out(series)
    if Figure.objects.filter(series=series, ends_on=entry.period.ends_on, period=entry.period.kind).exists():
        raise Invalid({"period": f"{_capital(entry.period.words)} đã có số liệu. Mở số liệu ấy để sửa."})
    figure = Figure(series=series, state=State.DRAFT, entered_at=at)
    _write(actor, figure, entry, None)
    figure.save()
    _record(actor, at, figure, what="indicators.entered")
    if submits:
        _submit(actor, at, figure)
    return figure


@atomic
def write(*, actor: Actor, at: datetime, figure: Figure, entry: Entry, seen: int, submits: bool = False) -> Figure:
    """Change a figure; what is public of it stays until another person approves the change, which needs a reason.

    Raises what `enter` raises, and WrongState where somebody saved another version.
    """
    figure = lock(figure)
    _keep_others_out(figure.series)
    actor = entitled(actor, figure, RULES["write"], at.date())
    state = MOVES.after(figure.state, "write")
    _must_have_seen(figure, seen)
    last = Publication.objects.filter(figure=figure).order_by("-pk").first()
    if last:
        need_reason(entry.reason, "Doanh nghiệp báo cáo lại")
        if entry.period != figure.when:
            raise Invalid({"period": "Kỳ đã công bố thì không đổi. Rút số này rồi nhập kỳ khác."})
    if Figure.objects.filter(
        series=figure.series, ends_on=entry.period.ends_on, period=entry.period.kind
    ).exclude(pk=figure.pk).exists():  # fmt: skip
        raise Invalid({"period": f"{_capital(entry.period.words)} đã có số liệu khác. Mở số liệu ấy để sửa."})
    figure.state, figure.version = _while_public(figure, state), figure.version + 1
    _write(actor, figure, entry, last)
    figure.save()
    _record(actor, at, figure, what="indicators.written", version=figure.version)
    end_duty(at, figure, "Đã sửa")
    if submits:
        _submit(actor, at, figure)
    return figure


@atomic
def submit(*, actor: Actor, at: datetime, figure: Figure, seen: int) -> Figure:
    """A draft waits for another person, who approves it."""
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["submit"], at.date())
    _must_have_seen(figure, seen)
    end_duty(at, figure, "Đã trình duyệt")
    _submit(actor, at, figure)
    return figure


def _submit(actor: Actor, at: datetime, figure: Figure) -> None:
    figure.state = MOVES.after(figure.state, "submit")
    figure.save(update_fields=["state"])
    _record(actor, at, figure, what="indicators.submitted")
    ask_approver(actor, at, figure)


@atomic
def send_back(*, actor: Actor, at: datetime, figure: Figure, reason: str) -> Figure:
    """Return a figure to whoever entered it, with the reason. Raises Invalid without one."""
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["send_back"], at.date())
    _must_say_why(reason, "Lệch với báo cáo của doanh nghiệp")
    figure.state = _while_public(figure, MOVES.after(figure.state, "send_back"))
    figure.save(update_fields=["state"])
    _record(actor, at, figure, what="indicators.sent_back", reason=reason.strip())
    end_duty(at, figure, "Đã trả lại")
    ask_writer(at, figure, f"{actor.name}: {reason.strip()}")
    return figure


@atomic
def approve(*, actor: Actor, at: datetime, figure: Figure, seen: int) -> Publication:
    """Make a figure public, in place of what was public of this period, which stays to be read as a correction."""
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["approve"], at.date())
    state = MOVES.after(figure.state, "approve")
    _must_have_seen(figure, seen)
    assert actor.account is not None, "a person approves it"
    if former := open_row(figure):
        _end(former, at, figure.reason)
    out = Publication.objects.create(
        figure=figure, series=figure.series, approver_id=actor.account, approver_name=actor.name, since_at=at,
        **{name: getattr(figure, name) for name in TOLD},
    )  # fmt: skip
    figure.state = state
    figure.save(update_fields=["state"])
    reason = f". Lý do sửa: {figure.reason}" if figure.reason else ""
    _record(actor, at, figure, what="indicators.approved", reason=reason, digest=digest(out), publication=out.pk)
    end_duty(at, figure, "Đã duyệt, đang công bố")
    tell(actor, at, figure)
    return out


@atomic
def withdraw(*, actor: Actor, at: datetime, figure: Figure, reason: str) -> Figure:
    """Take a figure from the public at once. Raises Invalid without a reason, WrongState where it is not public."""
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["withdraw"], at.date())
    _must_say_why(reason, "Nguồn đã rút báo cáo")
    state, out = MOVES.after(figure.state, "withdraw"), open_row(figure)
    if out is None:
        raise WrongState("Số liệu này không còn ở trên cổng.")
    _end(out, at, reason.strip())
    figure.state = state
    figure.save(update_fields=["state"])
    _record(actor, at, figure, what="indicators.withdrawn", reason=reason.strip(), publication=out.pk)
    end_duty(at, figure, "Đã rút khỏi cổng")
    tell(actor, at, figure)
    return figure


@atomic
def drop(*, actor: Actor, at: datetime, figure: Figure) -> Figure:
    """Give up what is being written: a draft is set aside, of a figure that is public what is public stands again."""
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["drop"], at.date())
    figure.state, figure.version = MOVES.after(figure.state, "drop"), figure.version + 1
    if out := open_row(figure):
        for name in TOLD:
            setattr(figure, name, getattr(out, name))
    figure.save()
    _record(actor, at, figure, what="indicators.dropped")
    end_duty(at, figure, "Đã bỏ bản đang sửa")
    return figure


@atomic
def take_back(*, actor: Actor, at: datetime, figure: Figure, reason: str) -> None:
    """Work about it was given back or recalled: it lies with whoever entered it."""
    may_take_back(actor).or_refuse()
    figure = lock(figure)
    if MOVES.can(figure.state, "send_back"):
        figure.state = _while_public(figure, State.DRAFT)
        figure.save(update_fields=["state"])
    _record(actor, at, figure, what="indicators.sent_back", reason=reason)
    ask_writer(at, figure, reason)


def _keep_others_out(series: Series) -> None:
    """Until this transaction ends nobody else enters a figure of the series: of a period there is one."""
    Series.objects.select_for_update().get(pk=series.pk)


def _while_public(figure: Figure, state: State) -> State:
    """The state of what is being written: a draft of what is public is a revision."""
    return State.REVISED if open_row(figure) else state


def _series(at: datetime, agency: Unit, indicator: Indicator | None, about: Unit) -> Series:
    """The series, begun where there is none."""
    if indicator is None:
        raise Invalid({"code": "Chọn chỉ tiêu trong danh sách."})
    if about not in places(agency.pk):
        raise Invalid(
            {"about": "Chọn phạm vi là cơ quan mình, hoặc cơ quan cấp trên nếu cơ quan mình là sở, ban, ngành."}
        )
    slug = indicator.slug
    if (
        about.parent_id is not None
        or Series.objects.filter(slug=slug).exclude(code=indicator.code, about=about).exists()
    ):
        slug = "-".join([slug, *(word for word in folded_words(about.name) if word.isascii()), str(about.pk)])[-160:]
    series, _ = Series.objects.select_related("agency", "about").get_or_create(
        code=indicator.code, about=about, defaults={"agency": agency, "slug": slug, "begun_at": at}
    )
    if series.agency_id != agency.pk:
        raise Invalid(
            {"code": f"{series.agency.name} đang giữ chỉ tiêu này của {about.name}. Gửi số liệu cho cơ quan ấy."}
        )
    return series


def _write(actor: Actor, figure: Figure, entry: Entry, last: Publication | None) -> None:
    """What was told, into the figure. Raises Invalid."""
    _must_be_told(entry)
    former = before(figure.series, entry.period)
    odd = odd_jump(entry.amount, former.amount) if former and not entry.is_sure else ""
    if odd:
        raise Invalid({"is_sure": f"{odd} Đúng thì đánh dấu vào ô này rồi lưu lại."})
    assert actor.account is not None, "a person enters it"
    told = [getattr(figure, name) for name in TOLD]
    figure.period, figure.ends_on = entry.period.kind, entry.period.ends_on
    figure.value, figure.comparator, figure.rank_total = entry.amount.value, entry.amount.comparator, entry.amount.of
    for name in ("publisher", "document", "link", "note"):
        setattr(figure, name, getattr(entry, name).strip())
    figure.reason = entry.reason.strip() if last else ""
    if not figure.writer_id or told != [getattr(figure, name) for name in TOLD]:
        # Who saves what another entered as it stands has entered nothing: else that other could approve their own figure.
        figure.writer_id, figure.writer_name = actor.account, actor.name


def _must_be_told(entry: Entry) -> None:
    wrong = {
        name: f"Viết ngắn lại, nhiều nhất {most} chữ."
        for name, most in LONGEST.items()
        if len(getattr(entry, name)) > most
    }
    if not entry.publisher.strip():
        wrong["publisher"] = "Ghi nơi công bố, ví dụ “Sở Khoa học và Công nghệ” hoặc “Bộ Thông tin và Truyền thông”."
    if not entry.document.strip() and not entry.link.strip():
        wrong["document"] = (
            "Ghi văn bản hoặc bài có số liệu này, ví dụ “Báo cáo 45/BC-SKHCN ngày 10/10/2026”, hoặc dán liên kết."
        )
    if entry.link.strip() and not _is_public_place(entry.link.strip()):
        wrong["link"] = "Liên kết phải tới trang của cơ quan nhà nước (https://….gov.vn/…) hoặc của cổng này (/cong/…)."
    if wrong:
        raise Invalid(wrong)


def _is_public_place(link: str) -> bool:
    """Whether an address leads to this portal, or to a state body."""
    if not link.isprintable() or " " in link or "\\" in link:
        return False
    if link.startswith("/cong/"):
        return True
    try:
        told = urlsplit(link)
        return (
            told.scheme == "https" and told.port is None and "@" not in told.netloc
            and (told.hostname or "").endswith(".gov.vn")
        )  # fmt: skip
    except ValueError:
        return False


def _must_have_seen(figure: Figure, seen: int) -> None:
    if figure.version != seen:
        raise WrongState(SEEN_OTHER.format(version=figure.version))


def _must_say_why(reason: str, example: str) -> None:
    need_reason(reason, example)
    if len(reason) > LONGEST["reason"]:
        raise Invalid({"reason": f"Lý do dài quá {LONGEST['reason']} chữ. Viết ngắn lại."})


def _end(out: Publication, at: datetime, why: str) -> None:
    out.until_at, out.ended_for = at, why
    out.save(update_fields=["until_at", "ended_for"])


def _record(actor: Actor, at: datetime, figure: Figure, *, what: str, **more: object) -> None:
    indicator = figure.series.indicator
    value = with_unit(figure.amount, indicator) if indicator else figure.amount.text
    record(
        actor=actor, at=at, what=what, about=figure.ref, agency=figure.agency_id, name=figure.series.name,
        period=figure.when.words, value=value, **more,
    )  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

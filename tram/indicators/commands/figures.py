"""Commands on figures: entered by one person, made public by another, corrected beside the old value, taken back at once."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.indicators.commands.duty import ask_approver, ask_writer, end_duty, lock, tell
from tram.indicators.commands.writing import (
    capital,
    end,
    keep_others_out,
    must_have_seen,
    must_say_why,
    put_words,
    series_kept,
    while_public,
)
from tram.indicators.models import TOLD, Figure, Publication, Sheet
from tram.indicators.policy import RULES, may_enter, may_take_back
from tram.indicators.queries.figures import digest, open_row
from tram.indicators.rules.catalogue import indicators
from tram.indicators.rules.entry import Entry as Entry
from tram.indicators.rules.reading import with_unit
from tram.indicators.states import MOVES, State
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.organisation.models import Unit


@atomic
def enter(
    *, actor: Actor, at: datetime, agency: Unit, code: str, about: Unit, entry: Entry, submits: bool = False
) -> Figure:
    """Enter the figure of a period, of an indicator about an agency's own area or that of the agency above it.

    With `submits` it waits for another person at once. Raises Invalid for what is missing, a period that has a figure, a
    figure that is far from the one before it and was not looked at twice.
    """
    actor = entitled(actor, agency, lambda who, unit, on: may_enter(who, unit.pk, on), at.date())
    figure = entered(actor, at, agency, code, about, entry)
    if submits:
        _submit(actor, at, figure)
    return figure


def entered(actor: Actor, at: datetime, agency: Unit, code: str, about: Unit, entry: Entry) -> Figure:
    """Part: the draft of a period that has no figure. Raises what `enter` raises."""
    assert actor.account is not None, "a person enters it"
    series = series_kept(at, agency, indicators().get(code), about)
    keep_others_out(series)
    if Figure.objects.filter(series=series, ends_on=entry.period.ends_on, period=entry.period.kind).exists():
        raise Invalid({"period": f"{capital(entry.period.words)} đã có số liệu. Mở số liệu ấy để sửa."})
    figure = Figure(series=series, state=State.DRAFT, entered_at=at)
    put_words(actor, figure, entry, None)
    figure.save()
    _record(actor, at, figure, what="indicators.entered")
    return figure


@atomic
def write(*, actor: Actor, at: datetime, figure: Figure, entry: Entry, seen: int, submits: bool = False) -> Figure:
    """Change a figure; what is public of it stays until another person approves the change, which needs a reason.

    Raises what `enter` raises, and WrongState where somebody saved another version.
    """
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["write"], at.date())
    written(actor, at, figure, entry, seen)
    if submits:
        _submit(actor, at, figure)
    return figure


def written(actor: Actor, at: datetime, figure: Figure, entry: Entry, seen: int) -> None:
    """Part: a locked figure as it is told now; it goes its own way. Raises what `write` raises."""
    keep_others_out(figure.series)
    state = MOVES.after(figure.state, "write")
    must_have_seen(figure, seen)
    last = Publication.objects.filter(figure=figure).order_by("-pk").first()
    if last:
        need_reason(entry.reason, "Doanh nghiệp báo cáo lại")
        if entry.period != figure.when:
            raise Invalid({"period": "Kỳ đã công bố thì không đổi. Rút số này rồi nhập kỳ khác."})
    if Figure.objects.filter(
        series=figure.series, ends_on=entry.period.ends_on, period=entry.period.kind
    ).exclude(pk=figure.pk).exists():  # fmt: skip
        raise Invalid({"period": f"{capital(entry.period.words)} đã có số liệu khác. Mở số liệu ấy để sửa."})
    figure.state, figure.version = while_public(figure, state), figure.version + 1
    put_words(actor, figure, entry, last)
    figure.save()
    _record(actor, at, figure, what="indicators.written", version=figure.version)
    end_duty(at, figure, "Đã sửa")


@atomic
def submit(*, actor: Actor, at: datetime, figure: Figure, seen: int) -> Figure:
    """A draft waits for another person, who approves it."""
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["submit"], at.date())
    must_have_seen(figure, seen)
    end_duty(at, figure, "Đã trình duyệt")
    _submit(actor, at, figure)
    return figure


def _submit(actor: Actor, at: datetime, figure: Figure) -> None:
    submitted(actor, at, figure)
    ask_approver(actor, at, figure)


def submitted(actor: Actor, at: datetime, figure: Figure, sheet: Sheet | None = None) -> None:
    """Part: it waits for another person, alone or with its sheet."""
    figure.state, figure.sheet = MOVES.after(figure.state, "submit"), sheet
    figure.save(update_fields=["state", "sheet"])
    _record(actor, at, figure, what="indicators.submitted")


@atomic
def send_back(*, actor: Actor, at: datetime, figure: Figure, reason: str) -> Figure:
    """Return a figure to whoever entered it, with the reason. Raises Invalid without one."""
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["send_back"], at.date())
    must_say_why(reason, "Lệch với báo cáo của doanh nghiệp")
    figure.state = while_public(figure, MOVES.after(figure.state, "send_back"))
    figure.save(update_fields=["state"])
    _record(actor, at, figure, what="indicators.sent_back", reason=reason.strip())
    end_duty(at, figure, "Đã trả lại")
    ask_writer(at, figure, f"{actor.name}: {reason.strip()}")
    return figure


@atomic
def approve(*, actor: Actor, at: datetime, figure: Figure, seen: int) -> Publication:
    """Make a figure public, in place of what was public of this period, which stays to be read as a correction."""
    figure = lock(figure)
    out = made_public(actor, at, figure, seen)
    tell(actor, at, figure)
    return out


def made_public(actor: Actor, at: datetime, figure: Figure, seen: int) -> Publication:
    """Part: a locked figure is public; whoever calls tells the rooms that show it. Raises what `approve` raises."""
    actor = entitled(actor, figure, RULES["approve"], at.date())
    state = MOVES.after(figure.state, "approve")
    must_have_seen(figure, seen)
    assert actor.account is not None, "a person approves it"
    if former := open_row(figure):
        end(former, at, figure.reason)
    out = Publication.objects.create(
        figure=figure, series=figure.series, approver_id=actor.account, approver_name=actor.name, since_at=at,
        **{name: getattr(figure, name) for name in TOLD},
    )  # fmt: skip
    figure.state = state
    figure.save(update_fields=["state"])
    reason = f". Lý do sửa: {figure.reason}" if figure.reason else ""
    _record(actor, at, figure, what="indicators.approved", reason=reason, digest=digest(out), publication=out.pk)
    end_duty(at, figure, "Đã duyệt, đang công bố")
    return out


@atomic
def withdraw(*, actor: Actor, at: datetime, figure: Figure, reason: str) -> Figure:
    """Take a figure from the public at once. Raises Invalid without a reason, WrongState where it is not public."""
    figure = lock(figure)
    actor = entitled(actor, figure, RULES["withdraw"], at.date())
    must_say_why(reason, "Nguồn đã rút báo cáo")
    state, out = MOVES.after(figure.state, "withdraw"), open_row(figure)
    if out is None:
        raise WrongState("Số liệu này không còn ở trên cổng.")
    end(out, at, reason.strip())
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
    returned(actor, at, figure, reason)
    ask_writer(at, figure, reason)


def returned(actor: Actor, at: datetime, figure: Figure, reason: str) -> None:
    """Part: a locked figure waits for nobody's approving any more."""
    if MOVES.can(figure.state, "send_back"):
        figure.state = while_public(figure, State.DRAFT)
        figure.save(update_fields=["state"])
    _record(actor, at, figure, what="indicators.sent_back", reason=reason)


def _record(actor: Actor, at: datetime, figure: Figure, *, what: str, **more: object) -> None:
    indicator = figure.series.indicator
    value = with_unit(figure.amount, indicator) if indicator else figure.amount.text
    record(
        actor=actor, at=at, what=what, about=figure.ref, agency=figure.agency_id, name=figure.series.name,
        period=figure.when.words, value=value, **more,
    )  # fmt: skip

"""Parts that the commands of figures share: the series that a figure belongs to, what is told of it and whether that is enough."""

from datetime import datetime

from tram.indicators.models import TOLD, Figure, Publication, Series
from tram.indicators.queries.figures import before, open_row, places
from tram.indicators.rules.catalogue import Indicator
from tram.indicators.rules.entry import LONGEST, Entry, wrong_in
from tram.indicators.rules.reading import odd_jump
from tram.indicators.states import State
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.organisation.models import Unit
from tram.vietnamese.text import folded_words

SEEN_OTHER = "Số liệu vừa được lưu thành bản {version}. Mở lại trang để đọc bản ấy rồi làm tiếp."


def keep_others_out(series: Series) -> None:
    """Part: until this transaction ends nobody else enters a figure of the series: of a period there is one."""
    Series.objects.select_for_update().get(pk=series.pk)


def while_public(figure: Figure, state: State) -> State:
    """Part: the state of what is being written: a draft of what is public is a revision."""
    return State.REVISED if open_row(figure) else state


def series_kept(at: datetime, agency: Unit, indicator: Indicator | None, about: Unit) -> Series:
    """Part: the series, begun where there is none. Raises Invalid."""
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


def put_words(actor: Actor, figure: Figure, entry: Entry, last: Publication | None) -> None:
    """Part: what was told, into the figure. Raises Invalid."""
    if wrong := wrong_in(entry):
        raise Invalid(wrong)
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


def must_have_seen(figure: Figure, seen: int) -> None:
    """Part: raises WrongState where another version stands there."""
    if figure.version != seen:
        raise WrongState(SEEN_OTHER.format(version=figure.version))


def must_say_why(reason: str, example: str) -> None:
    """Part: raises Invalid without a reason, or with one that is too long."""
    need_reason(reason, example)
    if len(reason) > LONGEST["reason"]:
        raise Invalid({"reason": f"Lý do dài quá {LONGEST['reason']} chữ. Viết ngắn lại."})


def end(out: Publication, at: datetime, why: str) -> None:
    """Part: what was public is so no more."""
    out.until_at, out.ended_for = at, why
    out.save(update_fields=["until_at", "ended_for"])


def capital(words: str) -> str:
    """With a capital at its head."""
    return words[:1].upper() + words[1:]

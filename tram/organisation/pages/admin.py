"""What administrators do to units and seats. Everybody else gets the same answer as for things that are not there."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.kernel.verdicts import Hidden
from tram.organisation import forms
from tram.organisation.commands import posts, units
from tram.organisation.pages.doors import (
    names_of,
    one_form,
    signed_in,
    today,
    told,
    two_steps,
    unit_to_arrange,
    unit_to_place,
)
from tram.organisation.policy import rules_all
from tram.organisation.queries import divisions
from tram.organisation.screens import arranged
from tram.organisation.screens.ties import ties
from tram.web.asked import Asked

GET_OR_POST = ["GET", "POST"]


def _unit_page(unit: int) -> str:
    return reverse("organisation:unit", args=[unit])


def _post_page(post: int) -> str:
    return reverse("organisation:post", args=[post])


@require_http_methods(GET_OR_POST)
@signed_in
def create_unit(request: Asked, unit: int) -> HttpResponse:
    """Lập đơn vị trực thuộc."""
    parent = unit_to_arrange(request, unit)
    form = forms.NewUnit(told(request))
    if not rules_all(request.actor, today(request)):
        del form.fields["is_agency"]
    return one_form(
        request, form,
        lambda: units.create_unit(actor=request.actor, at=request.at, parent=parent, **form.cleaned_data),
        title=f"Lập đơn vị thuộc {parent.name}", label="Lập đơn vị", back=_unit_page(unit),
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def rename_unit(request: Asked, unit: int) -> HttpResponse:
    """Đổi tên đơn vị."""
    found = unit_to_arrange(request, unit)
    form = forms.Renaming(told(request), initial={"name": found.name, "abbr": found.abbr})
    return one_form(
        request, form,
        lambda: units.rename_unit(actor=request.actor, at=request.at, unit=found, **form.cleaned_data),
        title=f"Đổi tên {found.name}", label="Đổi tên", back=_unit_page(unit),
        words="Văn bản cũ giữ tên cũ; tìm theo tên nào cũng ra đơn vị này.",
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def move_unit(request: Asked, unit: int) -> HttpResponse:
    """Chuyển đơn vị cấp trên."""
    found, on = unit_to_place(request, unit), today(request)
    known = arranged.beside(found, on).exclude(pk=found.parent_id or 0)
    form = forms.Moving(told(request), known=known)

    def act() -> None:
        fields = dict(form.cleaned_data)
        [parent] = fields.pop("parent")
        units.move_unit(actor=request.actor, at=request.at, unit=found, parent=parent, **fields)

    def foreseen() -> list[str]:
        now, to = form.cleaned_data, form.cleaned_data["parent"][0]
        before = found.parent.name if found.parent else "cấp trên cùng"
        return [
            f"Từ {now['since']:%d/%m/%Y}, {found.name} thuộc {to.name}, không còn thuộc {before}.",
            "Văn bản, số và tên cũ giữ nguyên; vị trí, người giữ, quyền và việc đang mở ở nguyên đơn vị.",
        ]

    return two_steps(
        request, form, act, foreseen, title=f"Chuyển {found.name} sang đơn vị cấp trên khác",
        label="Ghi chuyển đơn vị", back=_unit_page(unit), ties=ties(found, on), ends=False, choices=names_of(known),
        words=f"Hiện thuộc {found.parent.name}." if found.parent else "Hiện ở cấp trên cùng.",
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def abolish_unit(request: Asked, unit: int) -> HttpResponse:
    """Chấm dứt hoạt động."""
    found, on = unit_to_place(request, unit), today(request)
    known = arranged.beside(found, on)
    form = forms.Abolishing(told(request), known=known)

    def foreseen() -> list[str]:
        last, heirs = form.cleaned_data["on"], [heir.name for heir in form.cleaned_data["successors"]]
        return [
            f"Sau ngày {last:%d/%m/%Y}, {found.name} không còn hoạt động. Tên, văn bản và nhật ký vẫn còn.",
            f"Nhận nhiệm vụ: {'; '.join(heirs)}." if heirs else "Không ghi đơn vị kế thừa nào.",
        ]

    return two_steps(
        request, form,
        lambda: units.abolish_unit(actor=request.actor, at=request.at, unit=found, **form.cleaned_data), foreseen,
        title=f"Chấm dứt hoạt động {found.name}", label="Ghi chấm dứt hoạt động", back=_unit_page(unit),
        ties=ties(found, on), ends=True, choices=names_of(known), optional=("successors",),
        words="Ghi trước ngày có hiệu lực được; đơn vị vẫn hoạt động đến hết ngày cuối cùng.",
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def give_code(request: Asked, unit: int) -> HttpResponse:
    """Ghi mã định danh."""
    found = unit_to_arrange(request, unit)
    form = forms.NewCode(told(request))
    return one_form(
        request, form,
        lambda: units.give_code(actor=request.actor, at=request.at, unit=found, **form.cleaned_data),
        title=f"Ghi mã định danh của {found.name}", label="Ghi mã", back=_unit_page(unit),
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def create_post(request: Asked, unit: int) -> HttpResponse:
    """Lập vị trí."""
    found = unit_to_arrange(request, unit)
    form = forms.NewPost(told(request))
    return one_form(
        request, form,
        lambda: posts.create_post(actor=request.actor, at=request.at, unit=found, **form.cleaned_data),
        title=f"Lập vị trí ở {found.name}", label="Lập vị trí", back=_unit_page(unit), optional=("roles",),
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def end_post(request: Asked, post: int) -> HttpResponse:
    """Kết thúc vị trí."""
    found = arranged.post(request.actor, post, today(request))
    form = forms.LastDay(told(request))
    return one_form(
        request, form,
        lambda: posts.end_post(actor=request.actor, at=request.at, post=found, **form.cleaned_data),
        title=f"Kết thúc vị trí {found.title}", label="Kết thúc vị trí", back=_post_page(post),
        words="Người đang giữ vị trí thôi giữ cùng ngày; các quyền của vị trí hết cùng ngày.",
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def appoint(request: Asked, post: int) -> HttpResponse:
    """Phân công người giữ vị trí."""
    found = arranged.post(request.actor, post, today(request))
    people = arranged.people(found)
    form = forms.Appointing(told(request), people=[(p.pk, f"{p.name} ({p.login})") for p in people])

    def act() -> None:
        fields = dict(form.cleaned_data)
        person = people.get(pk=fields.pop("account"))
        posts.appoint(actor=request.actor, at=request.at, post=found, account=person, **fields)

    return one_form(
        request, form, act, title=f"Phân công: {found.title}, {found.unit.name}", label="Phân công",
        back=_post_page(post), words="Người đang giữ vị trí thôi giữ từ hôm trước ngày bắt đầu.", optional=("decision",),
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def grant_role(request: Asked, post: int) -> HttpResponse:
    """Giao quyền cho vị trí."""
    found = arranged.post(request.actor, post, today(request))
    agency = found.unit.agency
    if agency is None:
        raise Hidden
    scopes = {agency.pk: agency.name, **{row.id: row.name for row in divisions(agency.pk, today(request))}}
    form = forms.Granting(told(request), units=scopes.items(), initial={"unit": agency.pk})

    def act() -> None:
        fields = dict(form.cleaned_data)
        over = unit_to_arrange(request, fields.pop("unit"))
        posts.grant_role(actor=request.actor, at=request.at, post=found, unit=over, **fields)

    return one_form(
        request, form, act, title=f"Giao quyền cho {found.title}", label="Giao quyền", back=_post_page(post),
        optional=("until",),
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def withdraw_role(request: Asked, grant: int) -> HttpResponse:
    """Thu quyền."""
    found = arranged.grant(request.actor, grant, today(request))
    form = forms.LastDay(told(request), initial={"until": today(request).strftime("%d/%m/%Y")})
    return one_form(
        request, form,
        lambda: posts.withdraw_role(actor=request.actor, at=request.at, grant=found, **form.cleaned_data),
        title=f"Thu quyền của {found.post.title}", label="Thu quyền", back=_post_page(found.post_id),
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def end_appointment(request: Asked, appointment: int) -> HttpResponse:
    """Thôi giữ vị trí."""
    found = arranged.appointment(request.actor, appointment, today(request))
    form = forms.LastDay(told(request), initial={"until": today(request).strftime("%d/%m/%Y")})
    return one_form(
        request, form,
        lambda: posts.end_appointment(actor=request.actor, at=request.at, appointment=found, **form.cleaned_data),
        title=f"{found.account.name} thôi giữ vị trí {found.post.title}", label="Ghi thôi giữ",
        back=_post_page(found.post_id),
    )  # fmt: skip

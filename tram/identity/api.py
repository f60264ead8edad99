"""Accounts for the programs of administrators: list, open, amend, invite, close."""

from datetime import datetime
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from tram.identity import queries
from tram.identity.commands import accounts, invitations
from tram.identity.models import Account
from tram.identity.policy import may_list
from tram.kernel import clock
from tram.kernel.verdicts import Hidden
from tram.web.middleware import UNKEPT, request_actor
from tram.web.programs import Key, Line, Page, Place, Strict, answers

router = Router(tags=["Tài khoản"])
Mail = Annotated[Line, Field(max_length=254, description="Thư điện tử")]
Phone = Annotated[Line, Field(max_length=20, description="Điện thoại")]


class AccountOut(Schema):
    """Tài khoản."""

    id: int
    login: str = Field(description="Tên đăng nhập")
    name: str = Field(description="Họ và tên")
    email: str
    closed_at: datetime | None = Field(description="Lúc đóng; trống là đang mở")


class NewAccount(Strict):
    """Mở tài khoản trong cơ quan của thẻ."""

    login: Line = Field(max_length=60, description="Tên đăng nhập: a–z không dấu, số, dấu chấm, gạch")
    name: Line = Field(max_length=120, description="Họ và tên")
    email: Mail = ""
    phone: Phone = ""
    needs_second_factor: bool = Field(False, description="Phải có bước hai khi đăng nhập")


class Amending(Strict):
    """Sửa tài khoản."""

    name: Line = Field(max_length=120, description="Họ và tên")
    email: Mail = ""
    phone: Phone = ""
    needs_second_factor: bool = Field(False, description="Phải có bước hai khi đăng nhập")


class Invited(Schema):
    """Liên kết đặt mật khẩu."""

    link: str = Field(description="Dùng một lần, trong 30 phút; liên kết cũ của tài khoản hết hiệu lực")


def _account(request: HttpRequest, key: int) -> Account:
    on = clock.local_day(queries.at_of(request))
    found = queries.accounts_of(request_actor(request), on).filter(pk=key).first()
    if found is None:
        raise Hidden
    return found


@router.get("/accounts", response=answers(Page[AccountOut]), summary="Tài khoản mà mình quản trị")
def account_list(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=100, description="Vài chữ của họ tên, hoặc đầu tên đăng nhập")] = "",
    after: Place = "",
) -> object:
    """Fifty a page, in the order of Vietnamese names."""
    actor, on = request_actor(request), clock.local_day(queries.at_of(request))
    may_list(actor, on).or_refuse()
    page = queries.account_page(actor, on, q.replace("\x00", ""), after)
    return {"items": page.rows, "next": page.after}


@router.post("/accounts", response=answers(AccountOut), summary="Mở tài khoản")
def open_account(request: HttpRequest, told: NewAccount) -> object:
    """Open an account in the agency of the token's seat."""
    actor, at = request_actor(request), queries.at_of(request)
    return accounts.open_account(actor=actor, at=at, agency=actor.agency or None, **told.model_dump())


@router.post("/accounts/{account}/amend", response=answers(AccountOut), summary="Sửa tài khoản")
def amend_account(request: HttpRequest, account: Key, told: Amending) -> object:
    """Change a person's name, addresses, and whether they need a second step."""
    found, at = _account(request, account), queries.at_of(request)
    return accounts.amend_account(actor=request_actor(request), at=at, account=found, **told.model_dump())


@router.post("/accounts/{account}/invite", response=answers(Invited), summary="Cấp liên kết đặt mật khẩu")
def invite(request: HttpRequest, response: HttpResponse, account: Key) -> object:
    """Make a link that sets the password once. The answer is not kept, so the same key makes a new link."""
    found, at = _account(request, account), queries.at_of(request)
    secret = invitations.invite(actor=request_actor(request), at=at, account=found)
    response.headers[UNKEPT] = "1"
    return {"link": settings.TRAM_PUBLIC_URL + reverse("identity:invitation", args=[secret])}


@router.post("/accounts/{account}/close", response=answers(AccountOut), summary="Đóng tài khoản")
def close_account(request: HttpRequest, account: Key) -> object:
    """Close an account: its sessions, tokens and links end at once."""
    found, at = _account(request, account), queries.at_of(request)
    return accounts.close_account(actor=request_actor(request), at=at, account=found)

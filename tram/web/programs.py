"""What every room's API shares: who may come in, how a refusal looks, the shapes of keys, words and pages.

Programs come with a token, never with a cookie, so a page of another site cannot speak through a reader's browser.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.security import HttpBearer
from pydantic import BeforeValidator, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.vietnamese.text import nfc, tidy
from tram.web import views
from tram.web.middleware import request_actor

T = TypeVar("T")
ROW_KEYS = 2**63
NO_TOKEN = (
    "Gửi thẻ trong tiêu đề “Authorization: Bearer …”. Lấy thẻ ở trang Tài khoản; thẻ phải còn hạn, "
    "vị trí của thẻ phải còn người giữ, và thẻ chỉ đọc không ghi được."
)
UNREADABLE = "Không đọc được nội dung gửi lên. Gửi JSON mã UTF-8 như mô tả ở /api/openapi.json."

Key = Annotated[int, Field(ge=1, lt=ROW_KEYS, description="Khóa của một mục")]
After = Annotated[int, Field(ge=0, lt=ROW_KEYS, description="`next` của trang trước; 0 là từ đầu")]
Place = Annotated[str, Field(max_length=100, description="`next` của trang trước; bỏ trống là từ đầu")]
Limit = Annotated[int, Field(ge=1, le=100, description="Số dòng một trang")]


def _line(value: Any) -> Any:
    return tidy(_storable(value)) if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return nfc(_storable(value).replace("\r\n", "\n")) if isinstance(value, str) else value


def _storable(text: str) -> str:
    """Without NUL and halves of characters, which no text of the database can hold."""
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")


Line = Annotated[str, BeforeValidator(_line)]
Text = Annotated[str, BeforeValidator(_text)]


@dataclass(frozen=True)
class among:
    """Part of a shape: one of these codes, named in the description and in the refusal."""

    codes: Collection[str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.codes))


class Strict(Schema):
    """Dữ liệu gửi lên: a field that is not described is refused, so that a slip of the pen is never swallowed."""

    model_config = {"extra": "forbid"}


class Reason(Strict):
    """Lý do."""

    reason: Line = Field("", max_length=500, description="Lý do; lệnh nào cần mà thiếu thì trả lời 422")


class Page(Schema, Generic[T]):
    """Một trang: các dòng, và chỗ trang sau bắt đầu."""

    items: list[T] = Field(description="Các dòng của trang")
    next: str = Field(description="Gửi lại trong `after` để lấy trang sau; rỗng là hết")


class Trouble(Schema):
    """Điều cần biết khi một yêu cầu không thành."""

    detail: str = Field(description="Câu cho người đọc: chuyện gì, sửa thế nào")
    errors: dict[str, str] = Field(description="Từng trường: câu nói cách sửa")


TROUBLES = frozenset({401, 403, 404, 409, 422})


def answers(shape: Any) -> dict[Any, Any]:
    """What an operation may answer: its shape, or one of the troubles."""
    return {200: shape, TROUBLES: Trouble}


class Bearer(HttpBearer):
    """Thẻ của chương trình, lấy ở trang Tài khoản."""

    def authenticate(self, request: HttpRequest, token: str) -> object | None:
        """The actor of the token; the middleware has looked it up."""
        actor = request_actor(request)
        return actor if actor.account is not None else None


KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "description": "Một UUID mới cho mỗi việc; gửi lại cùng mã thì nhận lại đúng câu trả lời đầu, việc không làm lần hai",
}


class Api(NinjaAPI):
    """API của Trạm: OpenAPI 3.1 in Vietnamese; every write names its idempotency key."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, with the header that `web.middleware.Once` asks of every write."""
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                operation.pop("description", None)
            if "post" in methods:
                methods["post"].setdefault("parameters", []).append(KEY_HEADER)
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The room and the name of the step: `tasks_accept`."""
        view = operation.view_func
        return f"{view.__module__.split('.')[1]}_{view.__name__}"


SENTENCES: dict[str, str] = {
    "missing": "Thiếu “{name}”.",
    "extra_forbidden": "Không có trường “{name}”. Xem các trường ở /api/openapi.json.",
    "string_too_long": "“{name}” dài nhất {max_length} ký tự.",
    "string_too_short": "Nhập “{name}”.",
    "string_type": "“{name}” là một chuỗi chữ.",
    "string_unicode": "“{name}” có ký tự không phải Unicode. Gửi chữ mã UTF-8.",
    "int_type": "“{name}” là một số nguyên.",
    "int_parsing": "“{name}” là một số nguyên.",
    "int_from_float": "“{name}” là một số nguyên.",
    "int_parsing_size": "“{name}” là số quá dài.",
    "bool_type": "“{name}” là true hoặc false.",
    "bool_parsing": "“{name}” là true hoặc false.",
    "list_type": "“{name}” là một danh sách.",
    "too_long": "“{name}” dài nhất {max_length} ký tự hoặc mục.",
    "enum": "“{name}” là một trong: {expected}.",
    "literal_error": "“{name}” là một trong: {expected}.",
    "greater_than_equal": "“{name}” từ {ge} trở lên.",
    "less_than_equal": "“{name}” nhiều nhất là {le}.",
    "less_than": "“{name}” nhỏ hơn {lt}.",
    "uuid_parsing": "“{name}” là một mã dạng 550e8400-e29b-41d4-a716-446655440000.",
}
DAY = "“{name}” là một ngày dạng 2026-03-05."
HOUR = "“{name}” là một giờ dạng 14:30."
OTHERWISE = "“{name}” chưa đúng dạng ghi ở /api/openapi.json."


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(error: dict[str, Any], name: str) -> str:
    """One finding of the checker of shapes, in words of ours; nothing of its insides."""
    kind = str(error["type"])
    said = SENTENCES.get(kind) or (DAY if kind.startswith("date") else HOUR if kind.startswith("time") else OTHERWISE)
    return said.format_map(_Facts({**error.get("ctx", {}), "name": name}))


def _misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors: dict[str, str] = {}
    for found in error.errors:
        where = [str(part) for part in found["loc"][1:]]
        name = ".".join(where[1:] if found["loc"][0] == "body" and len(where) > 1 else where) or "nội dung"
        errors[name[:80]] = sentence(found, name[:80])
    return views.invalid(request, errors)


def _no_token(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    headers = {"WWW-Authenticate": "Bearer"}
    return JsonResponse({"detail": NO_TOKEN, "errors": {}}, status=401, headers=headers)


def _unreadable(request: HttpRequest, _error: Exception) -> HttpResponse:
    return views.invalid(request, {"body": UNREADABLE})


def speak(api: NinjaAPI) -> None:
    """Let the API say refusals as every page says them, as JSON."""
    said: list[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = [
        (Http404, lambda request, error: views.hidden(request)),
        (Hidden, lambda request, error: views.hidden(request)),
        (Refused, lambda request, error: views.refused(request, error.reason)),
        (WrongState, lambda request, error: views.wrong_state(request, str(error))),
        (Invalid, lambda request, error: views.invalid(request, error.errors)),
        (ValidationError, _misshapen),
        (AuthenticationError, _no_token),
        (MultiPartParserError, _unreadable),
        (HttpError, _unreadable),
    ]
    for kind, say in said:
        api.add_exception_handler(kind, say)

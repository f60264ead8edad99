"""The verbs of work as people meet them: their address, their words, their key, and what each asks for."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from tram.tasks.events import Kind


@dataclass(frozen=True, slots=True)
class Ask:
    """Một ô của bước: `kind` is line, text, day, percent, file, answer, people or units."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """Một bước với việc: `move` is its word in the table of states, `done` what is said after it."""

    slug: str
    label: str
    done: str
    move: str = ""
    key: str = ""
    asks: tuple[Ask, ...] = ()
    is_grave: bool = False


RESULT = Ask("result", "Kết quả", hint="Nêu số, ngày văn bản trả lời nếu có.")
_ALL = (
    Verb(
        "tra-loi-gia-han",
        "Trả lời xin gia hạn",
        "Đã trả lời; người xin được báo ngay.",
        "finish",
        "e",
        (
            Ask("granted", "Đồng ý gia hạn?", "answer"),
            Ask("answer", "Ý kiến", hint="Cần ghi khi không đồng ý.", is_optional=True),
        ),
    ),
    Verb("xac-nhan", "Xác nhận hoàn thành", "Đã xác nhận hoàn thành.", "confirm", "e"),
    Verb(
        "lam-lai",
        "Yêu cầu làm lại",
        "Đã gửi lại cho người làm.",
        "send_back",
        "l",
        (Ask("reason", "Điều cần làm thêm"),),
    ),
    Verb(
        "phan",
        "Phân việc",
        "Đã phân việc.",
        key="f",
        asks=(
            Ask("word", "Ý kiến phân công", is_optional=True),
            Ask("due_on", "Hạn của người làm", "day", is_optional=True),
            Ask("to", "Giao cho", "people"),
        ),
    ),
    Verb("nhan-ve-minh", "Nhận về mình", "Việc đã về tay bạn.", "accept", "n"),
    Verb("nop", "Báo cáo kết quả", "Đã nộp kết quả.", "submit", "e", (RESULT,)),
    Verb("xong", "Xong", "Xong.", "finish", "e", (Ask("result", "Ý kiến, kết quả", is_optional=True),)),
    Verb("nhan", "Nhận việc", "Đã nhận việc.", "accept", "n"),
    Verb(
        "tien-do",
        "Báo tiến độ",
        "Đã ghi tiến độ.",
        "report",
        "t",
        (
            Ask("percent", "Đã làm được (%)", "percent"),
            Ask("text", "Việc đã làm", hint="Ví dụ: đã khảo sát 12/20 xã."),
            Ask("evidence", "Tệp minh chứng", "file", is_optional=True),
        ),
    ),
    Verb(
        "gia-han",
        "Xin gia hạn",
        "Đã gửi xin gia hạn. Hạn cũ vẫn tính cho đến khi có trả lời.",
        key="g",
        asks=(Ask("wanted_on", "Xin đến ngày", "day", "Ví dụ 25/11."), Ask("reason", "Lý do")),
    ),
    Verb(
        "chuyen",
        "Chuyển đơn vị khác",
        "Đã chuyển việc.",
        key="c",
        asks=(Ask("to", "Chuyển đến", "units"), Ask("word", "Lý do chuyển")),
    ),
    Verb(
        "an",
        "Ẩn đến ngày",
        "Đã ẩn khỏi danh sách. Hạn vẫn tính.",
        key="h",
        asks=(Ask("until", "Hiện lại ngày", "day"),),
    ),
    Verb("hien-lai", "Cho hiện lại", "Việc đã hiện lại trong danh sách."),
    Verb("doi-han", "Đổi hạn", "Đã đổi hạn.", asks=(Ask("due_on", "Hạn mới", "day"), Ask("reason", "Lý do"))),
    Verb(
        "tra-lai", "Trả lại", "Đã trả lại người giao.", "return", asks=(Ask("reason", "Lý do trả lại"),), is_grave=True
    ),
    Verb("rut-phan", "Rút lại việc đã phân", "Đã rút lại. Việc nằm ở chỗ cũ.", is_grave=True),
    Verb(
        "thu-hoi",
        "Thu hồi",
        "Đã thu hồi.",
        "recall",
        asks=(Ask("reason", "Lý do thu hồi", hint="Không cần khi chưa ai xem.", is_optional=True),),
        is_grave=True,
    ),
    Verb(
        "ket-thuc",
        "Kết thúc khi chưa xong",
        "Đã kết thúc việc.",
        "close",
        asks=(Ask("reason", "Lý do kết thúc"),),
        is_grave=True,
    ),
)
VERBS = {verb.slug: verb for verb in _ALL}
TRIAGE = ("e", "n", "f", "g", "h")
"""The keys that rows of the one inbox answer to."""

DONE_LABELS = {
    Kind.INFORM: "Đã xem",
    Kind.COORDINATE: "Báo phần phối hợp",
    Kind.COMMENT: "Gửi góp ý",
    Kind.REVIEW: "Đã kiểm tra",
    Kind.APPROVE: "Đã phê duyệt",
}


def label_of(verb: Verb, kind: str) -> str:
    """The verb's words for a kind of work: finishing has its own for each."""
    return DONE_LABELS.get(Kind(kind), verb.label) if verb.slug == "xong" else verb.label


def asks_of(verb: Verb, kind: str) -> tuple[Ask, ...]:
    """What a verb asks for work of this kind: what was only to be read asks nothing, an opinion must be written."""
    if verb.slug != "xong" or kind == Kind.INFORM:
        return () if verb.slug == "xong" else verb.asks
    return (Ask("result", "Ý kiến", is_optional=False),) if kind in (Kind.COMMENT, Kind.COORDINATE) else verb.asks


class Work(Protocol):
    """What a step needs to know of the task it is about."""

    pk: Any
    kind: str
    progress: int
    due_on: date | None


def step_of(task: Work, slug: str) -> dict[str, Any]:
    """One verb as a page shows it for a task: slug, label, key, is_grave, url, and asks with their present values."""
    verb = VERBS[slug]
    known = {"percent": task.progress or "", "due_on": f"{task.due_on:%d/%m/%Y}" if task.due_on else ""}
    values = known if slug in ("tien-do", "doi-han") else {}
    return {
        "slug": slug,
        "label": label_of(verb, task.kind),
        "key": verb.key,
        "is_grave": verb.is_grave,
        "url": f"/viec/{task.pk}/{slug}",
        "asks": [asdict(ask) | {"value": values.get(ask.name, "")} for ask in asks_of(verb, task.kind)],
    }


@dataclass(frozen=True, slots=True)
class Key:
    """Một phím của danh sách: a step behind a key of the inbox; `is_direct` when it asks nothing."""

    key: str
    slug: str
    label: str
    url: str
    is_direct: bool


def keys_of(pk: int, kind: str, slugs: tuple[str, ...]) -> list[Key]:
    """The steps behind the keys of the inbox, at most one a key."""
    first = {VERBS[slug].key: VERBS[slug] for slug in reversed(slugs)}
    return [
        Key(key, verb.slug, label_of(verb, kind), f"/viec/{pk}/{verb.slug}", not asks_of(verb, kind))
        for key in TRIAGE
        if (verb := first.get(key))
    ]

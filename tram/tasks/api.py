"""Work for programs: the one inbox, a piece of work, every step with it, giving work."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from tram.files import queries as files
from tram.files.models import File
from tram.kernel.verdicts import Hidden, WrongState
from tram.organisation.models import Post, Unit
from tram.tasks import queries
from tram.tasks.commands import due, give, judge, work
from tram.tasks.models import Extension, Task
from tram.tasks.policy import verbs
from tram.web.asked import Asked
from tram.web.programs import After, Key, Limit, Line, Page, Place, Reason, Strict, Text, answers

router = Router(tags=["Việc"])


class InboxOut(Schema):
    """Dòng trong “Việc của tôi”."""

    id: int
    kind: str = Field(description="handle, direct, coordinate, comment, review, approve, report hoặc inform")
    kind_name: str
    state: str
    state_name: str
    title: str = Field(description="Tên việc")
    line: str = Field(description="Số, ký hiệu và nơi gửi của văn bản, hoặc sản phẩm")
    giver: str = Field(description="Người giao")
    url: str = Field(description="Trang của việc")
    urgency: int = Field(description="Độ khẩn, 0 thường đến 3 hỏa tốc")
    due_on: date | None = Field(description="Hạn")
    result: str = Field(description="running, overdue, done_on_time hoặc done_late (QĐ 42/2014/QĐ-TTg)")
    progress: int = Field(description="Tiến độ, phần trăm")
    last_word: str = Field(description="Lời cuối")
    is_read: bool
    in_unit_inbox: bool = Field(description="Đang ở hộp việc chung của đơn vị")
    given_at: datetime


class TaskOut(Schema):
    """Việc."""

    id: int
    ref: str
    kind: str
    kind_name: str
    state: str
    state_name: str
    title: str
    line: str
    note: str = Field(description="Ý kiến chỉ đạo")
    holder: str = Field(description="Người hoặc đơn vị đang giữ")
    unit: int
    unit_name: str
    post: int | None = Field(description="Vị trí đang giữ; trống là hộp việc chung của đơn vị")
    giver: str
    url: str
    urgency: int
    due_on: date | None
    first_due_on: date | None = Field(description="Hạn ban đầu")
    result: str
    progress: int
    last_word: str
    outcome: str = Field(description="Kết quả")
    given_at: datetime
    read_at: datetime | None
    ended_at: datetime | None
    is_open: bool


class HoldingOut(Schema):
    """Ai đã giữ việc, từ lúc nào đến lúc nào."""

    holder: str
    how: str
    word: str
    since_at: datetime
    read_at: datetime | None
    until_at: datetime | None


class ReportOut(Schema):
    """Báo cáo tiến độ."""

    at: datetime
    by: str
    percent: int
    text: str
    evidence: str = Field(description="Khóa tệp minh chứng; rỗng là không có")
    evidence_name: str


class DueOut(Schema):
    """Một lần đổi hạn."""

    before: date | None
    after: date | None
    reason: str
    by_name: str
    at: datetime


class TaskStory(Schema):
    """Việc với đường đi của nó."""

    task: TaskOut
    verbs: list[str] = Field(description="Các bước người của thẻ làm được lúc này, theo tên trên màn hình")
    parts: list[TaskOut] = Field(description="Phần việc phối hợp")
    holdings: list[HoldingOut]
    reports: list[ReportOut]
    due_history: list[DueOut]


class Done(Schema):
    """Việc sau bước vừa làm."""

    id: int
    state: str
    state_name: str
    due_on: date | None
    is_open: bool


class NewTask(Strict):
    """Giao việc theo “6 rõ”. `post` là người chủ trì; bỏ trống thì vào hộp việc chung của `unit`."""

    title: Line = Field(max_length=1000, description="Rõ việc")
    unit: Key | None = Field(None, description="Đơn vị chủ trì; bỏ trống khi đã nêu `post`")
    post: Key | None = Field(None, description="Vị trí chủ trì")
    coordinating: list[Key] = Field([], max_length=50, description="Các đơn vị phối hợp")
    due_on: date = Field(description="Rõ thời gian: hạn")
    product: Line = Field(max_length=300, description="Rõ sản phẩm")
    note: Text = Field("", max_length=4000, description="Lời dặn")
    is_key: bool = Field(False, description="Việc trọng tâm")


class Nothing(Strict):
    """Không cần gửi gì."""


class Result(Strict):
    """Kết quả."""

    result: Text = Field("", max_length=4000, description="Kết quả; nêu số, ngày văn bản trả lời nếu có")


class ToPerson(Strict):
    """Phân việc cho một người."""

    to: Key = Field(description="Vị trí nhận việc")
    word: Text = Field("", max_length=4000, description="Lời dặn")
    due_on: date | None = None


class ToUnit(Strict):
    """Chuyển việc sang đơn vị khác."""

    to: Key = Field(description="Đơn vị nhận việc")
    word: Text = Field("", max_length=4000, description="Lý do chuyển")


class NewReport(Strict):
    """Báo cáo tiến độ."""

    percent: int = Field(ge=0, le=100, description="Tiến độ, phần trăm")
    text: Text = Field(max_length=4000, description="Việc đã làm được")
    evidence: UUID | None = Field(None, description="Khóa tệp minh chứng đã tải lên /api/files")


class Wish(Strict):
    """Xin gia hạn."""

    wanted_on: date = Field(description="Ngày xin đến")
    reason: Line = Field(max_length=500, description="Lý do")


class WishAnswer(Strict):
    """Trả lời xin gia hạn."""

    granted: bool
    answer: Line = Field("", max_length=500, description="Ý kiến; cần khi không đồng ý")


class NewDue(Strict):
    """Đổi hạn."""

    due_on: date | None = Field(description="Hạn mới; null là không hạn")
    reason: Line = Field(max_length=500, description="Lý do")


class Until(Strict):
    """Ẩn việc."""

    until: date = Field(description="Ngày việc hiện lại")


def _task(request: Asked, pk: int) -> Task:
    found = queries.visible_to(request.actor, request.at.date()).filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def _post(pk: int) -> Post:
    found = Post.objects.select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def _unit(pk: int) -> Unit:
    found = Unit.objects.filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


@router.get("/tasks/inbox", response=answers(Page[InboxOut]), summary="Việc của tôi")
def inbox(request: Asked, after: Place = "", limit: Limit = 25) -> object:
    """What waits for this person, most urgent first."""
    found = queries.inbox(request.actor, request.at.date(), after, limit)
    return {"items": found.rows, "next": found.next}


@router.get("/tasks/given", response=answers(Page[TaskOut]), summary="Việc tôi đã giao")
def given(request: Asked, after: After = 0, limit: Limit = 25) -> object:
    """Work this person gave, newest first."""
    items, following = queries.given_by(request.actor, request.at.date(), after, limit)
    return {"items": items, "next": str(following or "")}


@router.post("/tasks", response=answers(Done), summary="Giao việc")
def order(request: Asked, told: NewTask) -> object:
    """Give work that no paper asks for."""
    fields = told.model_dump(exclude={"unit", "post", "coordinating"})
    post = _post(told.post) if told.post else None
    unit = post.unit if post else _unit(told.unit or 0)
    helpers = [_unit(pk) for pk in dict.fromkeys(told.coordinating)]
    made = give.order(actor=request.actor, at=request.at, unit=unit, post=post, coordinating=helpers, **fields)
    return _done(request, made.pk)


@router.get("/tasks/{task}", response=answers(TaskStory), summary="Một việc với đường đi của nó")
def one(request: Asked, task: Key) -> object:
    """One piece of work with its parts, holders, reports and deadlines."""
    found, today = _task(request, task), request.at.date()
    return {
        "task": queries.card(task, today),
        "verbs": verbs(request.actor, found, today),
        "parts": queries.parts_of(task, today),
        "holdings": queries.holdings_of(task),
        "reports": queries.reports(request.actor, [task], today),
        "due_history": queries.due_history(task),
    }


def _done(request: Asked, task: int) -> object:
    return queries.card(task, request.at.date())


def _step(address: str, summary: str, shape: type[Strict], act: Callable[..., object]) -> None:
    """One step with one task: POST /tasks/{task}/<address>, its fields handed to the command as they are named."""

    def step(request: Asked, task: Key, told: Strict) -> object:
        act(actor=request.actor, at=request.at, task=_task(request, task), **told.model_dump())
        return _done(request, task)

    step.__name__ = address.replace("-", "_")
    step.__annotations__["told"] = shape
    router.post(f"/tasks/{{task}}/{address}", response=answers(Done), summary=summary)(step)


_step("read", "Đã xem", Nothing, work.read)
_step("accept", "Nhận việc", Nothing, work.accept)
_step("claim", "Nhận từ hộp việc chung", Nothing, give.claim)
_step("unhand", "Rút lại việc vừa phân", Nothing, give.unhand)
_step("submit", "Nộp kết quả, chờ xác nhận", Result, work.submit)
_step("finish", "Xong việc", Result, work.finish)
_step("give-back", "Trả lại", Reason, work.give_back)
_step("confirm", "Xác nhận hoàn thành", Nothing, judge.confirm)
_step("send-back", "Yêu cầu làm lại", Reason, judge.send_back)
_step("close-unfinished", "Kết thúc khi chưa hoàn thành", Reason, judge.close_unfinished)
_step("recall", "Thu hồi", Reason, give.recall)
_step("change-due", "Đổi hạn", NewDue, due.change_due)
_step("ask-extension", "Xin gia hạn", Wish, due.ask_extension)
_step("hide", "Ẩn đến một ngày", Until, work.hide)
_step("show", "Hiện lại", Nothing, work.show)


@router.post("/tasks/{task}/hand", response=answers(Done), summary="Phân việc cho một người")
def hand(request: Asked, task: Key, told: ToPerson) -> object:
    """Hand a task to a person."""
    found, to = _task(request, task), _post(told.to)
    give.hand(actor=request.actor, at=request.at, task=found, to=to, word=told.word, due_on=told.due_on)
    return _done(request, task)


@router.post("/tasks/{task}/transfer", response=answers(Done), summary="Chuyển sang đơn vị khác")
def transfer(request: Asked, task: Key, told: ToUnit) -> object:
    """Move a task to another unit of the agency."""
    give.transfer(actor=request.actor, at=request.at, task=_task(request, task), to=_unit(told.to), word=told.word)
    return _done(request, task)


@router.post("/tasks/{task}/report-progress", response=answers(Done), summary="Báo cáo tiến độ")
def report_progress(request: Asked, task: Key, told: NewReport) -> object:
    """Say how far the work is; the evidence is a file this person may open."""
    found, evidence = _task(request, task), None
    if told.evidence:
        evidence = File.objects.get(pk=files.opened(request.actor, told.evidence, request.at).id)
    work.report_progress(
        actor=request.actor, at=request.at, task=found, percent=told.percent, text=told.text, evidence=evidence
    )
    return _done(request, task)


@router.post("/tasks/{task}/answer-extension", response=answers(Done), summary="Trả lời xin gia hạn")
def answer_extension(request: Asked, task: Key, told: WishAnswer) -> object:
    """Grant or refuse the wish for more time that a request task asks to answer."""
    wish = Extension.objects.filter(request=_task(request, task)).first()
    if wish is None:
        raise WrongState("Việc này không phải là một lần xin gia hạn.")
    due.answer_extension(actor=request.actor, at=request.at, extension=wish, granted=told.granted, answer=told.answer)
    return _done(request, task)

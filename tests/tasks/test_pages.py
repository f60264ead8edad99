"""Each step has its page and its POST: what was typed is kept, strangers find nothing, the way leads back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.cast import AT, Cast
from tests.tasks.work import DUE, given, keyed
from tram.audit.queries import what_happened
from tram.tasks.commands.due import ask_extension
from tram.tasks.commands.work import submit
from tram.tasks.events import Kind
from tram.tasks.models import Progress, Task
from tram.tasks.rules.verbs import VERBS

FAR = "2030-12-31"
STEPS = [
    ("nhan", "lan", {}, "tasks.accepted"),
    ("tien-do", "lan", {"percent": "60", "text": "Đã khảo sát 12/20 xã"}, "tasks.progress_reported"),
    ("nop", "lan", {"result": "Công văn 153/SKHCN-BCVT"}, "tasks.submitted"),
    ("an", "lan", {"until": FAR}, "tasks.hidden"),
    ("hien-lai", "lan", {}, "tasks.shown"),
    ("gia-han", "lan", {"wanted_on": FAR, "reason": "Chờ số liệu"}, "tasks.extension_asked"),
    ("tra-lai", "lan", {"reason": "Không thuộc phòng"}, "tasks.returned"),
    ("phan", "dung", {"to": "dung", "word": "Tôi làm"}, "tasks.handed"),
    ("chuyen", "dung", {"to": "it", "word": "Thuộc phòng Chuyển đổi số"}, "tasks.transferred"),
    ("doi-han", "son", {"due_on": FAR, "reason": "Tỉnh lùi họp"}, "tasks.due_changed"),
    ("thu-hoi", "son", {}, "tasks.recalled"),
    ("ket-thuc", "son", {"reason": "Dừng đề án"}, "tasks.closed_unfinished"),
]


def filled(cast: Cast, words: dict[str, str]) -> dict[str, object]:
    places = {"dung": cast.posts["dung"].pk, "it": cast.units["it"].pk}
    return {name: places.get(word, word) if name == "to" else word for name, word in words.items()}


@pytest.mark.parametrize(("slug", "who", "words", "what"), STEPS, ids=[step[0] for step in STEPS])
def test_a_step_is_taken_and_leads_back(
    cast: Cast, client: Client, slug: str, who: str, words: dict[str, str], what: str
) -> None:
    task = given(cast, to="lan")
    cast.signed_in(client, who)
    if slug != "hien-lai":
        assert client.get(f"/viec/{task.pk}/{slug}").status_code == 200
    answer = client.post(f"/viec/{task.pk}/{slug}", keyed(next="/", **filled(cast, words)))
    assert (answer.status_code, answer["Location"]) == (303, "/"), answer.content.decode()
    assert what in what_happened(task.ref)
    assert VERBS[slug].done in client.get("/").content.decode()


def said(answer: HttpResponse) -> str:
    """What the page says, without the shell around it."""
    return answer.content.decode().partition("<h1>")[2].partition("</main>")[0]


@pytest.mark.parametrize("slug", [*VERBS, "doc", "bua-bai"])
@pytest.mark.parametrize("who", ["tuan", None])
def test_not_yours_and_not_there_are_one_answer(cast: Cast, client: Client, slug: str, who: str | None) -> None:
    task = given(cast, to="lan")
    if who:
        cast.signed_in(client, who)
    mine, none = (client.post(f"/viec/{pk}/{slug}", keyed(reason="x", to="1")) for pk in (task.pk, task.pk + 999))
    assert mine.status_code == none.status_code == (404 if who else 401)
    assert said(mine) == said(none) != ""
    assert client.get(f"/viec/{task.pk}").status_code == (404 if who else 302)
    assert what_happened(task.ref) == ["tasks.assigned"]


def test_who_sees_a_task_but_may_not_is_told_who_may(cast: Cast, client: Client) -> None:
    task = given(cast, to="lan")
    cast.signed_in(client, "dung")
    for answer in (client.get(f"/viec/{task.pk}/nop"), client.post(f"/viec/{task.pk}/nop", keyed(result="Xong"))):
        assert answer.status_code == 403 and "Chỉ người đang giữ việc" in answer.content.decode()


def test_a_step_that_no_longer_fits_says_so(cast: Cast, client: Client) -> None:
    task = submit(actor=cast.lan, at=AT, task=given(cast, to="lan"), result="Xong")
    cast.signed_in(client, "lan")
    assert client.get(f"/viec/{task.pk}/nop").status_code == 409
    assert client.post(f"/viec/{task.pk}/nop", keyed(result="Lại")).status_code == 409


@pytest.mark.parametrize(
    ("slug", "words", "kept", "said"),
    [
        ("nop", {"result": "  "}, "", "Nhập kết quả"),
        ("tien-do", {"percent": "nhiều", "text": "Đã khảo sát"}, "Đã khảo sát", "số từ 0 đến 100"),
        ("gia-han", {"wanted_on": "31/02", "reason": "Chờ số liệu"}, "Chờ số liệu", "31/02"),
        ("gia-han", {"wanted_on": "", "reason": "Chờ số liệu"}, "Chờ số liệu", "Nhập ngày"),
        ("an", {"until": ""}, "", "Nhập ngày"),
        ("tra-lai", {"reason": ""}, "", "lý do trả lại"),
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(
    cast: Cast, client: Client, slug: str, words: dict[str, str], kept: str, said: str
) -> None:
    task = given(cast, to="lan")
    answer = cast.signed_in(client, "lan").post(f"/viec/{task.pk}/{slug}", keyed(next="/viec/1", **words))
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and kept in page and 'value="/viec/1"' in page


def test_evidence_is_kept_with_the_report_and_a_bad_file_is_refused_with_its_sentence(
    cast: Cast, client: Client
) -> None:
    task = given(cast, to="lan")
    cast.signed_in(client, "lan")
    words = {"percent": "50", "text": "Đã có danh sách xã"}
    empty = client.post(f"/viec/{task.pk}/tien-do", keyed(evidence=SimpleUploadedFile("a.txt", b""), **words))
    assert empty.status_code == 422 and "Tệp không có nội dung" in empty.content.decode()
    assert "Đã có danh sách xã" in empty.content.decode()
    paper = SimpleUploadedFile("danh-sach.txt", "Xã Tả Phìn\n".encode())
    assert client.post(f"/viec/{task.pk}/tien-do", keyed(evidence=paper, **words)).status_code == 303
    report = Progress.objects.get()
    assert report.evidence is not None
    address = f"/tep/{report.evidence.pk}/danh-sach.txt"
    assert address in client.get(task.url).content.decode() and client.get(address).status_code == 200
    assert cast.signed_in(Client(), "nga").get(address).status_code == 404


def test_a_wish_for_more_time_is_answered_on_its_page(cast: Cast, client: Client) -> None:
    asked = ask_extension(
        actor=cast.lan, at=AT, task=given(cast, to="lan"), wanted_on=DUE.replace(day=30), reason="Chờ"
    )
    cast.signed_in(client, "son")
    address = f"/viec/{asked.request.pk}/tra-loi-gia-han"
    assert "30/11/2026" in client.get(address).content.decode()
    assert "Chọn đồng ý" in client.post(address, keyed(answer="")).content.decode()
    assert client.post(address, keyed(granted="1", answer="")).status_code == 303
    assert Task.objects.get(pk=asked.task_id).due_on == DUE.replace(day=30)


def test_the_way_back_never_leaves_the_site(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "lan")
    for bad in ("https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"):
        task = given(cast, to="lan")
        answer = client.post(f"/viec/{task.pk}/nhan", keyed(next=bad))
        assert answer["Location"] == task.url


def test_htmx_is_sent_to_the_page_whole(cast: Cast, client: Client) -> None:
    task = given(cast, to="lan")
    answer = cast.signed_in(client, "lan").post(f"/viec/{task.pk}/nhan", keyed(), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, task.url)


def test_work_about_a_thing_leads_to_the_page_of_the_thing(cast: Cast, client: Client) -> None:
    task = given(cast, Kind.INFORM, to="lan")
    Task.objects.filter(pk=task.pk).update(url="/van-ban-den/1")
    answer = cast.signed_in(client, "lan").get(f"/viec/{task.pk}")
    assert (answer.status_code, answer["Location"]) == (302, "/van-ban-den/1")


def test_opening_the_work_is_kept_as_reading_it(cast: Cast, client: Client) -> None:
    task = given(cast, to="lan")
    cast.signed_in(client, "lan")
    assert f'hx-post="/viec/{task.pk}/doc"' in client.get(task.url).content.decode()
    assert client.post(f"/viec/{task.pk}/doc", keyed()).status_code == 204
    assert Task.objects.get(pk=task.pk).read_at is not None
    assert "hx-post" not in client.get(task.url).content.decode()


def test_a_draft_is_offered_until_the_step_is_taken(cast: Cast, client: Client) -> None:
    address = f"/viec/{given(cast, to='lan').pk}/nop"
    cast.signed_in(client, "lan")
    client.post("/ban-nhap", {"name": address, "content": '{"result": ["Đang viết dở"]}'})
    assert "data-draft-at" in client.get(address).content.decode()
    client.post(address, keyed(result="Công văn 153/SKHCN-BCVT"))
    assert client.get(f"/ban-nhap?name={address}").json() == {"content": None}

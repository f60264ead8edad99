"""One working day through the API: every operation answers a program that may ask it."""

from datetime import date, timedelta
from typing import Any

from django.test import Client

from tests.api.conftest import Programs
from tests.api.program import operations
from tests.cast import Cast
from tests.documents.letters import letter
from tests.documents.scans import together
from tests.files.builders import jpeg
from tests.rights.scene import paper
from tram.documents.jobs import find_starts
from tram.files.commands import look
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.organisation.commands.books import open_book
from tram.web.models import Answer

KEY = "11111111-2222-4333-8444-555555555555"
SLIP = {"organ_name": "Sở Tài chính", "code_number": "45", "code_notation": "STC-QLNS", "type_name": "Công văn"}


def day(ahead: int) -> str:
    return (now().date() + timedelta(days=ahead)).isoformat()


def slip(subject: str, number: str = "45") -> dict[str, Any]:
    return {**SLIP, "code_number": number, "subject": subject, "issued_date": day(-3)}


def registered(program: Programs, cast: Cast, subject: str, number: str) -> int:
    told = {"slip": slip(subject, number), "present_to": cast.posts["son"].pk}
    card = program("hoa").send("/api/documents", told)
    assert card["document"]["arrival_number"] and card["values"]["subject"] == subject
    return int(card["document"]["id"])


def test_every_operation_is_reached(client: Client, program: Programs, cast: Cast) -> None:
    organisation(program, cast)
    arranged(program, cast)
    accounts(program, cast)
    books(program, cast)
    document = arrival(program, cast)
    handled(program, cast, document)
    scans(program)
    small_steps(program, cast)
    orders(program, cast)
    leaving(program, cast)
    looks(program)
    assert program("hoa").reached == set(operations(client))


def organisation(program: Programs, cast: Cast) -> None:
    lan = program("lan")
    me = lan.get("/api/me")
    assert me["name"] == "Hoàng Thị Lan" and me["acting"]["title"] == "Chuyên viên"
    assert lan.get("/api/units?q=stc")["items"][0]["name"] == "Sở Tài chính"
    first = lan.get(f"/api/units?parent={cast.province.pk}&limit=2")
    rest = lan.get(f"/api/units?parent={cast.province.pk}&limit=2&after={first['next']}")
    assert [row["abbr"] for row in first["items"] + rest["items"]] == ["SKHCN", "STC", "UBND"] and not rest["next"]
    assert lan.get(f"/api/units/{cast.it.pk}?on=2026-01-01")["versions"][0]["name"] == "Phòng Chuyển đổi số"
    assert len(lan.get(f"/api/units/{cast.skhcn.pk}/parts")) == 4
    assert lan.get(f"/api/units/{cast.it.pk}/posts")["items"][0]["roles"] == ["lãnh đạo đơn vị"]
    assert "Bùi Thúy Nga, Chuyên viên" in [seat["label"] for seat in lan.get("/api/seats")]
    assert lan.get("/api/hours")[0]["hours"][0] == ["07:30:00", "11:30:00"]
    told = {"since": day(3), "until": day(5), "reason": "Đi tập huấn"}
    away = lan.send("/api/absences", {"post": cast.posts["lan"].pk, "substitute": cast.posts["nga"].pk, **told})
    assert away["who"] == "Hoàng Thị Lan, Chuyên viên" and lan.get("/api/absences")["items"] == [away]
    assert lan.send(f"/api/absences/{away['id']}/end", {"until": day(4)})["until"] == day(4)

    told = {"role": "specialist", "unit": cast.telecoms.pk, "taker": cast.posts["nga"].pk, "document": "12/GUQ-SKHCN"}
    lent = lan.send("/api/delegations", {**told, "since": day(1), "until": day(5)})
    assert lent["giver"] == "Hoàng Thị Lan, Chuyên viên" and lan.get("/api/delegations")["items"] == [lent]
    assert lan.send(f"/api/delegations/{lent['id']}/end", {"until": day(2)})["until"] == day(2)


def arranged(program: Programs, cast: Cast) -> None:
    quan = program("quan")
    told = {"parent": cast.skhcn.pk, "kind": "division", "name": "Phòng Sở hữu trí tuệ", "abbr": "SHTT"}
    made = quan.send("/api/units", {**told, "since": day(-9)})["id"]
    by = {"decision": "12/QĐ-SKHCN", "reason": "Sắp xếp lại"}
    named = {"name": "Phòng Sáng chế", "abbr": "SC", "since": day(-5), "decision": "13/QĐ-SKHCN"}
    assert quan.send(f"/api/units/{made}/rename", named)["name"] == "Phòng Sáng chế"
    moved = quan.send(f"/api/units/{made}/move", {"parent": cast.it.pk, "since": day(-3), **by})
    assert moved["parent_name"] == "Phòng Chuyển đổi số" and len(moved["versions"]) == 3
    code = {"scheme": "qd20", "code": "H38.14.9", "since": day(-3)}
    assert quan.send(f"/api/units/{made}/codes", code)["codes"][0]["code"] == "H38.14.9"
    seat = {"title": "Trưởng phòng", "rank": 40, "roles": ["unit_head"], "since": day(-2)}
    post = quan.send(f"/api/units/{made}/posts", seat)["id"]
    held = quan.send(f"/api/posts/{post}/appoint", {"account": cast.accounts["nga"].pk, "since": day(-1)})
    told = {"role": "archivist", "unit": cast.skhcn.pk, "since": day(0), "cause": "Quyết định 4"}
    granted = quan.send(f"/api/posts/{post}/grant", told)["grants"][0]["id"]
    ties = quan.get(f"/api/units/{made}/ties")
    assert ties[0]["words"] == "1 vị trí, 1 đang có người giữ: Bùi Thúy Nga, Trưởng phòng"
    assert quan.send(f"/api/grants/{granted}/withdraw", {"until": day(1)})["grants"][0]["until"] == day(1)
    seated = held["appointments"][0]["id"]
    assert quan.send(f"/api/appointments/{seated}/end", {"until": day(1)})["appointments"][0]["until"] == day(1)
    quan.send(f"/api/posts/{post}/end", {"until": day(2)})
    assert quan.get(f"/api/posts/{post}")["until"] == day(2)
    ended = quan.send(f"/api/units/{made}/abolish", {"on": day(3), "successors": [cast.it.pk], **by})
    assert ended["abolished_on"] == day(3) and ended["successions"][0]["unit"] == cast.it.pk


def accounts(program: Programs, cast: Cast) -> None:
    quan = program("quan")
    made = quan.send("/api/accounts", {"login": "may.skhcn", "name": "Lý Thị Mẩy"})["id"]
    assert quan.get("/api/accounts?q=may")["items"][0]["login"] == "may.skhcn"
    told = {"name": "Lý Thị Mẩy", "email": "may@laocai.example"}
    assert quan.send(f"/api/accounts/{made}/amend", told)["email"] == "may@laocai.example"
    links = [quan.send(f"/api/accounts/{made}/invite", key=KEY)["link"] for _ in range(2)]
    assert links[0] != links[1] and not Answer.objects.filter(key=KEY).exists()
    assert Client().get(links[0].partition("8000")[2]).status_code != 200
    assert Client().get(links[1].partition("8000")[2]).status_code == 200
    assert quan.send(f"/api/accounts/{made}/close")["closed_at"]


def books(program: Programs, cast: Cast) -> None:
    """In the book of next year, so that this year's numbers stay as the day tells them."""
    hoa, year = program("hoa"), now().year + 1
    assert hoa.send(f"/api/books/{year}/incoming/open", ...)["next_number"] == 1
    kept = [hoa.send(f"/api/books/{year}/incoming/reserve", {"reason": "Chờ ký lại"})["number"] for _ in range(2)]
    told = {"number": kept[0], "reason": "Không ký nữa"}
    assert hoa.send(f"/api/books/{year}/incoming/void", told)["state"] == "void"
    aside = hoa.get(f"/api/books/{year}/incoming/numbers")
    assert [(one["number"], one["state"]) for one in aside] == [(1, "void"), (2, "reserved")]
    assert hoa.send(f"/api/books/{year}/incoming/lock", {"until": 1})["locked_until"] == 1
    assert hoa.send(f"/api/books/{year}/incoming/close")["closed_on"]
    made = hoa.send(f"/api/books/{year}/incoming/file", {"form": "pdf"})
    assert hoa.get(f"/api/outputs/{made['id']}")["title"] == f"In Sổ đăng ký văn bản đến năm {year}, số 1 đến 2"
    assert hoa.send(f"/api/outputs/{made['id']}/stop")["state"] == "stopped"


def leaving(program: Programs, cast: Cast) -> None:
    open_book(actor=Actor.system(), at=now(), agency=cast.skhcn, code="outgoing", name="Sổ", year=now().year)
    places = [{"name": "Sở Tài chính", "unit": cast.units["stc"].pk, "is_addressed": True}, {"name": "Bưu điện tỉnh"}]
    content = {"kind": "official_letter", "subject": "Rà soát dự toán", "body": "Đề nghị rà soát./.", "places": places}
    lan, hoa, son = program("lan"), program("hoa"), program("son")
    made = lan.send("/api/outgoing", {"content": content})
    here = f"/api/outgoing/{made['document']['id']}"
    assert made["steps"][0] == "save" and made["signers"][0]["label"].endswith("Giám đốc")
    told = {"content": {**content, "subject": "Rà soát dự toán năm sau"}, "seen": 1}
    assert lan.send(f"{here}/versions", told)["version"] == 2
    assert "vừa lưu bản 2" in lan.send(f"{here}/versions", told, status=409)["detail"]
    assert lan.send("/api/outgoing", {"content": {"kind": "la"}}, status=422)["errors"]["kind"]
    seen = {"seen": 2}
    lan.send(f"{here}/submit", seen)
    program("dung").send(f"{here}/check_content", {**seen, "note": "Đúng"})
    program("tam").send(f"{here}/check_form", seen)
    assert lan.send(f"{here}/present", {**seen, "to": cast.posts["hoa"].pk}, status=422)["errors"]["to"]
    lan.send(f"{here}/present", {**seen, "to": cast.posts["son"].pk})
    assert son.send(f"{here}/send_back", {"reason": "Nêu số"})["document"]["state"] == "returned"
    for who, step in (("lan", "submit"), ("dung", "check_content"), ("tam", "check_form"), ("lan", "present")):
        program(who).send(f"{here}/{step}", seen)
    assert son.send(f"{here}/approve", seen)["document"]["state"] == "approved_to_sign"
    hoa.send(f"{here}/sign_on_paper", ...)
    assert hoa.send(f"{here}/number")["document"]["code"] == "01/SKHCN-BCVT"
    card = hoa.send(f"{here}/issue", ...)
    assert [(row["way"], row["state"]) for row in card["recipients"]] == [("post", "queued"), ("post", "queued")]
    assert hoa.get(f"{here}/recipients")[0]["name"] == "Sở Tài chính"
    assert lan.get(here)["document"]["state"] == "issued"
    assert lan.get("/api/outgoing?folder=da-phat-hanh")["items"][0]["code"] == "01/SKHCN-BCVT"
    assert hoa.send(f"/api/outgoing/books/{now().year}/outgoing/file", {"form": "xlsx"})["total"] == 1


def arrival(program: Programs, cast: Cast) -> int:
    hoa = program("hoa")
    pk = hoa.upload("/api/documents/arrivals", "cong-van-482.pdf", letter())["document"]["id"]
    assert hoa.get("/api/documents/lanes")["scan"] == 1
    assert hoa.get("/api/documents/lanes/scan")["items"][0]["id"] == pk
    told = {"slip": slip("Rà soát dự toán chi thường xuyên", "482"), "present_to": cast.posts["son"].pk}
    card = hoa.send(f"/api/documents/{pk}/register", told)
    assert card["document"]["state"] == "presented" and card["files"][0]["name"] == "cong-van-482.pdf"
    card = hoa.send(f"/api/documents/{pk}/correct", {"changes": {"signer_full_name": "Đinh Thị Thu"}, "reason": "Sót"})
    assert card["corrections"][0]["after"] == "Đinh Thị Thu" and card["values"]["code_number"] == "482"
    assert len(hoa.upload(f"/api/documents/{pk}/files", "phu-luc.jpg", jpeg())["files"]) == 2
    given = program("son").send(
        f"/api/documents/{pk}/direct",
        {
            "lead": {"unit": cast.telecoms.pk},
            "coordinating": [{"unit": cast.it.pk}],
            "note": "Làm sớm",
            "due_date": day(9),
        },
    )
    assert given["directions"][0]["note"] == "Làm sớm"
    return int(pk)


def handled(program: Programs, cast: Cast, document: int) -> None:
    dung, lan = program("dung"), program("lan")
    pk = dung.get("/api/tasks/inbox")["items"][0]["id"]
    dung.send(f"/api/tasks/{pk}/hand", {"to": cast.posts["lan"].pk, "word": "Lan làm"})
    dung.send(f"/api/tasks/{pk}/unhand")
    dung.send(f"/api/tasks/{pk}/hand", {"to": cast.posts["lan"].pk, "word": "Lan làm", "due_on": day(8)})
    lan.send(f"/api/tasks/{pk}/read")
    assert lan.send(f"/api/tasks/{pk}/accept")["state"] == "in_progress"
    picture = jpeg()
    evidence = lan.upload("/api/files", "bang-so-lieu.jpg", picture)
    assert lan.get(f"/api/files/{evidence['id']}")["url"] == evidence["url"]
    assert b"".join(lan.client.get(evidence["url"], headers=lan.headers())) == picture
    lan.send(f"/api/tasks/{pk}/report-progress", {"percent": 40, "text": "Được 12/20 xã", "evidence": evidence["id"]})
    lan.send(f"/api/tasks/{pk}/ask-extension", {"wanted_on": day(9), "reason": "Chờ số liệu xã"})
    wish = dung.get("/api/tasks/inbox")["items"][0]["id"]
    dung.send(f"/api/tasks/{wish}/answer-extension", {"granted": True, "answer": "Đồng ý"})
    lan.send(f"/api/tasks/{pk}/hide", {"until": day(2)})
    lan.send(f"/api/tasks/{pk}/show")
    lan.send(f"/api/tasks/{pk}/submit", {"result": "Đã trả lời bằng công văn 153/SKHCN-BCVT"})
    dung.send(f"/api/tasks/{pk}/send-back", {"reason": "Thiếu phụ lục"})
    lan.send(f"/api/tasks/{pk}/submit", {"result": "Đã trả lời bằng công văn 153/SKHCN-BCVT"})
    story = dung.get(f"/api/tasks/{pk}")
    assert story["reports"][0]["evidence"] == evidence["id"] and len(story["due_history"]) == 2
    assert "xac-nhan" in story["verbs"] and story["task"]["due_on"] == day(9)
    assert dung.send(f"/api/tasks/{pk}/confirm")["state"] == "completed"
    card = program("son").get(f"/api/documents/{document}")
    assert card["document"]["state"] == "closed" and card["answer_code"] == "153/SKHCN-BCVT"


def scans(program: Programs) -> None:
    hoa = program("hoa")
    pk = hoa.upload("/api/documents/arrivals", "tap.pdf", together(letter(3), letter(4)))["document"]["id"]
    here = f"/api/documents/{pk}"
    find_starts(pk)
    assert hoa.get(f"{here}/split")["starts"]["2"] == "trang đầu: Số 4/STC-QLNS"
    assert hoa.send(f"{here}/split", {"start": [9]}, status=422)["errors"]["start"]
    parts = hoa.send(f"{here}/split", {"start": [2]})["parts"]
    assert [(part["pages"], part["state_name"]) for part in parts] == [("1", "Chưa vào sổ"), ("2", "Chưa vào sổ")]
    assert hoa.send(f"{here}/rejoin")["document"]["state"] == "arrived"
    for number, level in ((5, "none"), (6, "secret")):
        paper = hoa.upload("/api/documents/arrivals", f"{number}.pdf", letter(number))["document"]["id"]
        (file,) = hoa.get(f"/api/documents/{paper}")["files"]
        look(actor=Actor.system(), at=now(), file=file["id"], level="secret")
        assert [one["id"] for one in hoa.get("/api/documents/marked")] == [file["id"]]
        answer = hoa.send(f"/api/documents/marked/{file['id']}", {"level": level})
        assert [answer["is_destroyed"], bool(answer["row"])] == [level == "secret"] * 2


def small_steps(program: Programs, cast: Cast) -> None:
    hoa, son = program("hoa"), program("son")
    pk = registered(program, cast, "Góp ý dự thảo quy chế", "46")
    hoa.send(f"/api/documents/{pk}/present", {"to": cast.posts["hung"].pk})
    told = {"lead": {"unit": cast.it.pk}, "informed": [{"post": cast.posts["dung"].pk}]}
    given = son.send(f"/api/documents/{pk}/direct", told)["directions"][0]["id"]
    son.send(f"/api/documents/{pk}/directions/{given}/recall", {"reason": "Giao lại"})
    son.send(f"/api/documents/{pk}/close", {"outcome": "Lưu hồ sơ, không phải trả lời"})
    waiting = [hoa.upload("/api/documents/arrivals", f"{n}.pdf", letter(n))["document"]["id"] for n in (1, 2)]
    hoa.send(f"/api/documents/{waiting[0]}/return-to-sender", {"reason": "Gửi nhầm cơ quan"})
    assert hoa.send(f"/api/documents/{waiting[1]}/duplicate", {"of": pk})["duplicate_of"] == pk
    called_back = registered(program, cast, "Mời họp", "47")
    hoa.send(f"/api/documents/{called_back}/cancel", {"reason": "Thông báo 12/TB-STC"})


def orders(program: Programs, cast: Cast) -> None:
    son, phuc, nga = program("son"), program("phuc"), program("nga")
    order = {"title": "Rà soát điểm bưu điện", "due_on": day(6), "product": "Báo cáo"}
    pk = son.send("/api/tasks", {**order, "unit": cast.it.pk, "coordinating": [cast.telecoms.pk]})["id"]
    nga.send(f"/api/tasks/{pk}/claim")
    son.send(f"/api/tasks/{pk}/change-due", {"due_on": day(7), "reason": "Thêm việc"})
    nga.send(f"/api/tasks/{pk}/give-back", {"reason": "Không thuộc phần việc của tôi"})
    pk = son.send("/api/tasks", {**order, "unit": cast.it.pk, "coordinating": [cast.telecoms.pk]})["id"]
    phuc.send(f"/api/tasks/{pk}/transfer", {"to": cast.office.pk, "word": "Thuộc văn phòng"})
    part = son.get(f"/api/tasks/{pk}")["parts"][0]["id"]
    program("dung").send(f"/api/tasks/{part}/finish", {"result": "Đã phối hợp"})
    son.send(f"/api/tasks/{pk}/close-unfinished", {"reason": "Không cần nữa"})
    pk = son.send("/api/tasks", {**order, "post": cast.posts["nga"].pk})["id"]
    assert son.send(f"/api/tasks/{pk}/recall", {})["is_open"] is False
    assert {row["title"] for row in son.get("/api/tasks/given")["items"]} >= {"Rà soát điểm bưu điện"}


def looks(program: Programs) -> None:
    hoa = program("hoa")
    assert len(hoa.get("/api/documents?folder=da-xong")["items"]) == 5
    assert hoa.get("/api/search?q=45/STC")["items"] == []
    assert hoa.get("/api/search?q=482/STC")["items"][0]["number"] == "482/STC-QLNS"
    year = date.today().year
    assert [book["code"] for book in hoa.get(f"/api/books/{year}")] == [
        "incoming", "outgoing", "incoming_secret",
    ]  # fmt: skip
    first = hoa.get(f"/api/books/{year}/incoming?limit=2")
    rest = hoa.get(f"/api/books/{year}/incoming?limit=2&after={first['next']}")
    assert [row["arrival_number"] for row in first["items"] + rest["items"]] == [1, 2, 3]
    lan = program("lan")
    assert lan.upload("/api/signatures/verify", "thu.pdf", paper("khong ky"))["verdict"] == "unsigned"
    notice = lan.get("/api/notifications")["items"][0]
    before = lan.send(f"/api/notifications/{notice['id']}/read")["unread"]
    assert lan.send("/api/notifications/read-all")["unread"] == 0 <= before


def test_the_description_is_in_vietnamese_and_whole(client: Client) -> None:
    described = operations(client)
    marks = set("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
    for operation, said in described.items():
        assert marks & set(said["summary"].lower()) and "description" not in said, operation
        assert {"200", "401", "403", "404", "409", "422"} <= set(said["responses"]), operation
        keys = [one for one in said.get("parameters", []) if one["name"] == "Idempotency-Key"]
        assert len(keys) == (operation[0] == "POST"), operation
    names = [said["operationId"] for said in described.values()]
    assert len(set(names)) == len(names)

"""The doors: the page, the API and `tram verify` say the same; hostile files meet the checks of every upload."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.program import Program, token
from tests.cast import Cast
from tests.files.corpus import corpus
from tests.signing.papers import Office, content_of, letter
from tests.signing.tampering import annotated
from tram.files.models import File
from tram.site.cli import COMMANDS

ADDRESS = "/xac-minh-chu-ky"


def sent(client: Client, content: bytes, name: str = "cong-van.pdf") -> tuple[int, str]:
    answer = client.post(
        ADDRESS,
        {"file": SimpleUploadedFile(name, content, "application/pdf")},
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )
    return answer.status_code, answer.content.decode()


def test_the_page_says_who_signed_and_by_what_right_and_keeps_nothing(client: Client, office: Office) -> None:
    office.cast.signed_in(client, "tuan")
    content = content_of(office.issued())
    before = File.objects.count()
    status, words = sent(client, content)
    assert status == 200
    for said in ("Hợp lệ: cong-van.pdf", "Nguyễn Văn Sơn", "Giám đốc", "Chứng thư thử, không có giá trị pháp lý", "B-LTA",
                 "Nhật ký ký của Trạm"):  # fmt: skip
        assert said in words, said
    assert File.objects.count() == before
    status, words = sent(client, annotated(content))
    assert status == 200 and "Không hợp lệ: cong-van.pdf" in words and "chú thích" in words


def test_the_api_says_the_same_as_the_page(office: Office) -> None:
    office.certificate("son")
    content = content_of(office.signed(office.by_son(office.draft()), "son"))
    program = Program(token(office.cast, "tuan"))
    found = program.upload("/api/signatures/verify", "cong-van.pdf", content)
    assert (found["verdict"], found["signatures"][0]["signer"]) == ("valid", "Nguyễn Văn Sơn")
    assert program.upload("/api/signatures/verify", "thu.pdf", letter())["verdict"] == "unsigned"


def test_strangers_are_led_to_the_door(client: Client, db: None) -> None:
    assert client.get(ADDRESS).headers["Location"].startswith("/dang-nhap")
    assert client.post(ADDRESS).status_code in (302, 401)


@pytest.mark.parametrize("kind", ["pdf_javascript", "pdf_embedded", "pdf_launch", "pdf_bomb", "empty", "pdf_cut"])
def test_hostile_files_meet_the_checks_of_every_upload(client: Client, cast: Cast, kind: str) -> None:
    cast.signed_in(client, "hoa")
    file = next(one for one in corpus() if one.id == kind)
    status, words = sent(client, file.content, "van-ban.pdf")
    assert status == 422 and "Có một chỗ cần sửa" in words


def test_nothing_chosen_is_told(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "hoa")
    answer = client.post(ADDRESS)
    assert answer.status_code == 422 and "Chọn một tệp PDF" in answer.content.decode()


def test_the_console_says_it_in_json_and_by_its_exit_code(office: Office, tmp_path: Path) -> None:
    good, bad = tmp_path / "tot.pdf", tmp_path / "sua.pdf"
    good.write_bytes(content_of(office.issued()))
    bad.write_bytes(annotated(good.read_bytes()))
    assert "verify" in COMMANDS
    for file, verdict, code in ((good, "valid", 0), (bad, "invalid", 1), (tmp_path / "khong-co.pdf", "unreadable", 1)):
        told = subprocess.run(
            [str(Path(sys.executable).with_name("tram")), "verify", str(file), "--json", "--data", str(tmp_path / "data")],
            capture_output=True, text=True, env={**os.environ},
        )  # fmt: skip
        assert (json.loads(told.stdout)["verdict"], told.returncode) == (verdict, code), told.stderr

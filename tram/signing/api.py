"""Verification for programs."""

from datetime import datetime
from typing import Annotated

from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from tram.files.queries import inspected
from tram.signing import queries
from tram.signing.policy import may_verify
from tram.web.asked import Asked
from tram.web.programs import answers

router = Router(tags=["Chữ ký số"])
Brought = Annotated[UploadedFile, File(description="Tệp PDF đã ký")]


class StampOut(Schema):
    """Dấu thời gian."""

    at: datetime
    by: str
    holds: bool
    reason: str


class SignatureOut(Schema):
    """Một chữ ký trong tệp."""

    field: str
    verdict: str = Field(description="valid, invalid hoặc unsure")
    reasons: list[str] = Field(description="Vì sao không hợp lệ, bằng tiếng Việt; rỗng là hợp lệ")
    signer: str
    title: str
    organisation: str
    issuer: str
    serial: str
    certificate_since: datetime | None
    certificate_until: datetime | None
    signed_at: datetime | None
    claimed_at: datetime | None
    stamp: StampOut | None
    chain: list[str]
    revocation: str
    level: str = Field(description="Mức PAdES: B-B, B-T, B-LT, B-LTA")
    covers_whole_file: bool
    covers_its_revision: bool
    changes: str
    is_allowed_change: bool
    certifies: bool
    locks: bool
    is_test: bool


class ReportOut(Schema):
    """Kết quả xác minh."""

    sha256: str
    size: int
    checked_at: datetime
    verdict: str = Field(description="valid, invalid, unsure hoặc unsigned")
    summary: str
    signatures: list[SignatureOut]
    stamps: list[StampOut]


@router.post("/signatures/verify", response=answers(ReportOut), summary="Xác minh chữ ký số của một tệp PDF")
def verify(request: Asked, file: Brought) -> object:
    """What the signatures of a PDF are worth now; the file is not kept."""
    may_verify(request.actor).or_refuse()
    with inspected(file, file.name or "") as path:
        return queries.report(path, request.at)

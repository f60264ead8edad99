"""Files for programs: bring one, see its card; the card's address downloads it with the same token."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from tram.files import queries
from tram.files.commands import store
from tram.web.asked import Asked
from tram.web.programs import answers

router = Router(tags=["Tệp"])
Upload = Annotated[UploadedFile, File(description="Tệp PDF, DOCX, XLSX, JPG hoặc PNG")]


class FileCard(Schema):
    """Thẻ tệp."""

    id: UUID
    name: str
    kind_name: str = Field(description="Loại tệp, nhận theo nội dung")
    media_type: str
    size: int = Field(description="Cỡ, byte")
    pages: int | None
    sha256: str
    uploaded_at: datetime
    url: str = Field(description="Địa chỉ tải bản gốc, gửi kèm cùng thẻ")
    image: str = Field(description="Địa chỉ ảnh trang đầu; rỗng là không có")


@router.post("/files", response=answers(FileCard), summary="Tải một tệp lên")
def bring(request: Asked, file: Upload) -> object:
    """Keep a file; until a thing carries it, only who brought it may open it."""
    kept = store(actor=request.actor, at=request.at, stream=file, name=file.name or "", agency=request.actor.agency)
    return queries.card(kept.pk)


@router.get("/files/{file}", response=answers(FileCard), summary="Thẻ tệp và địa chỉ tải")
def card(request: Asked, file: UUID) -> object:
    """The card of a file that this person may open."""
    return queries.opened(request.actor, file, request.at)

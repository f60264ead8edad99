"""A paper marked secret is refused before storage; a paper that speaks of secrets is not."""

import unicodedata
from pathlib import Path

import pytest

from tram.files.rules.refusals import FileRefused
from tram.files.rules.secrecy import refuse_marked_secret

HEAD = "UBND TỈNH LÀO CAI    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ TÀI CHÍNH\nSố: 15/BC-STC\n"
TAIL = "\nBÁO CÁO\nVề công tác quý I năm 2026\nKính gửi: Ủy ban nhân dân tỉnh\n"
LONG = "Thực hiện kế hoạch năm.\n" * 60

MARKED_TEXTS = [
    ("secret", HEAD + "MẬT" + TAIL),
    ("top_secret", HEAD + "TỐI MẬT" + TAIL),
    ("absolute_secret", HEAD + "TUYỆT MẬT" + TAIL),
    ("secret", "MẬT\n" + HEAD + TAIL),
    ("secret", HEAD + "   M Ậ T   " + TAIL),
    ("top_secret", HEAD + "T Ố I M Ậ T" + TAIL),
    ("absolute_secret", HEAD + "T U Y Ệ T M Ậ T" + TAIL),
    ("secret", HEAD + "[MẬT]" + TAIL),
    ("secret", HEAD + "| MẬT |" + TAIL),
    ("secret", HEAD + "□ MẬT ■" + TAIL),
    ("secret", HEAD + "“MẬT”" + TAIL),
    ("secret", HEAD + "MẬT    Lào Cai, ngày 12 tháng 3 năm 2026" + TAIL),
    ("top_secret", "SỞ TÀI CHÍNH\tTỐI MẬT\tCỘNG HÒA" + TAIL),
    ("secret", HEAD + "HỎA TỐC - MẬT" + TAIL),
    ("secret", HEAD + "KHẨN / MẬT" + TAIL),
    ("top_secret", HEAD + "TOI MAT" + TAIL),
    ("absolute_secret", HEAD + "TUYET MAT" + TAIL),
    ("secret", HEAD + "MAT" + TAIL),
    ("secret", HEAD + "MÂT" + TAIL),
    ("absolute_secret", HEAD + "TUYÊT MÂT" + TAIL),
    ("secret", HEAD + "Độ mật: Mật" + TAIL),
    ("top_secret", HEAD + "Mức độ mật: Tối mật" + TAIL),
    ("absolute_secret", HEAD + "ĐỘ MẬT: TUYỆT MẬT" + TAIL),
    ("secret", HEAD + "Độ bí mật: MẬT" + TAIL),
    ("secret", "Số: 15/BC-STC-(M)" + TAIL),
    ("secret", "Số: 15/BC-STC (M)" + TAIL),
    ("secret", "Số 07-BC/TU(M)" + TAIL),
    ("top_secret", "Số: 03/KH-UBND-(TM)" + TAIL),
    ("absolute_secret", "Số: 01/TTr-UBND-(TuM)" + TAIL),
    ("secret", HEAD + TAIL + LONG + "\fMẬT\nPHỤ LỤC"),
    ("secret", unicodedata.normalize("NFD", HEAD + "MẬT" + TAIL)),
]
MARKED_NAMES = [
    ("secret", "15-BC-STC-(M).pdf"),
    ("secret", "[MẬT] Báo cáo quý I.pdf"),
    ("secret", "(mật) kế hoạch.docx"),
    ("top_secret", "Báo cáo (tối mật).pdf"),
    ("top_secret", "TỐI MẬT - kế hoạch.pdf"),
    ("absolute_secret", "TUYỆT MẬT.pdf"),
    ("secret", "MẬT.pdf"),
    ("secret", "Kế hoạch 12 - Mật.pdf"),
    ("secret", "Kế hoạch 12 - mật.pdf"),
    ("secret", "MẬT_.pdf"),
    ("top_secret", "ke hoach - TOI MAT.pdf"),
    ("absolute_secret", "tuyet_mat.pdf"),
    ("secret", "15-BC-STC-M.pdf"),
    ("secret", "15_BC_STC_MAT.pdf"),
    ("top_secret", "15 BC STC TỐI MẬT.pdf"),
    ("secret", unicodedata.normalize("NFD", "MẬT - báo cáo.pdf")),
]
PLAIN_TEXTS = [
    HEAD + TAIL,
    HEAD + "V/v bảo vệ bí mật nhà nước" + TAIL,
    HEAD + "V/V TĂNG CƯỜNG BẢO VỆ BÍ MẬT NHÀ NƯỚC" + TAIL,
    "QUY CHẾ\nQUẢN LÝ VĂN BẢN MẬT\n" + TAIL,
    "SỔ ĐĂNG KÝ VĂN BẢN MẬT ĐẾN\n" + TAIL,
    "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT\n" + TAIL,
    HEAD + "Văn bản này thay thế văn bản có độ mật trước đây." + TAIL,
    HEAD + "Không soạn thảo văn bản MẬT trên máy nối mạng." + TAIL,
    HEAD + "Độ mật: Thường" + TAIL,
    HEAD + "Độ mật: Không" + TAIL,
    HEAD + "Độ mật:" + TAIL,
    HEAD + "Hội thi nuôi ong lấy mật" + TAIL,
    HEAD + "Mật độ dân số: 83 người/km²" + TAIL,
    HEAD + "Đổi mật khẩu hộp thư công vụ" + TAIL,
    HEAD + "MẬT ĐỘ THUÊ BAO\tNĂM 2026" + TAIL,
    HEAD + "mật" + TAIL,
    HEAD + "Mật ong\nMật mía" + TAIL,
    HEAD + TAIL + LONG + "\nMẬT\n",
    HEAD + TAIL + "a) Tối mật;\nb) Mật." + TAIL,
    "Số: 15/BC-STC (Mẫu)" + TAIL,
    "Số: 15/BC-STC (Mới)" + TAIL,
    HEAD + "Các mức: Thường, Mật, Tối mật, Tuyệt mật." + TAIL,
    HEAD + "KHẨN" + TAIL,
    HEAD + "MÁT" + "\u0061" + TAIL,
    HEAD + "Tên: Nguyễn Văn Mật" + TAIL,
]
PLAIN_NAMES = [
    "Bảo vệ bí mật nhà nước.pdf",
    "BAO VE BI MAT NHA NUOC.pdf",
    "bao_cao_bi_mat_nha_nuoc.pdf",
    "Đổi mật khẩu.docx",
    "Mật ong Sa Pa.jpg",
    "mật độ dân số 2026.xlsx",
    "Danh sách cán bộ cơ yếu, mật mã.pdf",
    "Quy định xử lý văn bản tối mật.pdf",
    "Quy chế quản lý văn bản MẬT năm 2026.pdf",
    "(Mẫu) đơn xin phép.docx",
    "15-BC-STC.pdf",
    "Nguyễn Văn Mật.pdf",
    "bia mat 1.jpg",
    "khuon-mat.jpg",
    "M.pdf",
]


@pytest.mark.parametrize(("id", "text"), MARKED_TEXTS)
def test_a_marked_paper_is_refused_by_its_level(id: str, text: str) -> None:
    with pytest.raises(FileRefused) as caught:
        refuse_marked_secret(text, "a.pdf")
    assert caught.value.id == id
    assert "sổ văn bản mật" in caught.value.sentence


@pytest.mark.parametrize(("id", "name"), MARKED_NAMES)
def test_a_marked_name_is_refused_by_its_level(id: str, name: str) -> None:
    with pytest.raises(FileRefused) as caught:
        refuse_marked_secret("", name)
    assert caught.value.id == id


@pytest.mark.parametrize("text", PLAIN_TEXTS)
def test_a_paper_about_secrets_is_no_secret(text: str) -> None:
    refuse_marked_secret(text, "a.pdf")


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_a_name_about_secrets_is_no_mark(name: str) -> None:
    refuse_marked_secret("", name)


@pytest.mark.parametrize("folder", ["letters", "articles", "seeds"])
def test_no_real_public_text_is_taken_for_a_secret(real: Path, folder: str) -> None:
    texts = sorted((real / folder).glob("*.txt"))
    assert texts
    for path in texts:
        refuse_marked_secret(path.read_text(errors="replace"), "a.pdf")

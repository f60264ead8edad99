"""Words that are always the same in letters, mended where a machine read them without their marks or spaces."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tram.reading.rules.fields import Field, Several, Words
from tram.reading.rules.words import HEADS, KINDS, PHRASES, POSTS, PROVINCES
from tram.vietnamese.text import fold, tidy, tone_normal

V = TypeVar("V")

COMMON = """triển khai|nghị định|nghị quyết|công tác|văn thư|lưu trữ|tổ chức|hội nghị|trực tuyến|tăng cường|bưu chính|viễn thông
|điện tử|thông tin|truyền thông|lãnh đạo|chỉ đạo|rà soát|các điểm|phục vụ|địa bàn|trên địa bàn|phát triển|hạ tầng|những năm
|tiếp theo|đổi tên|nhiệm kỳ|lãnh đạo sở|chữa cháy|phòng cháy|mùa khô|giao ban|đoàn thể|thành phố|thị xã|doanh nghiệp|xây dựng
|kế hoạch|thực hiện|quy định|hướng dẫn|báo cáo|kết quả|đề nghị|đề xuất|giải quyết|khiếu nại|tố cáo|kiến nghị|phê duyệt|phê chuẩn
|ban hành|sửa đổi|bổ sung|điều chỉnh|thủ tục|hành chính|cải cách|chuyển đổi|chuyển đổi số|dịch vụ|dịch vụ công|quản lý|nhà nước
|kinh tế|xã hội|văn hóa|giáo dục|đào tạo|y tế|lao động|việc làm|bảo hiểm|tài chính|ngân sách|dự toán|quyết toán|đầu tư|dự án|công trình
|đất đai|môi trường|tài nguyên|nông nghiệp|nông thôn|nông thôn mới|thủy lợi|giao thông|vận tải|điện lực|năng lượng|khoa học|công nghệ
|an toàn|an ninh|trật tự|quốc phòng|quân sự|dân tộc|tôn giáo|cán bộ|công chức|viên chức|biên chế|tuyển dụng|bổ nhiệm|khen thưởng|kỷ luật
|thi đua|thanh tra|kiểm tra|giám sát|đánh giá|xếp loại|tổng kết|sơ kết|hội thảo|tập huấn|bồi dưỡng|tiếp nhận|xử lý|hồ sơ|văn bản
|phối hợp|tham mưu|tham gia|ý kiến|góp ý|dự thảo|thẩm định|thẩm tra|thống nhất|cho phép|thành lập|kiện toàn|giải thể|sáp nhập|hoạt động
|chương trình|mục tiêu|nhiệm vụ|trọng tâm|giải pháp|tình hình|số liệu|thống kê|cung cấp|đăng ký|kê khai|nộp thuế|khai thuế|hoàn thuế
|khắc phục|ứng phó|thiên tai|lũ lụt|dịch bệnh|cháy rừng|bảo vệ|phòng chống|phòng, chống|tham nhũng|tiết kiệm|lãng phí|tuyên truyền
|phổ biến|pháp luật|tư pháp|hộ tịch|chứng thực|đấu thầu|đấu giá|mua sắm|tài sản|trụ sở|xe ô tô|kinh phí|hỗ trợ|vay vốn|chính sách
|người dân|hộ nghèo|người nghèo|trẻ em|phụ nữ|thanh niên|người cao tuổi|đối tượng|trợ cấp|chế độ|tiền lương|phụ cấp|nghỉ hưu|nghỉ lễ
|kỷ niệm|lễ hội|du lịch|thể thao|thi đấu|đại hội|cuộc họp|phiên họp|làm việc|kết luận|thông báo|giấy mời|trân trọng|kính gửi|nơi nhận
|như trên|như điều|cổng thông tin|cơ quan|đơn vị|địa phương|trung ương|đảng ủy|mạng lưới|thuê bao|internet băng rộng|máy tính|phần mềm
|cơ sở dữ liệu|dữ liệu|chữ ký số|kết nối|liên thông|hệ thống|vận hành|sử dụng|khai thác|trang thiết bị|thiết bị|thử nghiệm|nghiệm thu"""
"""Words of office language; each reads one way only, whatever marks a machine has lost."""

FIXED = (
    (re.compile(r"^L[uư]u\s?[:;.]?\s?(?=VT|VP|$)"), "Lưu: "),
    (re.compile(r"\b(?<=[ND]D )t[iìí]nh\b"), "tỉnh"),
    (re.compile(r"\b([Tt])inh\b"), r"\1ỉnh"),
    (re.compile(r"\bđua tin\b"), "đưa tin"),
    (re.compile(r"\bv[èẽêẻ]\b"), "về"),
    (re.compile(r"(?<=[^\W\d_])\((?=[^\W\d_])"), " ("),
    (re.compile(r",(?=[^\W\d_])"), ", "),
)
WORD = re.compile(r"[^\W\d_]+|,")
RIGHT = {
    tuple(fold(word) for word in WORD.findall(entry)): WORD.findall(entry)
    for listing in (
        COMMON,
        PHRASES.replace("Công Thương", ""),
        POSTS,
        HEADS,
        PROVINCES.replace("-", ""),
        "|".join(KINDS),
    )
    for entry in (one.strip().lower() for one in listing.split("|"))
    if len(WORD.findall(entry)) > 1
}
LONGEST = max(len(key) for key in RIGHT)
DOUBT = 0.85


def mended(text: str) -> str:
    """The text with phrases of office language in their right marks; the case of each word stays as it is."""
    for pattern, always in FIXED:
        text = pattern.sub(always, text)
    found = list(WORD.finditer(text))
    folded = [fold(one[0]) for one in found]
    done, end, at = "", 0, 0
    while at < len(found):
        size = next((n for n in range(min(LONGEST, len(found) - at), 1, -1) if tuple(folded[at : at + n]) in RIGHT), 0)
        right = RIGHT[tuple(folded[at : at + size])] if size else [found[at][0]]
        for one, model in zip(found[at : at + len(right)], right, strict=True):
            done += text[end : one.start()] + _like(one[0], model)
            end = one.end()
        at += len(right)
    return tidy(done + text[end:])


def mended_words(value: Words) -> Words:
    """A mended field of a scan; what changes loses some confidence."""
    return _lowered(value, lambda text: mended(text) if text else text)


def mended_items(items: Several) -> Several:
    """Mended recipients or addressees of a scan: 'Luu:VT,KT' gives 'Lưu: VT, KT'."""
    return _lowered(items, lambda names: tuple(mended(name) for name in names))


def mended_symbol(symbol: Words, kind: Words) -> Words:
    """The abbreviation of the kind in the symbol of a scan: 'CT-SNV' over CHƯƠNG TRÌNH gives 'CTr-SNV'."""
    short = KINDS.get(kind.value or "", "")
    first, sign, rest = (symbol.value or "").partition("-")
    if not short or not sign or first == short or fold(first) not in (fold(short), fold(short)[:-1]):
        return symbol
    return replace(symbol, value=f"{short}-{rest}", confidence=round(symbol.confidence * DOUBT, 2))


def _lowered(field: Field[V], change: Callable[[V], V]) -> Field[V]:
    done = change(field.value)
    return field if done == field.value else replace(field, value=done, confidence=round(field.confidence * DOUBT, 2))


def _like(word: str, model: str) -> str:
    if tone_normal(word).lower() == tone_normal(model):
        return word
    return model.upper() if word.isupper() and len(word) > 1 else model.capitalize() if word[0].isupper() else model

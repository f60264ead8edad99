"""What a screen is; and the screens that everybody sees: the pages of the portal."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
Act = Callable[[Page], None]


@dataclass(frozen=True)
class Screen:
    """One screen. `who` is empty for nobody; `address` may hold {places} of the planted province."""

    name: str
    title: str
    who: str
    address: str
    act: Act | None = None
    status: int = 200
    is_print: bool = False


def press(selector: str) -> Act:
    """Press the first of these that shows."""
    return lambda page: page.locator(f"{selector} >> visible=true").first.click()


PUBLIC = [
    Screen("cong", "Trang đầu của cổng", "", "/cong"),
    Screen("cong-co-quan", "Trang của một cơ quan trên cổng", "", "/cong/co-quan/so-khoa-hoc-va-cong-nghe"),
    Screen("cong-xa", "Trang của một xã trên cổng", "", "{commune_site}"),
    Screen("cong-cac-co-quan", "Trang các cơ quan trên cổng", "", "/cong/co-quan"),
    Screen("cong-so-lieu", "Số liệu mở", "", "/cong/so-lieu"),
    Screen("cong-chi-tieu", "Một chỉ tiêu theo kỳ, có biểu đồ", "", "/cong/so-lieu/mat-do-dien-thoai"),
    Screen("cong-bai-so-lieu", "Bài có số liệu của một chỉ tiêu", "", "{article_counted}"),
    Screen("cong-luot-truy-cap", "Một bảng số liệu mở", "", "/cong/so-lieu/luot-truy-cap/{month}"),
    Screen("cong-muc", "Một chuyên mục của cổng", "", "/cong/muc/cai-cach-hanh-chinh-chuyen-doi-so"),
    Screen("cong-muc-trong", "Chuyên mục chưa có tin", "", "{commune_site}/muc/thong-cao-bao-chi"),
    Screen("cong-bai", "Một tin bài trên cổng", "", "{article}"),
    Screen("cong-bai-in", "Tin bài trên cổng khi in", "", "{article}", is_print=True),
    Screen("cong-bai-ghi-am", "Bài có bản ghi âm, lời chép, bản dịch", "", "{article_heard}"),
    Screen("cong-bai-ghi-am-in", "Bài có bản ghi âm khi in", "", "{article_heard}", is_print=True),
    Screen("cong-bai-go", "Tin bài không còn đăng", "", "{article_gone}", status=410),
    Screen("cong-van-ban", "Văn bản trên cổng", "", "/cong/van-ban"),
    Screen(
        "cong-van-ban-loai",
        "Văn bản của một cơ quan, một loại",
        "",
        "/cong/co-quan/so-khoa-hoc-va-cong-nghe/van-ban/loc/thong-bao/tat-ca",
    ),
    Screen("cong-van-ban-mot", "Một văn bản trên cổng", "", "{letter_public}"),
    Screen("cong-van-ban-thay", "Văn bản đã bị thay thế", "", "{letter_replaced}"),
    Screen("cong-van-ban-go", "Văn bản không còn công khai", "", "{letter_gone}", status=410),
    Screen("cong-tim-van-ban", "Tìm văn bản trên cổng", "", "/cong/tim?q={letter_code}&muc=van-ban"),
    Screen("cong-hoi-dap", "Hỏi đáp trên cổng", "", "/cong/hoi-dap"),
    Screen("cong-hoi", "Đặt câu hỏi: còn thiếu", "", "/cong/hoi-dap/hoi", press("form.fill button")),
    Screen("cong-hoi-ma", "Xem câu hỏi bằng mã", "", "/cong/hoi-dap/ma/{question_code}"),
    Screen("cong-bai-y-kien", "Ý kiến bạn đọc dưới một bài", "", "{said_of}"),
    Screen("cong-y-kien", "Gửi ý kiến về một bài: còn thiếu", "", "{said_of}/y-kien", press("form.fill button")),
    Screen("cong-tra-ma", "Tra câu hỏi bằng mã", "", "/cong/hoi-dap/ma"),
    Screen("cong-hoi-dap-mot", "Một câu hỏi và câu trả lời", "", "{question}"),
    Screen("cong-hoi-dap-go", "Câu hỏi không còn trên cổng", "", "{question_gone}", status=410),
    Screen("cong-du-thao", "Dự thảo lấy ý kiến trên cổng", "", "/cong/du-thao"),
    Screen("cong-du-thao-mot", "Một dự thảo đang nhận ý kiến", "", "{draft_public}"),
    Screen("cong-du-thao-het", "Một dự thảo đã tổng hợp", "", "{draft_ended}"),
    Screen("cong-du-thao-gop-y", "Góp ý dự thảo: còn thiếu", "", "{draft_public}/gop-y", press("form.fill button")),
    Screen("cong-tim", "Tìm tin bài trên cổng", "", "/cong/tim?q=buu dien van hoa"),
    Screen("cong-tim-khong", "Tìm tin bài: không thấy", "", "/cong/tim?q=khinh khí cầu"),
    Screen("cong-to-chuc", "Tổ chức, liên hệ trên cổng", "", "/cong/to-chuc"),
    Screen("cong-to-chuc-tim", "Tìm người, cơ quan", "", "/cong/tim/to-chuc?ten=son"),
    Screen("cong-to-chuc-mot", "Một cơ quan: liên hệ, lãnh đạo", "", "/cong/co-quan/so-khoa-hoc-va-cong-nghe/to-chuc"),
    Screen("cong-lich-tuan", "Lịch tuần trên cổng", "", "/cong/co-quan/so-khoa-hoc-va-cong-nghe/lich-tuan"),
    Screen("cong-lich-tuan-in", "Lịch tuần khi in", "", "/cong/lich-tuan", is_print=True),
    Screen("cong-bao-chi", "Dành cho báo chí", "", "/cong/bao-chi"),
    Screen("cong-nhan-tin", "Nhận tin qua thư", "", "/cong/nhan-tin?chu-de=news/press"),
    Screen("cong-nhan-tin-thieu", "Nhận tin qua thư: còn thiếu", "", "/cong/nhan-tin", press("form.fill button")),
    Screen("cong-nhan-tin-gui", "Nhận tin qua thư: đã gửi thư xác nhận", "", "/cong/nhan-tin?da-gui"),
    Screen("cong-nhan-tin-xac-nhan", "Xác nhận nhận tin", "", "/cong/nhan-tin/xac-nhan/{mail_asked}"),
    Screen("cong-nhan-tin-cua-toi", "Tin một người đang nhận", "", "/cong/nhan-tin/cua-toi/{mail_mine}"),
    Screen("cong-nhan-tin-thoi", "Thôi nhận tin", "", "/cong/nhan-tin/thoi/{mail_mine}"),
    Screen("cong-thu-tuc", "Thủ tục hành chính trên cổng", "", "/cong/thu-tuc"),
    Screen("cong-thu-tuc-loc", "Thủ tục: không thấy", "", "/cong/tim/thu-tuc?ten=khinh khí cầu"),
    Screen("cong-thu-tuc-mot", "Một thủ tục", "", "/cong/thu-tuc/giay-phep-xuat-ban-tai-lieu-khong-kinh-doanh"),
    Screen("cong-thu-tuc-nghe", "Một thủ tục có bản nghe hướng dẫn", "", "/cong/thu-tuc/cap-diem-tro-choi-dien-tu"),
    Screen("cong-tieng", "Tin bài bằng một thứ tiếng của tỉnh (bản mẫu)", "", "/cong/tieng/hmv"),
    Screen("cong-khong-co", "Không có trang này trên cổng", "", "/cong/tin/khong-co", status=404),
]

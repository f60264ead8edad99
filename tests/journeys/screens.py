"""Every screen of Trạm: its name, what it is called, who sees it, where it stands, and what is done before looking."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.public import DESK as DESK
from tests.journeys.public import PHONE as PHONE
from tests.journeys.public import PUBLIC, press
from tests.journeys.public import Screen as Screen
from tests.news.pages import OLD
from tram.demo.painting import terraces
from tram.demo.telling import BELL

KEYS: dict[str, object] = {}
PASSWORDS: dict[str, str] = {}
"""What the planted province calls its places, and how its people sign in: given before the screens are walked."""


def _is_phone(page: Page) -> bool:
    return (page.viewport_size or DESK)["width"] < 700


def _guess(page: Page) -> None:
    page.get_by_label("Tên đăng nhập").fill("hoatt")
    page.get_by_label("Mật khẩu", exact=True).fill("nhớ nhầm mất rồi")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.locator(".errors").wait_for()


def _second_step(page: Page) -> None:
    page.get_by_label("Tên đăng nhập").fill("khanh")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORDS["khanh"])
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("button", name="Vào Trạm").wait_for()


def _refused_file(page: Page) -> None:
    _list_pane(page)
    page.set_input_files("form[data-drop] input[type=file]", [
        {"name": "ảnh-chụp.pdf", "mimeType": "application/pdf", "buffer": b"PK\x03\x04" + b"0" * 2000},
        {"name": "rỗng.pdf", "mimeType": "application/pdf", "buffer": b""},
    ])  # fmt: skip
    page.wait_for_timeout(900)


def _old_article(page: Page) -> None:
    files = {"name": "bai-cu.txt", "mimeType": "text/plain", "buffer": OLD.encode()}
    page.get_by_label("Các tệp bài cũ").set_input_files([files, {**files, "name": "rong.txt", "buffer": b" "}])
    page.get_by_role("button", name="Đưa vào").click()
    page.locator(".notice.good").wait_for()


def _old_article_opened(page: Page) -> None:
    _old_article(page)
    page.locator("tr[data-row] a").first.click()
    page.get_by_role("heading", name="Tệp gốc").wait_for()


def _article_begun(page: Page) -> None:
    page.get_by_label("Tít bài").fill("Khai giảng lớp tập huấn cho cán bộ xã")
    page.get_by_label("Đoạn dẫn").fill("Sáng nay, Sở khai giảng lớp tập huấn cho sáu mươi cán bộ xã.")
    page.get_by_label("Thân bài").fill("Lớp học kéo dài ba ngày.\n\n# Cách học\n\nHọc viên làm bài trên máy.")
    page.locator("button[value=luu]").click()
    page.get_by_role("heading", name="Việc làm được bây giờ").wait_for()


def _article_previewed(page: Page) -> None:
    _article_begun(page)
    page.goto(str(page.get_by_role("link", name="Xem như trên cổng").get_attribute("href")))


def _article_rewritten(page: Page) -> None:
    _article_begun(page)
    page.get_by_role("button", name="Sửa bài").click()
    page.get_by_label("Đoạn dẫn").fill("Sáng 16/11, Sở khai giảng lớp tập huấn cho tám mươi cán bộ xã.")
    page.locator("button[value=luu]").click()
    page.get_by_role("link", name="khác bản trước").first.click()
    page.locator("p > ins").last.wait_for()


def _article_held(page: Page) -> None:
    _article_begun(page)
    page.get_by_role("button", name="Sửa bài").click()
    brought: Any = [{"name": "ruong.jpg", "mimeType": "image/jpeg", "buffer": terraces(4)}]
    page.get_by_label("Đưa ảnh, bản ghi âm, tệp vào bài").set_input_files(brought)
    page.get_by_role("button", name="Lưu và đưa vào bài").click()
    page.get_by_label("Giữ phần trên, bên phải").check()
    page.get_by_text("Cách gõ thân bài").click()


def _article_heard(page: Page) -> None:
    _article_begun(page)
    page.get_by_role("button", name="Sửa bài").click()
    brought: Any = [
        {"name": "loi-moi.mp3", "mimeType": "audio/mpeg", "buffer": BELL.read_bytes()},
        {"name": "ghi-tu-may.amr", "mimeType": "audio/amr", "buffer": b"#!AMR\n" + b"0" * 2000},
    ]
    page.get_by_label("Đưa ảnh, bản ghi âm, tệp vào bài").set_input_files(brought)
    page.get_by_role("button", name="Lưu và đưa vào bài").click()
    page.get_by_label("Hướng dẫn cho thủ tục").select_option(index=1)


def _article_given_up(page: Page) -> None:
    _article_begun(page)
    page.get_by_role("link", name="Rút xuống").click()
    page.get_by_role("button", name="Rút xuống").click()
    page.locator(".errors").wait_for()


def _list_pane(page: Page) -> None:
    if _is_phone(page):
        page.locator(".steps a").first.click()


def _empty_slip(page: Page) -> None:
    page.get_by_label("Trích yếu").fill("")
    page.get_by_label("Ngày văn bản").fill("31/02/2026")
    page.get_by_role("button", name="Vào sổ").click()
    page.locator("#slip").locator("xpath=..").locator(".errors").wait_for()


def _registered(page: Page) -> None:
    fresh = KEYS["fresh"]
    assert isinstance(fresh, list)
    page.goto(f"{CLERKS}?lan=scan&van-ban={fresh.pop()}")
    page.get_by_role("button", name="Vào sổ").click()
    page.locator("#flash .flash, #flash > *").first.wait_for()
    page.wait_for_timeout(400)


def _no_draft(page: Page) -> None:
    page.wait_for_timeout(300)
    for button in page.get_by_role("button", name="Bỏ", exact=True).all():
        button.click()


def _twin(page: Page) -> None:
    _no_draft(page)
    page.get_by_label("Cơ quan ban hành").fill(str(KEYS["twin_organ"]))
    page.keyboard.press("Escape")
    page.get_by_label("Số, ký hiệu").press_sequentially(str(KEYS["twin"]))
    page.locator("#trung").get_by_text("Đã vào sổ").wait_for()


def _secret(page: Page) -> None:
    _no_draft(page)
    page.get_by_label("Độ mật").select_option(label="Mật")
    page.get_by_label("Độ mật").scroll_into_view_if_needed()


def _empty_step(page: Page) -> None:
    page.locator("main form .button >> visible=true").first.click()
    page.locator(".errors").wait_for()


def _tried(page: Page) -> None:
    page.get_by_label("Xanh ngọc").check()
    page.get_by_role("button", name="Lưu, xem trước").click()
    page.get_by_role("button", name="Cho hiện trên cổng").wait_for()


def _pale(page: Page) -> None:
    page.get_by_label("Màu khác", exact=True).check()
    page.get_by_label("Mã màu khác").fill("#f2c230")
    page.get_by_role("button", name="Lưu, xem trước").click()
    page.locator(".errors").wait_for()


def _person_told(page: Page) -> None:
    """A spokesperson whom nobody could call."""
    page.locator("tr[data-row] a").first.click()
    page.get_by_label("Là người phát ngôn").check()
    page.get_by_label("Điện thoại công vụ").fill("")
    _empty_step(page)


def _written(page: Page) -> None:
    """Two places from the directory, the page drawn, one more looked for."""
    _no_draft(page)
    page.get_by_label("Trích yếu").fill("rà soát hạ tầng số năm 2027")
    page.get_by_label("Nội dung").fill("Sở đề nghị quý cơ quan rà soát hạ tầng số.\nTrân trọng./.")
    adding = page.get_by_label("Thêm từ danh bạ").first
    for typed in ("xa phuong", "tai chinh"):
        adding.press_sequentially(typed)
        page.locator("[role=option]").first.wait_for()
        adding.press("Enter")
    page.locator("#xem").click()
    page.locator("#trang-in img").first.wait_for()
    adding.press_sequentially("ubnd")
    page.locator("[role=option]").first.wait_for()


def _wrong_range(page: Page) -> None:
    page.get_by_label("Từ số").fill("9999")
    page.get_by_role("button", name="In sổ").click()
    page.wait_for_load_state()


def _broken(page: Page) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tram.desk.queries.my_work", None)
        page.goto("/")


CLERKS = "/van-ban-den/ban-van-thu"
SCREENS = [
    Screen("dang-nhap", "Đăng nhập", "", "/dang-nhap"),
    Screen("dang-nhap-sai", "Đăng nhập: sai mật khẩu", "", "/dang-nhap", _guess),
    Screen("buoc-hai", "Đăng nhập: bước hai", "", "/dang-nhap", _second_step),
    Screen("tai-khoan", "Tài khoản của tôi", "lan", "/toi"),
    Screen("them-buoc-hai", "Thêm bước hai", "binh", "/toi", press("text=Thêm ứng dụng mã")),
    Screen("viec-van-thu", "Việc của tôi: văn thư", "hoa", "/"),
    Screen("viec-chuyen-vien", "Việc của tôi: chuyên viên", "lan", "/"),
    Screen("viec-truong-phong", "Việc của tôi: trưởng phòng", "thang", "/"),
    Screen("viec-giam-doc", "Việc của tôi: giám đốc", "son", "/"),
    Screen("viec-menu", "Bước với một việc", "lan", "/", press("tr[data-row] details.menu summary")),
    Screen("menu-nguoi", "Tư cách và tài khoản", "dung", "/", press(".bar details.menu summary")),
    Screen("cho-nguoi-khac", "Chờ người khác", "son", "/viec/cho-nguoi-khac"),
    Screen("da-giao", "Theo dõi việc đã giao", "thang", "/viec/da-giao"),
    Screen("ban-van-thu", "Bàn văn thư: công văn có chữ", "hoa", CLERKS + "?lan=scan&van-ban={clear}"),
    Screen("ban-van-thu-ngo", "Bàn văn thư: ô cần nhìn lại", "hoa", CLERKS + "?lan=scan&van-ban={doubtful}"),
    Screen("ban-van-thu-hang-cho", "Bàn văn thư: hàng chờ", "hoa", CLERKS + "?lan=scan", _list_pane),
    Screen("ban-van-thu-sai", "Bàn văn thư: chỗ cần sửa", "hoa", CLERKS + "?lan=scan&van-ban={doubtful}", _empty_slip),
    Screen("ban-van-thu-trung", "Bàn văn thư: trùng số", "hoa", CLERKS + "?lan=paper", _twin),
    Screen("ban-van-thu-mat", "Bàn văn thư: văn bản mật", "hoa", CLERKS + "?lan=paper", _secret),
    Screen("ban-van-thu-trong", "Bàn văn thư: hàng trống", "hoa", CLERKS + "?lan=exchange"),
    Screen("ban-van-thu-tep", "Bàn văn thư: tệp không nhận", "hoa", CLERKS + "?lan=scan", _refused_file),
    Screen("ban-van-thu-tach", "Bàn văn thư: tách bản quét", "hoa", CLERKS + "/{scan}/tach"),
    Screen("dau-mat", "Dấu mật chờ trả lời", "hoa", "/van-ban-den/ban-van-thu/dau-mat"),
    Screen("ban-van-thu-so", "Bàn văn thư: số vừa cấp", "hoa", CLERKS, _registered),
    Screen("van-ban-den", "Văn bản đến", "hoa", "/van-ban-den"),
    Screen("van-ban-den-chua-xong", "Văn bản đến: chưa giải quyết", "son", "/van-ban-den?muc=chua-giai-quyet"),
    Screen("van-ban-den-qua-han", "Văn bản đến: quá hạn", "thang", "/van-ban-den?muc=qua-han"),
    Screen("van-ban-den-xong", "Văn bản đến: đã xong", "lan", "/van-ban-den?muc=da-xong"),
    Screen("van-ban-den-trong", "Văn bản đến: chưa có", "binh", "/van-ban-den"),
    Screen("vb-moi-vao-so", "Văn bản vừa vào sổ", "hoa", "/van-ban-den/{registered}"),
    Screen("vb-trinh-van-thu", "Văn bản đang trình, văn thư xem", "hoa", "/van-ban-den/{presented}"),
    Screen("vb-trinh", "Văn bản trước giám đốc", "son", "{before_son}"),
    Screen("vb-chuyen", "Cho ý kiến chỉ đạo", "son", "{before_son}", press("button[data-dialog=chuyen]")),
    Screen("vb-chi-dao", "Cho ý kiến chỉ đạo, cả trang", "son", "{before_son}/chi-dao"),
    Screen("vb-truong-phong", "Văn bản ở trưởng phòng", "thang", "{thang_phan}"),
    Screen("vb-chuyen-vien", "Văn bản ở chuyên viên", "lan", "{lan_tien-do}"),
    Screen("vb-cho-xac-nhan", "Kết quả chờ xác nhận", "thang", "{thang_xac-nhan}"),
    Screen("vb-dang-lam", "Văn bản đang giải quyết", "hoa", "/van-ban-den/{in_progress}"),
    Screen("vb-xong", "Văn bản đã giải quyết", "hoa", "/van-ban-den/{closed}"),
    Screen("vb-nhat-ky", "Nhật ký của văn bản", "hoa", "/van-ban-den/{closed}?the=nhat-ky"),
    Screen("vb-ai-giu", "Ai đang giữ", "hoa", "/van-ban-den/{closed}?the=ai-giu"),
    Screen("vb-thong-tin", "Thông tin và chữa sổ", "hoa", "/van-ban-den/{corrected}?the=thong-tin"),
    Screen("vb-mat", "Văn bản mật", "hoa", "/van-ban-den/{secret}"),
    Screen("vb-viec-khac", "Việc khác với văn bản", "hoa", "/van-ban-den/{registered}", press(".menu.up summary")),
    Screen("vb-trinh-ai", "Trình lãnh đạo", "hoa", "/van-ban-den/{registered}/trinh"),
    Screen("vb-chua-so", "Chữa sổ", "hoa", "/van-ban-den/{registered}/chua-so"),
    Screen("vb-them-tep", "Thêm tệp", "hoa", "/van-ban-den/{registered}/tep"),
    Screen("vb-ket-thuc", "Kết thúc văn bản", "hoa", "/van-ban-den/{registered}/ket-thuc"),
    Screen("vb-in", "Trang văn bản khi in", "hoa", "/van-ban-den/{closed}", is_print=True),
    Screen("viec-tien-do", "Báo cáo tiến độ", "lan", "{tien-do}"),
    Screen("viec-nop", "Báo cáo kết quả", "lan", "{nop}"),
    Screen("viec-nop-thieu", "Báo cáo kết quả: thiếu", "lan", "{nop}", _empty_step),
    Screen("viec-gia-han", "Xin gia hạn", "lan", "{gia-han}"),
    Screen("viec-phan", "Phân việc cho một người", "thang", "{phan}"),
    Screen("viec-xac-nhan", "Xác nhận hoàn thành", "thang", "{xac-nhan}"),
    Screen("phan-viec", "Phân việc", "thang", "/viec/phan-viec"),
    Screen("theo-doi", "Bảng theo dõi", "thang", "/viec/theo-doi"),
    Screen("theo-doi-giam-doc", "Bảng theo dõi của giám đốc", "son", "/viec/theo-doi"),
    Screen("giao-viec", "Giao việc", "son", "/viec/giao"),
    Screen("don-doc", "Đôn đốc: quá hạn", "son", "/don-doc"),
    Screen("thong-ke-viec", "Thống kê công việc", "son", "/thong-ke/cong-viec"),
    Screen("thong-ke-viec-phong", "Thống kê công việc của một phòng", "thang", "/thong-ke/cong-viec"),
    Screen("thong-ke-viec-dong", "Việc sau một con số", "son", "/thong-ke/cong-viec/danh-sach?so=received"),
    Screen("thong-ke-van-ban", "Thống kê văn bản", "hoa", "/thong-ke/van-ban"),
    Screen("don-doc-sap", "Đôn đốc: sắp đến hạn", "thang", "/don-doc?muc=sap-den-han"),
    Screen("so", "Sổ", "hoa", "/so"),
    Screen("van-ban-di", "Văn bản đi", "lan", "/van-ban-di"),
    Screen("van-ban-di-trong", "Văn bản đi: chưa có", "binh", "/van-ban-di"),
    Screen("soan", "Soạn văn bản", "lan", "/van-ban-di/soan?loai=plan"),
    Screen("soan-trang", "Soạn văn bản: nơi nhận và trang sẽ in", "lan", "/van-ban-di/soan", _written),
    Screen("du-thao", "Dự thảo", "lan", "{out_draft}"),
    Screen("du-thao-sua", "Sửa dự thảo", "lan", "{out_draft}/sua"),
    Screen("du-thao-ban", "Một bản của dự thảo", "lan", "{out_draft}/ban/1"),
    Screen("du-thao-y-kien", "Ý kiến góp ý", "lan", "{out_draft}?the=y-kien"),
    Screen("du-thao-xin-y-kien", "Xin ý kiến", "lan", "{out_draft}/xin-y-kien"),
    Screen("du-thao-the-thuc", "Thể thức của dự thảo", "lan", "{out_draft}?the=the-thuc"),
    Screen("du-thao-cho-duyet", "Dự thảo trước giám đốc", "son", "{out_shown}"),
    Screen("du-thao-tra-lai", "Trả lại dự thảo", "son", "{out_shown}/tra-lai"),
    Screen("du-thao-ky-tat", "Ký tắt, trình ký", "lan", "{out_shown}?the=ky"),
    Screen("van-ban-di-noi-nhan", "Nơi nhận của văn bản đi", "hoa", "{out_left}?the=noi-nhan"),
    Screen("so-van-ban-di", "Sổ văn bản đi", "hoa", "/van-ban-di/so/outgoing/{year}"),
    Screen("cong-khai", "Công khai một văn bản: chưa đọc lại", "hoa", "{to_publish}", press("main form button")),
    Screen("cong-khai-dang", "Văn bản đang công khai", "hoa", "{published}"),
    Screen("dua-len-cong", "Đưa văn bản lên cổng", "hoa", "/cong-khai/ngoai"),
    Screen("dua-len-cong-phieu", "Phiếu văn bản đưa lên cổng", "hoa", "{text_slip}"),
    Screen("cong-khai-go", "Gỡ văn bản khỏi cổng: thiếu lý do", "hoa", "{published}/go", press("main form button")),
    Screen("ho-so", "Hồ sơ công việc", "lan", "/ho-so"),
    Screen("ho-so-trong", "Hồ sơ công việc: chưa có", "binh", "/ho-so"),
    Screen("ho-so-mo", "Mở hồ sơ", "lan", "/ho-so/mo"),
    Screen("ho-so-mot", "Một hồ sơ", "lan", "{file_full}"),
    Screen("ho-so-viec", "Việc về các văn bản trong hồ sơ", "lan", "{file_running}?the=viec"),
    Screen("ho-so-thong-tin", "Thông tin hồ sơ", "lan", "{file_closed}?the=thong-tin"),
    Screen("ho-so-nhat-ky", "Nhật ký của hồ sơ", "lan", "{file_closed}?the=nhat-ky"),
    Screen("ho-so-vuong", "Kết thúc hồ sơ: điều còn vướng", "lan", "{file_running}/ket-thuc"),
    Screen("ho-so-ket-thuc", "Kết thúc hồ sơ", "lan", "{file_full}/ket-thuc"),
    Screen("ho-so-giu-lai", "Cho giữ lại hồ sơ: thiếu", "son", "{file_closed}/giu-lai", _empty_step),
    Screen("van-ban-den-chon", "Chọn nhiều văn bản đến", "lan", "/van-ban-den", press("tr[data-row] input[data-pick]")),
    Screen("ho-so-xep", "Đưa vào hồ sơ", "lan", "/ho-so/xep?{file_picked}"),
    Screen("tin-bai", "Tin bài", "minh", "/tin-bai"),
    Screen("bai-cu", "Nhập bài cũ", "minh", "/tin-bai/bai-cu", _old_article),
    Screen("bai-cu-xem-lai", "Xem lại một bài cũ", "minh", "/tin-bai/bai-cu", _old_article_opened),
    Screen("tin-bai-viet", "Viết tin bài", "minh", "/tin-bai/moi"),
    Screen("tin-bai-mot", "Một tin bài và việc làm được", "minh", "/tin-bai/moi", _article_begun),
    Screen("tin-bai-xem-thu", "Tin bài, xem như trên cổng trước khi đăng", "minh", "/tin-bai/moi", _article_previewed),
    Screen("tin-bai-sua", "Sửa một tin bài", "minh", "/tin-bai/moi", _article_held),
    Screen("tin-bai-nhieu", "Nhiều bài cùng lúc", "minh", "/tin-bai/nhieu?muc=trinh", press("input[data-pick]")),
    Screen("tin-bai-ghi-am", "Đưa bản ghi âm vào bài", "minh", "/tin-bai/moi", _article_heard),
    Screen("tin-bai-so-sanh", "So sánh hai bản của tin bài", "minh", "/tin-bai/moi", _article_rewritten),
    Screen("tin-bai-rut", "Rút một tin bài xuống: thiếu lý do", "minh", "/tin-bai/moi", _article_given_up),
    Screen("cau-hoi", "Hỏi đáp: câu hỏi đang chờ", "minh", "/cau-hoi"),
    Screen("cau-hoi-cho", "Một câu hỏi và việc làm được", "minh", "{asked}"),
    Screen("cau-hoi-tra-loi", "Soạn câu trả lời: còn thiếu", "minh", "{asked}/tra-loi", press("main form button")),
    Screen("cau-hoi-duyet", "Câu trả lời chờ duyệt đăng", "minh", "{answered}"),
    Screen("lay-y-kien", "Dự thảo lấy ý kiến", "minh", "/du-thao"),
    Screen("lay-y-kien-mot", "Một dự thảo lấy ý kiến và việc làm được", "minh", "{put_draft}"),
    Screen("lay-y-kien-soan", "Soạn dự thảo lấy ý kiến: còn thiếu", "minh", "/du-thao/moi", press("main form button")),
    Screen("lay-y-kien-gop-y", "Một góp ý dự thảo chờ duyệt", "minh", "{opinion}"),
    Screen("cau-hoi-chuyen", "Chuyển câu hỏi sang cơ quan khác", "minh", "{asked}/chuyen"),
    Screen("luot-truy-cap", "Lượt truy cập chia dân số", "son", "/truy-cap"),
    Screen("luot-truy-cap-trang", "Trang được đọc nhiều của một cơ quan", "son", "/truy-cap/{unit}"),
    Screen("dan-so", "Nhập dân số", "son", "/truy-cap/{unit}/dan-so"),
    Screen("dan-so-sai", "Nhập dân số: còn thiếu", "son", "/truy-cap/{unit}/dan-so", press("main form button")),
    Screen("cong-bo-xep-hang", "Công bố xếp hạng", "binh", "/truy-cap/cong-bo"),
    Screen("chi-tieu", "Chỉ tiêu, số liệu của cơ quan", "lan", "/chi-tieu"),
    Screen("chi-tieu-mot", "Một chỉ tiêu theo kỳ", "lan", "{figures}"),
    Screen("chi-tieu-nhap", "Nhập số liệu: còn thiếu", "lan", "{figures}/nhap", press("main form button")),
    Screen("chi-tieu-bang", "Nhập số liệu từ bảng: chưa chọn tệp", "lan", "/chi-tieu/bang", press("main form button")),
    Screen("chi-tieu-bang-xem", "Xem từng dòng của bảng số liệu", "lan", "{sheet}"),
    Screen("chi-tieu-cho-duyet", "Số liệu của một bảng chờ duyệt cùng lúc", "thang", "{sheet_waiting}"),
    Screen("chi-tieu-cho", "Một số liệu chờ duyệt", "thang", "{figure_waiting}"),
    Screen("lich-tuan", "Lịch tuần trong cơ quan", "minh", "/lich-tuan"),
    Screen("lich-tuan-muc", "Thêm mục lịch: còn thiếu", "minh", "/lich-tuan/them", press("main form button")),
    Screen("dien-mao", "Diện mạo trang: đang xem thử", "minh", "/dien-mao", _tried),
    Screen("dien-mao-mo", "Diện mạo trang: màu không đọc được", "minh", "/dien-mao", _pale),
    Screen("danh-ba-cong", "Danh bạ trên cổng", "minh", "/danh-ba-cong"),
    Screen("danh-ba-cong-co-quan", "Thông tin liên hệ của cơ quan", "minh", "/danh-ba-cong/co-quan"),
    Screen("danh-ba-cong-nguoi", "Công bố một người: thiếu", "minh", "/danh-ba-cong", _person_told),
    Screen("danh-ba-cong-go", "Gỡ liên hệ: thiếu lý do", "minh", "/danh-ba-cong/co-quan/go", press("main form button")),
    Screen("danh-muc", "Danh mục hồ sơ", "hoa", "/ho-so/danh-muc/{year}"),
    Screen("danh-muc-trong", "Danh mục hồ sơ: chưa lập", "hoa", "/ho-so/danh-muc/{next_year}"),
    Screen("danh-muc-them", "Thêm hồ sơ dự kiến", "lan", "/ho-so/danh-muc/{next_year}/them"),
    Screen("nop-luu", "Nộp lưu hồ sơ", "lan", "/ho-so/nop-luu"),
    Screen("nop-luu-mot", "Một lần giao nộp", "hoa", "{file_told}"),
    Screen("het-han", "Hồ sơ hết thời hạn bảo quản", "hoa", "/ho-so/huy"),
    Screen("het-han-mot", "Đề nghị hủy hồ sơ", "son", "{file_asked}"),
    Screen("so-den", "Sổ đăng ký văn bản đến", "hoa", "/so/incoming/{year}"),
    Screen("so-dang-in", "Sổ dài đang được in", "hoa", "{output_running}"),
    Screen("so-da-in", "Sổ dài đã làm xong", "hoa", "{output_ready}"),
    Screen("so-nam-trong", "Sổ: năm chưa mở", "hoa", "/so?nam=2024"),
    Screen("to-chuc", "Tổ chức", "lan", "/to-chuc"),
    Screen("don-vi", "Một cơ quan", "lan", "/to-chuc/{unit}"),
    Screen("phong", "Một đơn vị", "lan", "/to-chuc/{division}"),
    Screen("vi-tri", "Một vị trí", "lan", "/to-chuc/vi-tri/{post}"),
    Screen("vang-mat", "Vắng mặt", "dung", "/to-chuc/vang-mat"),
    Screen("uy-quyen", "Ủy quyền", "son", "/to-chuc/uy-quyen"),
    Screen("gio-lam-viec", "Giờ làm việc", "lan", "/to-chuc/gio-lam-viec"),
    Screen("nhan-tin", "Nhận tin qua thư, cho quản trị tỉnh", "khanh", "/nhan-tin"),
    Screen("quan-tri-tai-khoan", "Tài khoản của cơ quan", "thuy", "/quan-tri/tai-khoan"),
    Screen("quan-tri-mot", "Một tài khoản", "thuy", "/quan-tri/tai-khoan/{account}"),
    Screen("quan-tri-mo", "Mở tài khoản", "thuy", "/quan-tri/tai-khoan/mo"),
    Screen("quan-tri-don-vi", "Đổi tên đơn vị", "thuy", "/to-chuc/{division}/doi-ten"),
    Screen("quan-tri-chuyen", "Chuyển đơn vị", "thuy", "/to-chuc/{division}/chuyen"),
    Screen("quan-tri-cham-dut", "Chấm dứt đơn vị", "thuy", "/to-chuc/{division}/cham-dut"),
    Screen("quan-tri-vi-tri", "Vị trí, cho quản trị", "thuy", "/to-chuc/vi-tri/{post}"),
    Screen("tim", "Tìm", "hoa", "/tim?q={word}"),
    Screen("tim-trong", "Tìm: không thấy", "hoa", "/tim?q=khinh khí cầu"),
    Screen("tim-chua-go", "Tìm: chưa gõ", "hoa", "/tim"),
    Screen("thong-bao", "Thông báo", "lan", "/thong-bao"),
    Screen("thong-bao-cach", "Cách nhận thông báo", "lan", "/thong-bao/cach-nhan"),
    Screen("xac-minh", "Xác minh chữ ký số", "lan", "/xac-minh-chu-ky"),
    Screen("lich-han", "Lịch hạn", "lan", "/lich-han"),
    Screen("lich-han-tao", "Lịch hạn: địa chỉ vừa tạo", "lan", "/lich-han", press("main form button")),
    Screen("tro-giup", "Trợ giúp: văn thư", "hoa", "/tro-giup"),
    Screen("tro-giup-in", "Trợ giúp khi in", "hoa", "/tro-giup", is_print=True),
    Screen("chung-thu-so", "Chứng thư số của cơ quan", "thuy", "/chung-thu-so"),
    Screen("chung-thu-so-cua-toi", "Chứng thư số của tôi", "son", "/chung-thu-so"),
    Screen("chung-thu-so-dang-ky", "Đăng ký chứng thư số", "thuy", "/chung-thu-so/dang-ky"),
    Screen("chung-thu-so-ngung", "Ngừng dùng chứng thư số", "thuy", "/chung-thu-so/{certificate}/ngung"),
    Screen("chung-thu-so-anh", "Ảnh chữ ký", "son", "/chung-thu-so/{certificate}/anh"),
    Screen("ky", "Ký văn bản", "son", "{out_ready}/ky"),
    Screen("xac-minh-van-ban", "Xác minh văn bản, cho người ngoài", "", "/xac-minh"),
    Screen("xac-minh-co", "Văn bản đã xác minh", "", "/xac-minh/{proof_code}"),
    Screen("xac-minh-khong", "Mã không có", "", "/xac-minh/AAAA-AAAA-AAAA", status=404),
    *PUBLIC,
    Screen("khong-thay", "Không thấy mục này", "lan", "/van-ban-den/999999", status=404),
    Screen("khong-duoc", "Không được làm việc này", "lan", "/van-ban-den/ban-van-thu", status=403),
    Screen("da-doi", "Việc đã đi tiếp", "hoa", CLERKS + "?van-ban={closed}", status=409),
    Screen("chua-nhan", "Chưa nhận được", "hoa", "/so/incoming/{year}", _wrong_range),
    Screen("truc-trac", "Trục trặc", "lan", "/thong-bao", _broken),
    Screen("giao-dien", "Bộ thành phần giao diện", "", "/giao-dien"),
]

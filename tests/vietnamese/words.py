"""Vietnamese words and names for the tests, our own choice."""

import unicodedata


def listed(text: str, between: str | None = None) -> list[str]:
    """The words of a text, or its parts between a sign, in NFC and without spaces at their ends."""
    return [part.strip() for part in unicodedata.normalize("NFC", text).split(between)]


SENTENCES = """
công văn số của ủy ban nhân dân tỉnh về việc triển khai kế hoạch ứng dụng công nghệ thông tin trong cơ quan nhà nước
giám đốc sở đề nghị các phòng chuyên môn báo cáo kết quả thực hiện nhiệm vụ trước ngày hết hạn để tổng hợp trình lãnh đạo
bưu điện văn hóa xã vùng cao phục vụ đồng bào các dân tộc thiểu số đọc sách báo và truy cập mạng miễn phí hằng tuần
đoàn thanh tra kiểm tra việc chấp hành quy định quản lý đại lý dịch vụ trên địa bàn huyện lập biên bản xử lý vi phạm
hội nghị giao ban trực tuyến đánh giá tình hình quý một và bàn giải pháp đẩy mạnh cải cách thủ tục hành chính
người dân nộp hồ sơ tại bộ phận một cửa nhận giấy hẹn trả kết quả được thông báo khi giấy phép đã ký xong
chủ tịch phân công chuyên viên tham mưu văn bản trả lời kiến nghị của cử tri gửi văn phòng trước cuối buổi chiều
mưa lũ làm sạt lở đường, nhiều thuê bao cố định mất liên lạc; lực lượng ứng cứu đã khắc phục sự cố ngay trong đêm
"""
WORDS = listed(SENTENCES.replace(",", "").replace(";", ""))
FOREIGN = listed(
    """Inetrnet Microsoft Windows® café São Paulo Köln naïve 5µm 25°C m² «xin chào» §5 QĐ-UBND BCĐ TT&TT 12/UBND-VX
    https://sonla.gov.vn/tin?a=1&b=2 anh.nguyen@laocai.gov.vn “XÃ” – … € 1½ Đắk Lắk H'Mông hiệuquả 32máy iPhone ® •"""
)

FAMILIES = listed("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Giàng Lò Vừ Âu Ân Đinh Điêu")
MIDDLES = listed("Văn Thị Đức Minh Thu Ngọc Hữu Đình Xuân Thanh Ánh Ý Mỹ A Thế Bá Kim Hải")
GIVENS = listed(
    """An Ân Ấn Ánh Anh Âu Ăn Bình Bính Châu Cường Dũng Dung Duyên Đạt Đức Đông Em Giang Hà Hạ Hả Hoà Hòa Hoa Hoá Hùng
    Hưng Hương Khánh Lan Lân Linh Long Lương Mai Minh Nam Nga Ngà Ngân Oanh Phúc Phước Quý Quỳnh Sơn Tâm Thảo Thao Tháo
    Tú Tư Từ Uyên Út Ưng Vân Vinh Xuân Yên Yến Ý"""
)
AGENCIES = listed(
    """Sở Tài chính; Sở Tài nguyên và Môi trường; Sở Y tế; Sở Xây dựng; Sở Tư pháp; Ban Dân tộc; Văn phòng UBND tỉnh;
    UBND xã Ái Quốc; UBND xã An Bình; UBND xã Ân Thi; UBND xã Đông Anh; UBND xã Dương Xá; Phòng 2; Phòng 10;
    Phòng Ô tô""",
    ";",
)

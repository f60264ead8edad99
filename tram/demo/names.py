"""Invented personal names of the north-western highlands: Kinh, Tày, Thái, Dao, Giáy and Mông families."""

from random import Random


def words(text: str) -> list[str]:
    return text.split()


FAMILIES = (
    *(
        words("Nguyễn Trần Lê Phạm Hoàng Vũ Đỗ Bùi Đặng Ngô Dương Đinh Trịnh Lương Đoàn Mai Cao Tạ Phùng Hà Lưu Quách")
        * 2
    ),
    *words("Nông Hứa Ma Lục Hoàng La Triệu Bàn Đặng Phàn Tẩn Lò Cầm Vi Điêu Lường Vàng Lù Sần Lý Chảo Nùng"),
)
MONG_FAMILIES = words("Giàng Sùng Thào Vàng Má Hạng Lừu Cư Tráng Hảng Lồ Mùa")
MIDDLE = {
    "nam": words("Văn Đức Quang Minh Xuân Hữu Ngọc Mạnh Trung Tiến Việt Anh Đình Công Thành Duy Hồng Hải"),
    "nữ": words("Thị Thị Thị Thu Ngọc Thanh Bích Minh Kim Thùy Hồng Phương Diệu Khánh Hoài Mỹ Thúy"),
}
GIVEN = {
    "nam": words(
        "Hưng Dũng Hùng Cường Long Thành Tùng Kiên Hiếu Quân Nam Phong Trường Hoàng Khoa Lâm Vinh Đạt Toàn Phúc Huy Giang "
        "Khôi Luân Chiến Thịnh Bách Nghĩa Quyết Tâm Tài Hiệp Cảnh Điệp Đông Hậu Kỳ Lực Nhân Thái Thông Trọng Vượng"
    ),
    "nữ": words(
        "Hằng Hương Nga Hiền Thảo Trang Yến Huyền Nhung Liên Oanh Loan Phượng Tuyết Vân Quyên Quỳnh Xuân Hạnh Chi Ngân Thơm "
        "Duyên Giang Hậu Hường Khuyên Lệ Luyến Mến Ngà Nguyệt Nhàn Sen Thắm Thoa Tươi Uyên Vy Ánh Đào Bích"
    ),
}
MONG_MIDDLE = {"nam": ["A", "Seo", "Văn"], "nữ": ["Thị", "Seo"]}
MONG_GIVEN = {
    "nam": words("Páo Lử Chinh Dế Giàng Pàng Sình Vư Tủa Hồng Phổng Lềnh Của Dình Sáng Chớ Khua"),
    "nữ": words("Mỷ Dua Súa Chư Sao Xua Ly Máy Chấu Dợ Pàng Sua Mảy"),
}


def invent(chance: Random, gender: str) -> str:
    """One full name, họ đệm tên; `gender` is "nam" or "nữ"."""
    if chance.random() < 0.12:
        families, middles, givens = MONG_FAMILIES, MONG_MIDDLE[gender], MONG_GIVEN[gender]
    else:
        families, middles, givens = list(FAMILIES), MIDDLE[gender], GIVEN[gender]
    while True:
        parts = [chance.choice(families), chance.choice(middles), chance.choice(givens)]
        if len(set(parts)) == 3:
            return " ".join(parts)


def invent_new(chance: Random, gender: str, taken: set[str]) -> str:
    """A name that nobody in `taken` bears; it is added there."""
    while (name := invent(chance, gender)) in taken:
        continue
    taken.add(name)
    return name

"""What happens to how sites look, as sentences."""

PHRASES = {
    "skins.tried": "đã lưu một diện mạo để xem thử cho trang của {name}",
    "skins.dropped": "đã bỏ diện mạo đang xem thử của {name}",
    "skins.published": "đã cho hiện diện mạo mới trên trang của {name}",
    "skins.put_back": "đã lấy lại diện mạo ngày {worn} cho trang của {name}",
    "skins.closed": "diện mạo của {name} rời cổng: ảnh nghi có dấu mật",
}

"""What happens to the portal itself, as sentences."""

PHRASES = {
    "portal.scanned": "đã tự kiểm cổng: xem {looked} mục, {found} điều phải xem",
    "portal.sighting_settled": "đã xem xong một điều tự kiểm thấy ở {place}: {reason}",
}

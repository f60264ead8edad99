"""What people decide about their notices, in words."""

PHRASES = {
    "notifications.preferred": "đã đổi cách nhận thông báo",
    "notifications.quieted": "đã đặt giờ yên tĩnh",
    "notifications.hour_chosen": "đã chọn giờ nhận thư gộp",
}

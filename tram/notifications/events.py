"""What people decide about their notices, in words."""

PHRASES = {
    "notifications.preferred": "đã đổi cách nhận thông báo",
    "notifications.quieted": "đã đặt giờ yên tĩnh",
    "notifications.hour_chosen": "đã chọn giờ nhận thư gộp",
    "notifications.device_added": "đã bật thông báo đẩy trên {device}",
    "notifications.device_removed": "đã thôi thông báo đẩy trên {device}",
    "notifications.device_ended": "đã ngừng gửi thông báo đẩy tới {device}: {reason}",
    "notifications.devices_swept": "đã dọn {devices} thiết bị nhận đẩy không còn ai đăng nhập",
    "notifications.push_key_made": "đã tạo khóa đẩy của máy chủ",
}

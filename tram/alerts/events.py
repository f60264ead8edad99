"""What happens to readers by mail, as sentences. None of them holds an address: a record stays for ever."""

PHRASES = {
    "alerts.confirmed": "người nhận tin số {number} đã xác nhận nhận tin qua thư",
    "alerts.stopped": "người nhận tin số {number} đã thôi nhận, địa chỉ đã xóa",
    "alerts.ended": "đã ngừng gửi tin tới người nhận số {number} và xóa địa chỉ: {reason}",
    "alerts.switched": "đã {what_is_done} việc nhận tin qua thư trên cổng",
}

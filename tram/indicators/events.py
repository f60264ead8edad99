"""What happens to figures, as sentences."""

PHRASES = {
    "indicators.entered": "đã nhập {name}, {period}: {value}",
    "indicators.written": "đã sửa {name}, {period}, bản {version}: {value}",
    "indicators.submitted": "đã trình duyệt {name}, {period}: {value}",
    "indicators.sent_back": "đã trả lại {name}, {period}: {reason}",
    "indicators.approved": "đã duyệt công bố {name}, {period}: {value}{reason}",
    "indicators.withdrawn": "đã rút {name}, {period} khỏi cổng: {reason}",
    "indicators.sheet_brought": "đã đưa vào bảng số liệu {name}, {lines} số liệu",
    "indicators.sheet_taken": "đã nhập bảng số liệu {name}: {new} số mới, {changed} số đổi",
    "indicators.sheet_returned": "đã trả lại bảng số liệu {name}: {reason}",
    "indicators.dropped": "đã bỏ bản đang sửa của {name}, {period}",
}

"""What happens to figures, as sentences."""

PHRASES = {
    "indicators.entered": "đã nhập {name}, {period}: {value}",
    "indicators.written": "đã sửa {name}, {period}, bản {version}: {value}",
    "indicators.submitted": "đã trình duyệt {name}, {period}: {value}",
    "indicators.sent_back": "đã trả lại {name}, {period}: {reason}",
    "indicators.approved": "đã duyệt công bố {name}, {period}: {value}{reason}",
    "indicators.withdrawn": "đã rút {name}, {period} khỏi cổng: {reason}",
    "indicators.dropped": "đã bỏ bản đang sửa của {name}, {period}",
}

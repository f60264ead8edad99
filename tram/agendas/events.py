"""What happens to the weekly schedule of leaders, as sentences."""

PHRASES = {
    "agendas.entered": "đã ghi lịch {day}: {title}",
    "agendas.amended": "đã sửa lịch {day}: {title}",
    "agendas.dropped": "đã bỏ khỏi lịch {day}: {title}",
    "agendas.published": "đã công khai lịch tuần từ {monday}, {items} mục, lần {edition}",
    "agendas.withdrawn": "đã gỡ lịch tuần từ {monday} khỏi cổng: {reason}",
}

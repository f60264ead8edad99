"""What happens to documents, as sentences."""

PHRASES = {
    "documents.received": "đã nhận văn bản {name}",
    "documents.verified": "đã kiểm tra tính xác thực và toàn vẹn",
    "documents.read": "đã đọc {fields} trường từ tệp bằng {engine}",
    "documents.registered": "đã vào sổ văn bản đến số {number}",
    "documents.duplicate_accepted": "vẫn vào sổ dù trùng văn bản số {of}: {reason}",
    "documents.secret_registered": "đã ghi sổ văn bản {level} số {number}, bản giấy giữ tại {place}",
    "documents.corrected": "đã chữa {label} từ “{before}” thành “{after}”: {reason}",
    "documents.file_added": "đã thêm tệp {name}",
    "documents.presented": "đã trình {to}",
    "documents.directed": "đã cho ý kiến chỉ đạo: {note} (chủ trì: {lead})",
    "documents.direction_recalled": "đã thu hồi ý kiến chỉ đạo: {reason}",
    "documents.kept_for_information": "đã lưu để biết: {note}",
    "documents.given_back": "đã trả lại văn thư: {reason}",
    "documents.assigned": "đã phân việc cho {holder}",
    "documents.begun": "đã bắt đầu giải quyết",
    "documents.answered": "đã trả lời bằng văn bản {answer}",
    "documents.closed": "đã giải quyết xong: {outcome}",
    "documents.returned_to_sender": "đã trả lại nơi gửi: {reason}",
    "documents.marked_duplicate": "đã đánh dấu trùng với văn bản đến số {of}",
    "documents.cancelled": "nơi gửi đã thu hồi: {reason}",
    "documents.book_printed": "đã in sổ văn bản đến từ số {first} đến số {last}",
}
NOTICES = {"documents.recalled": "Văn bản đến số {number} đã bị thu hồi: {reason}"}

"""Why something could not be signed or does not hold, in Vietnamese: one catalogue, with how to mend it."""

TROUBLES = {
    "key_missing": "Không đọc được tệp khóa của chứng thư này. Báo quản trị kiểm tra thư mục khóa.",
    "key_locked": "Tệp khóa không mở được bằng mật khẩu đã lưu. Báo quản trị đăng ký lại chứng thư.",
    "token_missing": "Không thấy thiết bị lưu khóa. Cắm thiết bị (hoặc bật dịch vụ của nó) rồi ký lại.",
    "pin_wrong": "Mã PIN của thiết bị lưu khóa không đúng. Nhập lại; sai nhiều lần thiết bị sẽ khóa.",
    "pin_locked": "Thiết bị lưu khóa đã khóa vì sai mã PIN nhiều lần. Liên hệ nơi cấp thiết bị để mở.",
    "certificate_expired": "Chứng thư số đã hết hạn vào thời điểm ký. Xin cấp chứng thư mới rồi ký lại.",
    "certificate_early": "Chứng thư số chưa có hiệu lực vào thời điểm ký. Kiểm tra giờ máy chủ và ngày hiệu lực.",
    "certificate_revoked": "Chứng thư số đã bị thu hồi nên không ký được. Liên hệ nơi cấp chứng thư.",
    "certificate_untrusted": "Nơi cấp chứng thư này không có trong danh sách tin cậy của Trạm. Báo quản trị bổ sung.",
    "certificate_other": "Khóa trong thiết bị không thuộc chứng thư đã đăng ký. Cắm đúng thiết bị, hoặc đăng ký lại.",
    "status_missing": "Chưa lấy được tình trạng thu hồi của chứng thư. Kiểm tra đường mạng tới nơi cấp rồi ký lại.",
    "stamp_missing": "Dịch vụ dấu thời gian không trả lời. Đợi một lát rồi ký lại.",
    "not_a_pdf": "Tệp không đọc được như một PDF nên không ký được. Tạo lại tệp rồi ký.",
    "no_field": "Tệp không có ô ký đã dành sẵn, hoặc ô ấy đã được ký. Tạo lại bản trình ký.",
    "field_locked": "Văn bản đã khóa bằng một chữ ký trước nên không thêm chữ ký hay điền ô được nữa.",
    "no_such_fill": "Ô cần điền không có trong tệp, hoặc đã điền. Tạo lại bản trình ký.",
    "answer_wrong": "Dịch vụ ký từ xa trả về chữ ký không khớp với văn bản đã gửi. Gửi ký lại từ đầu.",
    "too_slow": "Ký quá lâu nên đã dừng; tệp vẫn như cũ. Thử lại, và báo quản trị nếu còn gặp.",
    "broken": "Không ký được vì trục trặc trong bộ phận ký; tệp vẫn như cũ. Thử lại, và báo quản trị nếu còn gặp.",
}

REASONS = {
    "changed": "Nội dung đã bị sửa sau khi ký: dữ liệu trong vùng được ký không còn như lúc ký.",
    "forged": "Chữ ký không khớp với chứng thư: nội dung chữ ký đã bị thay.",
    "uncovered": "Chữ ký không bao trùm trọn bản đã ký: tệp bị dựng lại quanh chữ ký.",
    "altered": "Tệp bị sửa sau khi ký: {what}.",
    "untrusted": "Không rõ ai ký: nơi cấp chứng thư “{issuer}” không có trong danh sách tin cậy.",
    "withdrawn": "Nơi cấp chứng thư “{issuer}” không còn được tin cậy vào lúc ký.",
    "revoked": "Chứng thư đã bị thu hồi từ {since}, trước hoặc vào lúc ký.",
    "revoked_unproven": "Chứng thư đã bị thu hồi từ {since}, và không có dấu thời gian chứng minh chữ ký có trước đó.",
    "issuer_revoked": "Chứng thư của nơi cấp đã bị thu hồi từ {since}.",
    "expired": "Chứng thư đã hết hạn ngày {until}, và không có dấu thời gian chứng minh ký trước ngày ấy.",
    "early": "Chứng thư chưa có hiệu lực vào lúc ký (có hiệu lực từ {since}).",
    "unknown_status": "Không xác minh được chứng thư có bị thu hồi vào lúc ký hay không: tệp không kèm tình trạng thu hồi.",
    "stamp": "Dấu thời gian không hợp lệ: {why}",
    "order": "Các dấu thời gian mâu thuẫn nhau về thứ tự. Giờ máy ký hoặc máy cấp dấu bị sai.",
    "ahead": "Giờ ký ở tương lai so với giờ kiểm tra: giờ của máy ký hoặc máy kiểm tra bị sai.",
    "weak": "Thuật toán ký quá yếu nên không còn đáng tin ({algorithm}).",
    "usage": "Chứng thư này không được cấp để ký văn bản.",
    "format": "Chữ ký hỏng cấu trúc nên không đọc được.",
    "chain": "Chuỗi chứng thư tới nơi cấp gốc không hợp lệ.",
    "other": "Chưa đủ căn cứ để công nhận chữ ký ({name}).",
}
CHANGES = {
    "annotation": "thêm hoặc sửa chú thích trên trang",
    "page": "thêm hoặc bớt trang",
    "content": "sửa nội dung trang",
    "form": "sửa ô đã khóa",
    "signature": "sửa ô chữ ký hoặc bớt chữ ký",
    "other": "sửa đối tượng ngoài phần được phép",
}
ALLOWED = {
    "NONE": "Không có gì thêm sau khi ký.",
    "LTA_UPDATES": "Sau khi ký chỉ thêm dữ liệu kiểm tra và dấu thời gian.",
    "FORM_FILLING": "Sau khi ký chỉ điền ô dành sẵn hoặc ký thêm, đúng như chữ ký cho phép.",
    "ANNOTATIONS": "Sau khi ký có thêm chú thích.",
    "OTHER": "Sau khi ký tệp đã bị sửa.",
}


class Trouble(Exception):
    """Something cannot be signed. `id` names the situation for programs, the sentence is for people."""

    def __init__(self, id: str) -> None:
        super().__init__(TROUBLES[id])
        self.id = id
        self.sentence = TROUBLES[id]

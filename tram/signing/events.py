"""What signing records, as Vietnamese sentences."""

PHRASES = {
    "signing.authority_founded": "lập nơi cấp chứng thư thử của bản cài này",
    "signing.certificate_enrolled": "đăng ký chứng thư số của {name}, hạn dùng {until}",
    "signing.certificate_withdrawn": "ngừng dùng chứng thư số của {name}: {reason}",
    "signing.picture_set": "đặt ảnh chữ ký hoặc dấu cho chứng thư của {name}",
    "signing.fields_reserved": "dành sẵn ô ký và ô điền trong {file}",
    "signing.signed": "ký số {role} bằng chứng thư của {name}, mức {level}",
    "signing.sent_away": "gửi mã băm đi ký từ xa bằng chứng thư của {name}",
    "signing.came_back": "nhận chữ ký từ dịch vụ ký từ xa sau {waited} giây",
    "signing.gave_up": "bỏ {count} lượt ký từ xa quá hạn",
}

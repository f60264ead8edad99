"""What happens to documents on the portal, as sentences."""

PHRASES = {
    "gazette.published": "đã công khai {code} trên cổng tại /{slug}, {files} tệp",
    "gazette.withdrawn": "đã gỡ {code} khỏi cổng: {reason}",
    "gazette.closed": "{code} tự rời cổng: {reason}",
    "gazette.brought": "đã đưa vào văn bản để công khai, {files} tệp",
    "gazette.written": "đã ghi thông tin văn bản để công khai",
    "gazette.file_added": "đã thêm một tệp của văn bản để công khai",
    "gazette.secret_removed": "đã bỏ một tệp mang dấu độ mật",
}

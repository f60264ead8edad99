"""What people keep of their searches, in words."""

PHRASES = {"search.saved": "đã lưu một lần tìm: {name}", "search.forgotten": "đã bỏ lần tìm đã lưu: {name}"}

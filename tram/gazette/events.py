"""What happens to documents on the portal, as sentences."""

PHRASES = {
    "gazette.published": "đã công khai {code} trên cổng tại /{slug}, {files} tệp",
    "gazette.withdrawn": "đã gỡ {code} khỏi cổng: {reason}",
    "gazette.closed": "{code} tự rời cổng: {reason}",
}

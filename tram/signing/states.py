"""Words of signing that tables, doors and other rooms use."""

from datetime import timedelta

KEEPERS = {"file": "tệp khóa trên máy chủ", "token": "thiết bị lưu khóa (PKCS#11)", "away": "dịch vụ ký từ xa"}
PERSONAL, SEAL, ATTACHMENT, COPY = "personal", "seal", "attachment", "copy"
ROLES = {
    PERSONAL: "chữ ký của người có thẩm quyền",
    SEAL: "chữ ký số của cơ quan",
    ATTACHMENT: "chữ ký số của cơ quan trên phụ lục là tệp riêng",
    COPY: "chữ ký số của cơ quan trên bản sao",
}
"""NĐ 30/2020/NĐ-CP, Phụ lục I: where and how each of them stands."""
CAPACITIES = {
    "": "ký trực tiếp",
    "TM.": "thay mặt tập thể",
    "Q.": "quyền cấp trưởng",
    "KT.": "ký thay người đứng đầu",
    "TL.": "thừa lệnh",
    "TUQ.": "thừa ủy quyền",
}
"""What stands before the signer's title (NĐ 30/2020/NĐ-CP, Điều 13)."""
NEED_AUTHORITY = {"Q.", "KT.", "TL.", "TUQ."}
AWAITED = timedelta(minutes=10)
"""How long a service far away has to answer."""

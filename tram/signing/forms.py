"""The shape of what is brought to be verified."""

from django import forms


class Brought(forms.Form):
    """Tệp cần xác minh."""

    file = forms.FileField(
        label="Tệp PDF", help_text="Tệp của cơ quan mình hay nơi khác gửi đến. Tệp chỉ được xem, không được giữ lại.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": "Chọn một tệp PDF rồi bấm Xác minh.", "empty": "Tệp không có nội dung. Tải lại bản gốc từ nơi gửi."},
    )  # fmt: skip

"""What a command finds wrong stands where somebody can mend it."""

from django import forms

from tram.kernel.verdicts import Invalid
from tram.web.fields import tell


class Letter(forms.Form):
    code = forms.CharField()
    subject = forms.CharField()


def test_each_sentence_stands_beside_its_field_and_what_has_none_above_the_form() -> None:
    form = Letter({"code": "45/UBND", "subject": "Dự toán"})
    wrong = {"code_number": "Số này đã có.", "subject": "Trích yếu quá dài.", "agency": "Chọn cơ quan."}
    tell(form, Invalid(wrong), code_number="code")
    assert form.errors == {"code": ["Số này đã có."], "subject": ["Trích yếu quá dài."], "__all__": ["Chọn cơ quan."]}

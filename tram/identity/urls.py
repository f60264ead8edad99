"""Addresses of identity."""

from django.urls import path

from tram.identity import api
from tram.identity.pages import accounts, entering, own

app_name = "identity"
router = api.router
urlpatterns = [
    path("dang-nhap", entering.sign_in, name="sign_in"),
    path("dang-nhap/buoc-hai", entering.second_step, name="second_step"),
    path("dang-nhap/them-buoc-hai", entering.first_code_app, name="first_code_app"),
    path("dang-nhap/khoa", entering.enter_with_passkey, name="enter_with_passkey"),
    path("dang-nhap/khoa/thu-thach", entering.passkey_challenge, name="passkey_challenge"),
    path("dang-xuat", entering.sign_out, name="logout"),
    path("moi/<str:secret>", entering.invitation, name="invitation"),
    path("toi", own.account, name="account"),
    path("toi/tu-cach", own.choose_post, name="wear"),
    path("toi/xac-nhan", own.prove, name="prove"),
    path("toi/mat-khau", own.change_password, name="change_password"),
    path("toi/ung-dung-ma", own.add_totp, name="add_totp"),
    path("toi/ung-dung-ma/xac-nhan", own.confirm_totp, name="confirm_totp"),
    path("toi/khoa", own.add_passkey, name="add_passkey"),
    path("toi/khoa/thu-thach", own.passkey_offer, name="passkey_offer"),
    path("toi/buoc-hai/<int:pk>/bo", own.remove_factor, name="remove_factor"),
    path("toi/ma-du-phong", own.make_recovery_codes, name="make_recovery_codes"),
    path("toi/the", own.issue_token, name="issue_token"),
    path("toi/the/<int:pk>/thu-hoi", own.revoke_token, name="revoke_token"),
    path("toi/phien/<int:pk>/ket-thuc", own.end_sign_in, name="end_sign_in"),
    path("toi/phien/ket-thuc-khac", own.end_others, name="end_others"),
    path("quan-tri/tai-khoan", accounts.listing, name="accounts"),
    path("quan-tri/tai-khoan/mo", accounts.open_account, name="open_account"),
    path("quan-tri/tai-khoan/<int:pk>", accounts.one, name="one_account"),
    path("quan-tri/tai-khoan/<int:pk>/moi", accounts.invite, name="invite"),
    path("quan-tri/tai-khoan/<int:pk>/dong", accounts.close, name="close"),
    path("quan-tri/tai-khoan/<int:pk>/ket-thuc-phien", accounts.end_sign_ins, name="end_sign_ins"),
    path("quan-tri/tai-khoan/<int:pk>/bo-buoc-hai", accounts.clear_factors, name="clear_factors"),
]

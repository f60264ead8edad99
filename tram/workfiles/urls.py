"""Addresses of work files."""

from django.urls import path

from tram.workfiles.pages import archive, files, filing, plans, sheets

app_name = "workfiles"
urlpatterns = [
    path("ho-so", files.listing, name="list"),
    path("ho-so/mo", files.begin, name="begin"),
    path("ho-so/xep", filing.pick, name="pick"),
    path("ho-so/danh-muc/<int:year>", plans.plan, name="plan"),
    path("ho-so/danh-muc/<int:year>/them", plans.add, name="add_lines"),
    path("ho-so/danh-muc/<int:year>/bat-dau", plans.begin, name="begin_plan"),
    path("ho-so/danh-muc/<int:year>/trinh", plans.submit, name="submit_plan"),
    path("ho-so/danh-muc/<int:year>/duyet", plans.decide, {"slug": "duyet"}, name="approve_plan"),
    path("ho-so/danh-muc/<int:year>/tra-lai", plans.decide, {"slug": "tra-lai"}, name="return_plan"),
    path("ho-so/danh-muc/<int:year>/bo/<int:pk>", plans.drop, name="drop_line"),
    path("ho-so/danh-muc/<int:year>/danh-muc.<slug:form>", sheets.plan_list, name="plan_list"),
    path("ho-so/nop-luu", archive.due, name="due"),
    path("ho-so/nop-luu/<int:pk>", archive.hand_over, name="hand_over"),
    path("ho-so/nop-luu/<int:pk>/nhan", archive.hand_over_step, {"slug": "nhan"}, name="receive"),
    path("ho-so/nop-luu/<int:pk>/tra-lai", archive.hand_over_step, {"slug": "tra-lai"}, name="hand_back"),
    path("ho-so/nop-luu/<int:pk>/bien-ban.<slug:form>", sheets.hand_over_list, name="hand_over_list"),
    path("ho-so/huy", archive.disposals, name="disposals"),
    path("ho-so/huy/<int:pk>", archive.disposal, name="disposal"),
    path("ho-so/huy/<int:pk>/dong-y", archive.disposal_step, {"slug": "dong-y"}, name="confirm_disposal"),
    path("ho-so/huy/<int:pk>/khong", archive.disposal_step, {"slug": "khong"}, name="refuse_disposal"),
    path("ho-so/huy/<int:pk>/danh-muc.pdf", sheets.disposal_list, name="disposal_list"),
    path("ho-so/<int:pk>", files.file, name="file"),
    path("ho-so/<int:pk>/muc-luc.<slug:form>", sheets.contents_list, name="contents_list"),
    path("ho-so/<int:pk>/van-ban/<int:paper>/bo", files.take_out, name="take_out"),
    path("ho-so/<int:pk>/<slug:slug>", files.step, name="step"),
]

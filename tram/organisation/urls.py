"""Addresses of the organisation: pages for people, and the router that the API mounts."""

from django.urls import path

from tram.organisation.api import arranging
from tram.organisation.pages import admin, away, hours, tree

app_name = "organisation"
router = arranging.router
urlpatterns = [
    path("to-chuc", tree.tree, name="tree"),
    path("to-chuc/vang-mat", away.absences, name="absences"),
    path("to-chuc/vang-mat/<int:absence>/ket-thuc", away.end_absence, name="end_absence"),
    path("to-chuc/uy-quyen", away.delegations, name="delegations"),
    path("to-chuc/uy-quyen/<int:delegation>/ket-thuc", away.end_delegation, name="end_delegation"),
    path("to-chuc/gio-lam-viec", hours.hours, name="hours"),
    path("to-chuc/gio-lam-viec/ngay-rieng", hours.local_day, name="local_day"),
    path("to-chuc/vi-tri/<int:post>", tree.post, name="post"),
    path("to-chuc/vi-tri/<int:post>/phan-cong", admin.appoint, name="appoint"),
    path("to-chuc/vi-tri/<int:post>/giao-quyen", admin.grant_role, name="grant_role"),
    path("to-chuc/vi-tri/<int:post>/ket-thuc", admin.end_post, name="end_post"),
    path("to-chuc/phan-cong/<int:appointment>/ket-thuc", admin.end_appointment, name="end_appointment"),
    path("to-chuc/quyen/<int:grant>/thu", admin.withdraw_role, name="withdraw_role"),
    path("to-chuc/<int:unit>", tree.unit, name="unit"),
    path("to-chuc/<int:unit>/don-vi-moi", admin.create_unit, name="create_unit"),
    path("to-chuc/<int:unit>/doi-ten", admin.rename_unit, name="rename_unit"),
    path("to-chuc/<int:unit>/chuyen", admin.move_unit, name="move_unit"),
    path("to-chuc/<int:unit>/cham-dut", admin.abolish_unit, name="abolish_unit"),
    path("to-chuc/<int:unit>/ma-dinh-danh", admin.give_code, name="give_code"),
    path("to-chuc/<int:unit>/vi-tri-moi", admin.create_post, name="create_post"),
]

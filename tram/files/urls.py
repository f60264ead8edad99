"""Addresses of files."""

from django.urls import path

from tram.files import api, pages

app_name = "files"
router = api.router
urlpatterns = [
    path("tep/<uuid:key>/trang/<int:number>.jpg", pages.page_image, name="page_image"),
    path("tep/<uuid:key>/<str:name>", pages.download, name="download"),
]

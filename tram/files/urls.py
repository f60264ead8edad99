"""Addresses of files."""

from django.urls import path

from tram.files import pages

app_name = "files"
urlpatterns = [
    path("tep/<uuid:key>/trang/<int:number>.jpg", pages.page_image, name="page_image"),
    path("tep/<uuid:key>/<str:name>", pages.download, name="download"),
]

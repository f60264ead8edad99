"""Addresses of files."""

from django.urls import path

from tram.files import api
from tram.files.pages import originals, uploads

app_name = "files"
router = api.router
urlpatterns = [
    path("tep/tai-len", uploads.uploads, name="uploads"),
    path("tep/tai-len/<uuid:key>", uploads.upload, name="upload"),
    path("tep/<uuid:key>/trang/<int:number>.jpg", originals.page_image, name="page_image"),
    path("tep/<uuid:key>/<str:name>", originals.download, name="download"),
]

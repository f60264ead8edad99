"""Addresses of files that are made of lists."""

from django.urls import path

from tram.outputs import api, pages

app_name = "outputs"
router = api.router
urlpatterns = [
    path("ket-xuat/<uuid:key>", pages.output, name="output"),
    path("ket-xuat/<uuid:key>/thoi", pages.stop, name="stop"),
    path("ket-xuat/<uuid:key>/doc", pages.read, name="read"),
    path("ket-xuat/<uuid:key>/<str:name>", pages.file, name="file"),
]

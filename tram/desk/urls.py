"""Addresses of the desks."""

from django.urls import path

from tram.desk import pages

app_name = "desk"
urlpatterns = [
    path("", pages.home, name="home"),
    path("viec/cho-nguoi-khac", pages.awaited, name="awaited"),
    path("viec/da-giao", pages.given, name="given"),
    path("viec/phan-viec", pages.share, name="share"),
    path("viec/phan-viec/rut", pages.unshare, name="unshare"),
    path("viec/theo-doi", pages.board, name="board"),
    path("tro-giup", pages.guide, name="help"),
    path("tro-giup/<slug:guide>", pages.guide, name="guide"),
]

"""Addresses of figures inside the house; what everybody reads is the portal's: /cong/so-lieu."""

from django.urls import path

from tram.indicators.pages import figures, sheets, steps

app_name = "indicators"
urlpatterns = [
    path("chi-tieu", figures.listing, name="list"),
    path("chi-tieu/moi", figures.begin, name="begin"),
    path("chi-tieu/bang", sheets.brought, name="sheets"),
    path("chi-tieu/bang/<int:pk>", sheets.reviewed, name="sheet"),
    path("chi-tieu/mau.xlsx", sheets.mould, name="mould"),
    path("chi-tieu/cho-duyet", sheets.waiting, name="waiting"),
    path("chi-tieu/<int:pk>/mau.xlsx", sheets.mould, name="series_mould"),
    path("chi-tieu/<int:pk>", figures.series, name="series"),
    path("chi-tieu/<int:pk>/nhap", figures.enter_next, name="enter"),
    path("chi-tieu/so-lieu/<int:pk>", figures.figure, name="figure"),
    path("chi-tieu/so-lieu/<int:pk>/<str:slug>", steps.step, name="step"),
]

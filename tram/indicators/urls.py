"""Addresses of figures inside the house; what everybody reads is the portal's: /cong/so-lieu."""

from django.urls import path

from tram.indicators.pages import figures, steps

app_name = "indicators"
urlpatterns = [
    path("chi-tieu", figures.listing, name="list"),
    path("chi-tieu/moi", figures.begin, name="begin"),
    path("chi-tieu/<int:pk>", figures.series, name="series"),
    path("chi-tieu/<int:pk>/nhap", figures.enter_next, name="enter"),
    path("chi-tieu/so-lieu/<int:pk>", figures.figure, name="figure"),
    path("chi-tieu/so-lieu/<int:pk>/<str:slug>", steps.step, name="step"),
]

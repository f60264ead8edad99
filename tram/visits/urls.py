"""Addresses of the figures, for officials; and where anybody rates a page."""

from django.urls import path

from tram.visits.pages import figures, rating

app_name = "visits"
urlpatterns = [
    path("truy-cap", figures.month, name="month"),
    path("truy-cap/tai", figures.download, name="download"),
    path("truy-cap/cong-bo", figures.publish, name="publish"),
    path("truy-cap/<int:pk>", figures.agency, name="agency"),
    path("truy-cap/<int:pk>/dan-so", figures.population, name="population"),
    path("danh-gia", rating.rate, name="rate"),
]

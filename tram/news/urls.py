"""Addresses of articles inside the house."""

from django.urls import path

from tram.news import pages

app_name = "news"
urlpatterns = [
    path("tin-bai", pages.listing, name="list"),
    path("tin-bai/bai-cu", pages.old, name="old"),
    path("tin-bai/bai-cu/<int:pk>", pages.review, name="review"),
    path("tin-bai/<int:pk>", pages.article, name="article"),
]

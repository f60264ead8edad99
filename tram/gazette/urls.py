"""Addresses of the act of publishing a letter."""

from django.urls import path

from tram.gazette import pages

app_name = "gazette"
urlpatterns = [
    path("cong-khai/<int:pk>", pages.letter, name="letter"),
    path("cong-khai/<int:pk>/go", pages.withdraw, name="withdraw"),
]

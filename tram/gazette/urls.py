"""Addresses of the act of publishing a document."""

from django.urls import path

from tram.gazette.pages import letters, papers

app_name = "gazette"
urlpatterns = [
    path("cong-khai/<int:pk>", letters.letter, name="letter"),
    path("cong-khai/<int:pk>/go", letters.withdraw, name="withdraw"),
    path("cong-khai/ngoai", papers.listing, name="papers"),
    path("cong-khai/ngoai/<int:pk>", papers.paper, name="paper"),
    path("cong-khai/ngoai/<int:pk>/go", papers.withdraw, name="withdraw_paper"),
]

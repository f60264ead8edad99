"""Addresses where an agency says what the public may know of it and its people."""

from django.urls import path

from tram.contacts import pages

app_name = "contacts"
urlpatterns = [
    path("danh-ba-cong", pages.overview, name="overview"),
    path("danh-ba-cong/co-quan", pages.agency, name="agency"),
    path("danh-ba-cong/co-quan/go", pages.withdraw_agency, name="withdraw_agency"),
    path("danh-ba-cong/vi-tri/<int:post>", pages.person, name="person"),
    path("danh-ba-cong/vi-tri/<int:post>/go", pages.withdraw_person, name="withdraw_person"),
]

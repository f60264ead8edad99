"""Addresses of the weekly schedule inside the house."""

from django.urls import path

from tram.agendas import pages

app_name = "agendas"
urlpatterns = [
    path("lich-tuan", pages.week, name="week"),
    path("lich-tuan/them", pages.enter, name="enter"),
    path("lich-tuan/cong-khai", pages.publish, name="publish"),
    path("lich-tuan/go", pages.withdraw, name="withdraw"),
    path("lich-tuan/muc/<int:pk>", pages.amend, name="amend"),
    path("lich-tuan/muc/<int:pk>/bo", pages.drop, name="drop"),
]

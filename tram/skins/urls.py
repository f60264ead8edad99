"""Addresses where an agency says what its site on the portal looks like."""

from django.urls import path

from tram.skins import pages

app_name = "skins"
urlpatterns = [
    path("dien-mao", pages.look, name="look"),
    path("dien-mao/cho-hien", pages.publish, name="publish"),
    path("dien-mao/bo", pages.drop, name="drop"),
    path("dien-mao/lay-lai/<int:pk>", pages.put_back, name="put_back"),
]

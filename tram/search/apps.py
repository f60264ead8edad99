"""One index over the cards of every room."""

from django.apps import AppConfig


class Search(AppConfig):
    name = "tram.search"
    label = "search"

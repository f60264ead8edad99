"""Tin bài: what a province's portal tells, and the old articles that are taken into it."""

from django.apps import AppConfig


class News(AppConfig):
    name = "tram.news"
    label = "news"

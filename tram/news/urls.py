"""Addresses of articles inside the house."""

from django.urls import path

from tram.news.pages import articles, many, old, steps, writing

app_name = "news"
urlpatterns = [
    path("tin-bai", articles.listing, name="list"),
    path("tin-bai/moi", writing.begin, name="begin"),
    path("tin-bai/nhieu", many.many, name="many"),
    path("tin-bai/bai-cu", old.old, name="old"),
    path("tin-bai/bai-cu/<int:pk>", old.review, name="review"),
    path("tin-bai/<int:pk>", articles.article, name="article"),
    path("tin-bai/<int:pk>/sua", writing.write, name="write"),
    path("tin-bai/<int:pk>/so-sanh", articles.compare, name="compare"),
    path("tin-bai/<int:pk>/dich", articles.translate, name="translate"),
    path("tin-bai/<int:pk>/gop-y", articles.comment, name="comment"),
    path("tin-bai/<int:pk>/gop-y/<int:comment>", articles.settle, name="settle"),
    path("tin-bai/<int:pk>/<str:slug>", steps.step, name="step"),
]

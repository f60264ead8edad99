"""Health, drafts, and the page of all components."""

from django.urls import path

from tram.web import drafts, offline, views

urlpatterns = [
    path("suc-khoe/song", views.alive, name="alive"),
    path("suc-khoe/san-sang", views.ready, name="ready"),
    path("ban-nhap", drafts.draft, name="draft"),
    path("tho-nen.js", offline.worker, name="worker"),
    path("mat-mang", offline.page, name="offline"),
    path("giao-dien", views.style, name="style"),
]

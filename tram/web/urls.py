"""Health."""

from django.urls import path

from tram.web import views

urlpatterns = [
    path("suc-khoe/song", views.alive, name="alive"),
    path("suc-khoe/san-sang", views.ready, name="ready"),
]

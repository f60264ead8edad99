"""Addresses of following up."""

from django.urls import path

from tram.followup.pages import late

app_name = "followup"
urlpatterns = [
    path("don-doc", late.late, name="late"),
    path("don-doc/<int:pk>/nhac", late.nudge, name="remind"),
    path("don-doc/cong-van", late.letter, name="urge"),
]

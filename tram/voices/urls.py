"""Addresses of questions and drafts inside the house; what everybody reads and where they ask is the portal's."""

from django.urls import path

from tram.voices.pages import drafts, steps, voices

app_name = "voices"
urlpatterns = [
    path("cau-hoi", voices.listing, name="list"),
    path("cau-hoi/<int:pk>", voices.voice, name="voice"),
    path("cau-hoi/<int:pk>/<str:slug>", steps.step, name="step"),
    path("du-thao", drafts.listing, name="drafts"),
    path("du-thao/moi", drafts.begin, name="begin_draft"),
    path("du-thao/<int:pk>", drafts.draft, name="draft"),
    path("du-thao/<int:pk>/gop-y.xlsx", drafts.sheet, name="draft_sheet"),
    path("du-thao/<int:pk>/<str:slug>", drafts.step, name="draft_step"),
]

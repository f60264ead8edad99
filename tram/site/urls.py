"""Every address of the installation: each room brings its own."""

from django.conf import settings
from django.urls import include, path

ROOMS = ["web", "identity", "files", "search", "notifications", "organisation", "tasks", "documents", "audit", "desk"]

urlpatterns = [
    path("", include(f"tram.{room}.urls")) for room in ROOMS if (settings.ROOT / "tram" / room / "urls.py").exists()
]

handler400 = handler403 = handler404 = "tram.web.views.hidden"
handler500 = "tram.web.views.trouble"

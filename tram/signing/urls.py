"""Signatures."""

from django.urls import path

from tram.signing import api
from tram.signing.pages import certificates, verifying

app_name = "signing"
router = api.router
urlpatterns = [
    path("xac-minh-chu-ky", verifying.verify, name="verify"),
    path("chung-thu-so", certificates.listing, name="certificates"),
    path("chung-thu-so/dang-ky", certificates.enrol, name="enrol"),
    path("chung-thu-so/<int:pk>/ngung", certificates.withdraw, name="withdraw"),
    path("chung-thu-so/<int:pk>/anh", certificates.dress, name="dress"),
]

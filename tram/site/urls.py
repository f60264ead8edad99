"""Every address of the installation: each room brings its own, and its part of the API."""

from django.urls import include, path

from tram.web.programs import Api, Bearer, speak

ROOMS = [
    "web",
    "identity",
    "files",
    "search",
    "notifications",
    "signing",
    "organisation",
    "outputs",
    "tasks",
    "documents",
    "outgoing",
    "followup",
    "workfiles",
    "indicators",
    "news",
    "visits",
    "gazette",
    "voices",
    "alerts",
    "contacts",
    "agendas",
    "skins",
    "portal",
    "desk",
]

api = Api(
    title="API của Trạm", version="1", docs_url=None, auth=Bearer(), urls_namespace="api",
    description="Mọi việc làm được trên màn hình đều làm được ở đây, với đúng quyền của vị trí ghi trong thẻ.",
)  # fmt: skip
speak(api)
for room in (
    "identity",
    "organisation",
    "outputs",
    "tasks",
    "documents",
    "outgoing",
    "files",
    "search",
    "notifications",
    "signing",
):
    api.add_router("", f"tram.{room}.urls.router")

urlpatterns = [path("api/", api.urls), *(path("", include(f"tram.{room}.urls")) for room in ROOMS)]

handler400 = "tram.web.views.unreadable"
handler403 = handler404 = "tram.web.views.hidden"
handler500 = "tram.web.views.trouble"

"""Addresses of incoming documents and of their books."""

from django.urls import path
from ninja import Router

from tram.documents.api import books as book_api
from tram.documents.api import incoming, scans
from tram.documents.pages import acts, books, desk, direction, document, marked, papers, split

app_name = "documents"
router = Router()
router.add_router("", scans.router)
router.add_router("", incoming.router)
router.add_router("", book_api.router)
urlpatterns = [
    path("van-ban-den", document.listing, name="list"),
    path("van-ban-den/ban-van-thu", desk.desk, name="desk"),
    path("van-ban-den/ban-van-thu/tep", desk.drop, name="drop"),
    path("van-ban-den/ban-van-thu/vao-so", desk.register, name="register_paper"),
    path("van-ban-den/ban-van-thu/vao-so-nhieu", desk.register_picked, name="register_picked"),
    path("van-ban-den/ban-van-thu/trung", desk.twin, name="twin"),
    path("van-ban-den/ban-van-thu/noi-gui", desk.senders, name="senders"),
    path("van-ban-den/ban-van-thu/ngay", desk.day, name="day"),
    path("van-ban-den/ban-van-thu/dau-mat", marked.marked, name="marked"),
    path("van-ban-den/ban-van-thu/dau-mat/<uuid:file>", marked.answer, name="answer_mark"),
    path("van-ban-den/ban-van-thu/to-ngan.pdf", split.separator, name="separator"),
    path("van-ban-den/ban-van-thu/<int:pk>/tach", split.split, name="split"),
    path("van-ban-den/ban-van-thu/<int:pk>/gop-lai", split.rejoin, name="rejoin"),
    path("van-ban-den/<int:pk>", document.document, name="document"),
    path("van-ban-den/<int:pk>/vao-so", desk.register, name="register"),
    path("van-ban-den/<int:pk>/tra-noi-gui", desk.send_back, name="send_back"),
    path("van-ban-den/<int:pk>/trung", desk.duplicate, name="duplicate"),
    path("van-ban-den/<int:pk>/trinh", acts.present, name="present"),
    path("van-ban-den/<int:pk>/chi-dao", direction.give, name="direct"),
    path("van-ban-den/<int:pk>/chi-dao/<int:direction>/thu-hoi", direction.recall, name="recall_direction"),
    path("van-ban-den/<int:pk>/chua-so", acts.correct, name="correct"),
    path("van-ban-den/<int:pk>/tep", acts.add_file, name="add_file"),
    path("van-ban-den/<int:pk>/ket-thuc", acts.close, name="close"),
    path("van-ban-den/<int:pk>/noi-gui-thu-hoi", acts.cancel, name="cancel"),
    path("van-ban-den/<int:pk>/phieu-giai-quyet.pdf", papers.handling_slip, name="handling_slip"),
    path("so", books.shelf, name="shelf"),
    path("so/<slug:code>/<int:year>", books.book, name="book"),
    path("so/<slug:code>/<int:year>/in", books.book_pdf, name="book_pdf"),
    path("so/<slug:code>/<int:year>/xlsx", books.book_xlsx, name="book_xlsx"),
    path("so/<slug:code>/<int:year>/mo", books.open_year, name="open_year"),
    *(
        path(f"so/<slug:code>/<int:year>/{verb}", books.act, {"verb": verb}, name=f"book_{name}")
        for verb, name in {"khoa": "lock", "dong": "close", "giu": "reserve", "huy": "void"}.items()
    ),
]

"""Addresses of outgoing documents."""

from django.urls import path

from tram.outgoing import api
from tram.outgoing.pages import books, carrying, letters, proving, signing, steps, writing

app_name = "outgoing"
router = api.router
urlpatterns = [
    path("xac-minh", proving.prove, name="prove"),
    path("xac-minh/<str:code>", proving.prove_code, name="prove_code"),
    path("van-ban-di", letters.listing, name="list"),
    path("van-ban-di/so-gui", carrying.book, name="carried"),
    path("van-ban-di/soan", writing.begin, name="begin"),
    path("van-ban-di/xem-trang", writing.look, name="look"),
    path("van-ban-di/danh-ba", writing.directory, name="directory"),
    path("van-ban-di/danh-ba/don-vi", writing.parts, name="parts"),
    path("van-ban-di/so/<slug:code>/<int:year>", books.book, name="book"),
    path("van-ban-di/so/<slug:code>/<int:year>/in", books.book_pdf, name="book_pdf"),
    path("van-ban-di/so/<slug:code>/<int:year>/xlsx", books.book_xlsx, name="book_xlsx"),
    path("van-ban-di/so/<slug:code>/<int:year>/<slug:verb>", books.act, name="book_act"),
    path("van-ban-di/<int:pk>", letters.letter, name="letter"),
    path("van-ban-di/<int:pk>/trang.pdf", letters.page_pdf, name="page"),
    path("van-ban-di/<int:pk>/trang.docx", letters.page_docx, name="page_docx"),
    path("van-ban-di/<int:pk>/phong-bi.pdf", carrying.envelopes, name="envelopes"),
    path("van-ban-di/<int:pk>/phieu-gui.pdf", carrying.slips, name="slips"),
    path("van-ban-di/<int:pk>/ban/<int:number>", letters.version, name="version"),
    path("van-ban-di/<int:pk>/sua", writing.edit, name="edit"),
    path("van-ban-di/<int:pk>/tep-word", writing.bring, {"slug": "tep-word"}, name="bring"),
    path("van-ban-di/<int:pk>/tep-kem", writing.bring, {"slug": "tep-kem"}, name="attach"),
    path("van-ban-di/<int:pk>/tep-kem/<int:attachment>/bo", writing.detach, name="detach"),
    path("van-ban-di/<int:pk>/ky", signing.put_hand, name="sign"),
    path("van-ban-di/<int:pk>/dong-dau", signing.put_seal, name="seal"),
    path("van-ban-di/<int:pk>/y-kien/<int:opinion>/<slug:slug>", steps.opinion, name="opinion"),
    path("van-ban-di/<int:pk>/noi-nhan/<int:recipient>/<slug:slug>", steps.carry, name="carry"),
    path("van-ban-di/<int:pk>/<slug:slug>", steps.step, name="step"),
]

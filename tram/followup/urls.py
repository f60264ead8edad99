"""Addresses of following up."""

from django.urls import path

from tram.followup.pages import books, feed, late, work

app_name = "followup"
urlpatterns = [
    path("don-doc", late.late, name="late"),
    path("don-doc/<int:pk>/nhac", late.nudge, name="remind"),
    path("don-doc/cong-van", late.letter, name="urge"),
    path("lich-han", feed.feed, name="feed"),
    path("lich-han/tao", feed.open_one, name="open_feed"),
    path("lich-han/thu-hoi", feed.close_one, name="close_feed"),
    path("lich-han/<str:secret>.ics", feed.calendar, name="calendar"),
    path("thong-ke/cong-viec", work.work, name="work"),
    path("thong-ke/cong-viec/danh-sach", work.work_list, name="work_list"),
    path("thong-ke/cong-viec/danh-sach/xlsx", work.work_list_xlsx, name="work_list_xlsx"),
    path("thong-ke/cong-viec/xlsx", work.work_xlsx, name="work_xlsx"),
    path("thong-ke/van-ban", books.books, name="books"),
    path("thong-ke/van-ban/xlsx", books.books_xlsx, name="books_xlsx"),
]

"""The desk finds an article again: by the words of its title, with or without marks, or by its address on the portal."""

from dataclasses import replace

from tests.news.desk import TEXT, Desk
from tests.news.test_writing import signed_in, text_of


def test_the_desk_finds_an_article_by_its_title_and_by_its_address(desk: Desk) -> None:
    lan = signed_in(desk, "lan")
    article = desk.public(replace(TEXT, title="Đường sá xã Tả Phìn ngày ấy"))
    other = desk.draft()
    for words in ("duong sa ta phin", "Đường Phìn", "ĐƯỜNG SÁ"):
        found = text_of(lan, f"/tin-bai?tim={words}")
        assert article.title in found and other.title not in found, words
    assert "Không có tin bài nào bạn được xem" in text_of(lan, "/tin-bai?tim=khinh khí cầu")
    answer = lan.get("/tin-bai", {"tim": f"https://tinh.example/cong/tin/{article.slug}"})
    assert answer["Location"] == f"/tin-bai/{article.pk}"
    assert signed_in(desk, "tuan").get("/tin-bai", {"tim": f"/cong/tin/{article.slug}"}).status_code == 200

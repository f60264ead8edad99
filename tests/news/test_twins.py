"""Sentences nearly alike in two articles are pointed out, with the words that differ."""

from tram.news.rules.twins import MOST_OF_ONE, twins

HERE = "Việc phát triển bền vững của các doanh nghiệp trên địa bàn chính là thức đo đánh giá hiệu quả quản lý của Sở."
THERE = HERE.replace("thức", "thíc").replace("của Sở", "của Sở ta")


def test_a_copied_sentence_is_found_from_both_sides() -> None:
    found = twins(
        {
            "a": f"Câu khác hẳn, không giống gì. {HERE}",
            "b": THERE,
            "c": "Một bài không liên quan gì tới hai bài kia cả.",
        }
    )
    assert set(found) == {"a", "b"}
    (one,) = found["a"]
    assert (one.sentence, one.other, one.other_sentence) == (HERE, "b", THERE)
    assert one.differences == (("thức", "thíc"), ("", "ta")) and one.alike > 0.9
    assert found["b"][0].differences == (("thíc", "thức"), ("ta", ""))


def test_short_sentences_and_ones_own_are_left_alone() -> None:
    assert twins({"a": "Hội nghị kết thúc.", "b": "Hội nghị kết thúc."}) == {}
    assert twins({"a": f"{HERE} {HERE}"}) == {}


def test_a_sentence_that_every_article_has_says_nothing() -> None:
    assert twins({str(number): HERE for number in range(60)}) == {}


def test_of_a_very_long_article_the_first_sentences_are_compared() -> None:
    lines = [" ".join(f"câu {number} ý {at}" for at in range(4)) for number in range(400)]
    found = twins({"a": "\n".join(lines), "b": "\n".join(f"{line} nữa" for line in lines)})
    assert {twin.sentence for twin in found["a"]} == set(lines[:MOST_OF_ONE])

"""An article as it would stand on the portal, for those who work on it: its pictures and files come through the doors of the house."""

from typing import Any

from tram.news.queries.public import Public
from tram.portal.queries import open_files
from tram.portal.screens.articles import WIDTHS, article, attachment_url


def previewed(found: Public, number: int, *, is_out: bool) -> dict[str, Any]:
    """The page of revision `number`, without what readers do there; `is_out`: it is the one that everybody reads."""
    context, cards = article(found), open_files(found.content.files)
    inside = {attachment_url(found.slug, card): card.url for card in cards.values()}
    blocks = [_inside(block, inside, cards) for block in context["blocks"]]
    shown = {"number": number, "article": found.article, "is_out": is_out}
    return context | {
        "blocks": blocks,
        "preview": shown,
        "scores": [],
        "comments": [],
        "comment_url": "",
        "also": [],
        "data": "{}",
        "poster": "",
    }


def _inside(block: dict[str, Any], inside: dict[str, str], cards: dict[str, Any]) -> dict[str, Any]:
    if block["kind"] == "picture":
        picture = block["picture"]
        image = cards[picture["file"]].image
        return block | {"picture": picture | {f"w{width}": f"{image}?rong={width}" for width in WIDTHS}}
    return block | {"url": inside.get(block["url"], block["url"])} if "url" in block else block

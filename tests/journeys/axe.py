"""What axe finds wrong on a page as it stands in the window."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
ALL = {"resultTypes": ["violations"]}
COLOURS = ALL | {"runOnly": ["color-contrast", "link-in-text-block"]}
SHAPES = ALL | {"rules": {name: {"enabled": False} for name in COLOURS["runOnly"]} | {"target-size": {"enabled": True}}}
"""Everything but colours: a narrow window shows the same ones in other places."""


def violations(page: Page, options: dict[str, Any] = ALL) -> list[str]:
    """One line for each rule and node. The script is put into a page once."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(SCRIPT)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [f"{rule['id']} {node['target']}" for rule in found for node in rule["nodes"]]

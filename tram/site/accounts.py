"""`tram demo accounts`: who may sign in to the demo province."""

import json
from argparse import Namespace

from tram.site.environment import data_folder
from tram.site.trouble import Trouble


def accounts(asked: Namespace) -> int:
    """Print the accounts of the cast, which planting wrote into the data folder."""
    kept = data_folder(asked.data) / "accounts.json"
    if not kept.exists():
        raise Trouble(f"Chưa có tỉnh mẫu trong {kept.parent}. Nạp: tram run --data {kept.parent}")
    text = kept.read_text("utf-8")
    print(text if asked.json else "\n".join(account_lines(json.loads(text))))
    return 0


def account_lines(accounts: list[dict[str, str]]) -> list[str]:
    """One line for each account, in columns."""
    widths = [max(len(str(account[key])) for account in accounts) for key in accounts[0]] if accounts else []
    return [
        "  ".join(str(word).ljust(width) for word, width in zip(account.values(), widths, strict=True)).rstrip()
        for account in accounts
    ]

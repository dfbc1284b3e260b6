"""What every page's frame needs; replaced in full by the shell."""

from typing import Any


def shell(request: Any) -> dict[str, Any]:
    return {}


def first_place(request: Any) -> str:
    return "account_login"

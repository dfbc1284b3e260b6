"""What a program sends, before anything looks at it: JSON without what no text may hold."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class StrictParser(Parser):
    """A body with a NUL in one of its texts cannot be kept, so it cannot be read either."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = super().parse_body(request)
        if _holds_nul(body):
            raise ValueError("A text holds the character NUL.")
        return body


def _holds_nul(value: Any) -> bool:
    match value:
        case str():
            return "\0" in value
        case list():
            return any(_holds_nul(each) for each in value)
        case dict():
            return any(_holds_nul(each) for pair in value.items() for each in pair)
    return False

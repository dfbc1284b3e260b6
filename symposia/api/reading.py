"""What a program sends, before anything looks at it: JSON without what no text may hold."""

import re
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

# JSON can name the halves of which other encodings make one sign; alone they are none.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class StrictParser(Parser):
    """A body with a NUL, or with half a sign, in one of its texts cannot be kept, so it cannot be
    read either."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = super().parse_body(request)
        if _holds_no_text(body):
            raise ValueError("A text holds the character NUL, or half of a sign.")
        return body


def _holds_no_text(value: Any) -> bool:
    match value:
        case str():
            return _NO_TEXT.search(value) is not None
        case list():
            return any(_holds_no_text(each) for each in value)
        case dict():
            return any(_holds_no_text(each) for pair in value.items() for each in pair)
    return False

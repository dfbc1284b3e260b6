"""What a program sends, before anything looks at it: JSON without what no text may hold."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from symposia.shared.texts import holds_no_text


class StrictParser(Parser):
    """A body with a NUL, or with half a sign, in one of its texts cannot be kept, so it cannot be
    read either."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = super().parse_body(request)
        if holds_no_text(body):
            raise ValueError("A text holds the character NUL, or half of a sign.")
        return body

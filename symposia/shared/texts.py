"""Text that a table keeps: all of Unicode but NUL, and but the halves of which other encodings make
one sign. JSON can name both, and a text that was cut by its bytes may end in such a half."""

import re
from typing import Any

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def kept_text(text: str) -> str:
    """The text without what no table keeps."""
    return _NO_TEXT.sub("", text)


def holds_no_text(value: Any) -> bool:
    """Whether a text anywhere in a JSON value cannot be kept as it is."""
    match value:
        case str():
            return _NO_TEXT.search(value) is not None
        case list():
            return any(holds_no_text(each) for each in value)
        case dict():
            return any(holds_no_text(each) for pair in value.items() for each in pair)
    return False

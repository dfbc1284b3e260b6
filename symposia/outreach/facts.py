"""What an invitation says beyond time and place; contexts above fill it in when they load."""

from collections.abc import Callable

from symposia.activities.models import Activity

Line = Callable[[Activity], str]
# Rows of the message and of the reply page, each left out while nobody says anything for it.
NAMES = ("credit", "price", "funding")
_lines: dict[str, Line] = {}


def invitation_line(name: str) -> Callable[[Line], Line]:
    """Mark a query of an upper context as what stands for `credit`, `price` or `funding`."""
    if name not in NAMES:
        raise ValueError(name)

    def remember(line: Line) -> Line:
        _lines[name] = line
        return line

    return remember


def lines_of(activity: Activity) -> dict[str, str]:
    """Every line of an activity's invitation, empty where nobody says anything."""
    return {name: _lines[name](activity) if name in _lines else "" for name in NAMES}

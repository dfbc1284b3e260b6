"""Rules that hold between two days, with where they are written and how sure that is."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Dated:
    """What is written somewhere holds from a day on, until another or until further notice."""

    citation: str
    confidence: str
    valid_from: date
    valid_until: date | None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    @property
    def is_to_verify(self) -> bool:
        return self.confidence != "sourced"


def days_taken(said: dict[str, object]) -> dict[str, date | None]:
    """The days between which something holds, taken out of what a file says of it."""
    until = said.pop("valid_until", None)
    return {
        "valid_from": date.fromisoformat(str(said.pop("valid_from"))),
        "valid_until": date.fromisoformat(str(until)) if until else None,
    }

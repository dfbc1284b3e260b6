"""What a task asks of a person, by the keystroke-level model, and how long the product took.

Reading and thinking beyond one decision for each step are not in it.
"""

import time
from contextlib import contextmanager

CLICK, KEY, DECISION = 1.1, 0.28, 1.35


class Effort:
    def __init__(self):
        self.clicks = self.fields = self.keys = 0
        self.machine = 0.0

    @contextmanager
    def click(self):
        """One button, link, box or option."""
        self.clicks += 1
        with self._measured():
            yield

    @contextmanager
    def field(self, typed):
        """Going into a field and typing."""
        self.fields += 1
        self.keys += len(typed)
        with self._measured():
            yield

    @contextmanager
    def _measured(self):
        begun = time.monotonic()
        try:
            yield
        finally:
            self.machine += time.monotonic() - begun

    @property
    def person(self):
        each = self.clicks + self.fields
        return each * (CLICK + DECISION) + self.keys * KEY

    @property
    def minutes(self):
        return (self.person + self.machine) / 60

    def __str__(self):
        return (
            f"{self.clicks} clicks, {self.fields} fields, {self.keys} keys: {self.person:.0f} s of "
            f"a person and {self.machine:.0f} s of the product, {self.minutes:.1f} minutes"
        )

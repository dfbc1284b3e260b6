"""People whose clicks, fields and keys are counted as they go, and what they cost together.

What the machine takes is all the time that passes; posing for pictures is not in it.
"""

import time

from tests.journeys.effort import CLICK, DECISION, KEY
from tests.journeys.stage import Person

# A busy machine is waited for: it is measured, and the sum is what is held to a limit.
SLOW = 60_000


class Working(Person):
    """Somebody at a browser whose clicks, fields and keys are counted."""

    def __init__(self, browser, address, **options):
        super().__init__(browser, address, **options)
        self.context.set_default_timeout(SLOW)
        self.clicks = self.keys = self.interactions = 0
        self.begun, self.posed = time.monotonic(), 0.0

    def open(self, path):
        """A link that leads there, or its shortcut."""
        self.did(clicks=1)
        return super().open(path)

    def fill(self, **fields):
        for value in fields.values():
            self.did(clicks=1, keys=len(str(value)))
        return super().fill(**fields)

    def choose(self, **fields):
        for _each in fields:
            self.did(clicks=2)
        return super().choose(**fields)

    def check(self, name, value):
        """A radio or a box by the name of its field and its value."""
        self.did(clicks=1)
        self.page.locator(f"main [name='{name}'][value='{value}']").check()
        return self

    def check_box(self, name):
        self.did(clicks=1)
        self.page.locator(f"main [name='{name}']").check()
        return self

    def tick(self, *labels):
        for _each in labels:
            self.did(clicks=1)
        return super().tick(*labels)

    def press(self, name, *, exact=True):
        self.did(clicks=1)
        return super().press(name, exact=exact)

    def press_and_wait(self, name, *, seconds=90):
        """A button whose work takes longer than a page."""
        self.did(clicks=1)
        with self.page.expect_navigation(timeout=seconds * 1000):
            self.page.get_by_role("button", name=name).click(no_wait_after=True)
        return self

    def click(self, link):
        """What is there more than once by its words."""
        self.did(clicks=1)
        link.click()
        return self

    def type(self, *keys):
        """Keys one after another, decided on once."""
        self.did(keys=len(keys))
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def shoot(self, name, **how):
        begun = time.monotonic()
        super().shoot(name, **how)
        self.posed += time.monotonic() - begun
        return self

    def did(self, *, clicks=0, keys=0):
        self.interactions += 1
        self.clicks += clicks
        self.keys += keys


class Cost:
    """What several people and their machine took together."""

    def __init__(self, *people):
        self.interactions = sum(each.interactions for each in people)
        self.clicks = sum(each.clicks for each in people)
        self.keys = sum(each.keys for each in people)
        begun = min(each.begun for each in people)
        self.machine = time.monotonic() - begun - sum(each.posed for each in people)

    @property
    def person(self):
        return self.clicks * CLICK + self.keys * KEY + self.interactions * DECISION

    @property
    def minutes(self):
        return (self.person + self.machine) / 60

    def __str__(self):
        return (
            f"{self.interactions} interactions, {self.clicks} clicks and {self.keys} keys: "
            f"{self.person:.0f} s of a person, {self.machine:.0f} s of the machine, "
            f"{self.minutes:.1f} min"
        )

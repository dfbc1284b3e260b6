"""Nothing that a phone says at the door is a code of ours."""

import re
from pathlib import Path

import pytest

from symposia.attendance.policies import objection_to_ticket
from symposia.registrations.models import State
from symposia.web.door.words import app_words

SCRIPTS = sorted(Path("symposia/web/frontend/ts/door").glob("*.ts"))
# What a script says by name, and what it gives a verdict to be said.
SAID = re.compile(r"""\bsay\(\s*"(\w+)"|\b(?:title|reason|word): "(\w+)"|\? "(\w+)" : "(\w+)"\)?""")


@pytest.mark.parametrize("state", [each for each in State if each != State.CONFIRMED])
def test_whatever_became_of_a_place_has_the_words_of_the_rule(state):
    rule = objection_to_ticket(state, "running", is_here=True)

    assert app_words()[state] == str(rule.message)


def test_every_word_that_a_script_says_is_there():
    named = {
        name
        for path in SCRIPTS
        for found in SAID.findall(path.read_text(encoding="utf-8"))
        for name in found
        if name
    }

    assert len(named) > 50
    assert named - app_words().keys() <= NOT_SAID


# Of the same shape, and no words: how a check of the phone looks, what the office answered.
NOT_SAID = {"ok", "warn", "stop", "kept"}

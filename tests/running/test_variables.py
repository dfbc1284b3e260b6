"""Every variable that the code reads is described, and every described one is read."""

import re
from pathlib import Path

from symposia.cli.reference import every_finding
from symposia.running.variables import every_variable

CHECKOUT = Path(__file__).resolve().parent.parent.parent
NAMED = re.compile(r"\b(?:SYMPOSIA_[A-Z_]*[A-Z]|DATABASE_(?:OWNER_)?URL)\b")
DESCRIBED = {variable.name for variable in every_variable()}


def read_by_the_code():
    """Names in quotation marks, as the environment is asked for them."""
    files = [*CHECKOUT.glob("symposia/**/*.py"), *CHECKOUT.glob("config/*.py")]
    quoted = re.compile(rf'"({NAMED.pattern})"')
    found = set()
    for path in files:
        if path.name not in {"variables.py", "settings_test.py"}:
            found |= set(quoted.findall(path.read_text(encoding="utf-8")))
    return found


def test_what_is_read_is_described_and_the_reverse():
    assert read_by_the_code() == DESCRIBED


def test_what_a_sentence_or_a_page_of_the_documentation_names_exists():
    pages = [*CHECKOUT.glob("docs/**/*.md"), CHECKOUT / "README.md", CHECKOUT / "Makefile"]
    named = {name for page in pages for name in NAMED.findall(page.read_text(encoding="utf-8"))}
    named |= {name for finding in every_finding() for name in NAMED.findall(finding.sentence)}

    assert {name.removesuffix("_FILE") for name in named} <= DESCRIBED


def test_a_finding_that_names_a_variable_is_told_beside_it():
    told = {(one.name, code) for one in every_variable() for code in one.findings}
    for finding in every_finding():
        for name in NAMED.findall(finding.sentence):
            assert (name, finding.code) in told

    assert {code for _name, code in told} <= {finding.code for finding in every_finding()}


def test_no_variable_is_described_twice():
    assert len(every_variable()) == len(DESCRIBED)

"""The guard that every page is under in tests: what a template reads must be there."""

import pytest
from django.template import Engine
from django.template.base import Origin, Template
from django.template.context import Context

from tests.undefined import OWN, UndefinedVariable

GIVEN = {"one": {"name": "Avery"}, "none": None, "rows": []}


def shown(text, *, origin=OWN):
    template = Template(text, Origin(f"{origin}/page.html"), engine=Engine.get_default())
    return template.render(Context(GIVEN))


@pytest.mark.parametrize(
    "text",
    [
        "{{ two }}",
        "{{ one.nmae }}",
        "{{ none.name }}",
        "{{ two|upper }}",
        "{% with name=two.name %}{{ name }}{% endwith %}",
        "{% for row in rwos %}{{ row }}{% endfor %}",
        "{% for row in rwos|slice:':3' %}{{ row }}{% endfor %}",
    ],
)
def test_what_nobody_gave_fails(text):
    """The negative control of every page that is rendered in a test."""
    with pytest.raises(UndefinedVariable, match=r"page\.html"):
        shown(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ one.name|upper }}", "AVERY"),
        ("{{ none|default:'-' }}", "-"),
        ("{{ two|default:'-' }}", "-"),
        ("{{ two|default_if_none:'-' }}", ""),
        ("{% if two %}yes{% else %}no{% endif %}", "no"),
        ("{% for row in rows %}{{ row }}{% empty %}none{% endfor %}", "none"),
    ],
)
def test_what_is_there_or_asked_about_is_shown(text, said):
    assert shown(text) == said


def test_templates_of_libraries_are_theirs():
    assert shown("{{ two }}", origin="/elsewhere") == ""

"""In tests a template that reads a variable nobody gave it fails, instead of showing nothing.

Questions (`{% if thing %}`) and words for a missing value (`|default:"…"`) stay allowed: there a
template says itself what nothing means. Templates of libraries are theirs.
"""

from pathlib import Path

import pytest
from django.template import defaultfilters
from django.template.base import FilterExpression, Parser, VariableDoesNotExist
from django.template.defaulttags import ForNode

OWN = str(Path(__file__).parent.parent / "symposia")
SAYS_ITSELF = {defaultfilters.default, defaultfilters.default_if_none}


class UndefinedVariable(Exception):
    """A template read something that its context does not have."""


class StrictExpression(FilterExpression):
    """What one of our templates shows, or goes through row by row."""

    __slots__ = ("is_rows", "origin")

    def __init__(self, token, parser):
        super().__init__(token, parser)
        self.origin, self.is_rows = str(parser.origin), False

    def resolve(self, context, ignore_failures=False):
        is_asked = ignore_failures and not self.is_rows
        says_itself = self.filters and self.filters[0][0] in SAYS_ITSELF
        if not self.is_var or is_asked or says_itself:
            return super().resolve(context, ignore_failures)
        try:
            value = self.var.resolve(context)
        except VariableDoesNotExist as missing:
            raise UndefinedVariable(f"{{{{ {self.token} }}}} in {self.origin}") from missing
        known = FilterExpression.__new__(FilterExpression)
        known.token, known.filters, known.var, known.is_var = self.token, self.filters, value, False
        return known.resolve(context)


def compile_strictly(parser, token):
    is_ours = str(parser.origin).startswith(OWN)
    return StrictExpression(token, parser) if is_ours else FilterExpression(token, parser)


@pytest.fixture(scope="session", autouse=True)
def undefined_variables_fail():
    as_it_was, init = Parser.compile_filter, ForNode.__init__

    def init_strictly(self, loopvars, sequence, *rest):
        init(self, loopvars, sequence, *rest)
        if isinstance(sequence, StrictExpression):
            sequence.is_rows = True  # a misspelt name is no empty list

    Parser.compile_filter, ForNode.__init__ = compile_strictly, init_strictly
    yield
    Parser.compile_filter, ForNode.__init__ = as_it_was, init

"""Collects what browsers load into one folder, compressed and named by its content."""

import argparse

from django.core.management import call_command

NAME = "static"
HELP = "collect what browsers load"
NEEDS = "settings"
# Other versions, sources and extensions of htmx, which no page loads.
_LEFT_OUT = ["htmax-*", "htmx-4*", "htmx-2.js", "ext"]


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It has none."""


def run(_options: argparse.Namespace) -> int:
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=1, ignore_patterns=_LEFT_OUT
    )
    return 0

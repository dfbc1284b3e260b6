"""Collects what browsers load into one folder, compressed and named by its content."""

import argparse

from django.core.management import call_command

NAME = "static"
HELP = "collect what browsers load"
NEEDS = "settings"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It has none."""


def run(_options: argparse.Namespace) -> int:
    call_command("collectstatic", interactive=False, clear=True, verbosity=1)
    return 0

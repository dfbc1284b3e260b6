"""Loads the demonstration organisations, once; only where demonstration mode is set."""

import argparse
import json

from django.conf import settings

from symposia.demonstration.story import load_demonstration

NAME = "demo"
HELP = "load the invented organisations of the demonstration, once"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="name them as JSON")


def run(options: argparse.Namespace) -> int:
    if not settings.DEMO:
        print("The demonstration is loaded in demonstration mode alone (SYMPOSIA_MODE=demo).")
        return 1
    organisations = load_demonstration()
    if options.json:
        print(json.dumps([{"slug": o.slug, "name": o.name} for o in organisations]))
    else:
        names = " and ".join(o.name for o in organisations)
        print(f"{names} are there. Everything and everybody in them is invented.")
    return 0

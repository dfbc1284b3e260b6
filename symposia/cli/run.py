"""Starts the database, the product, people's files and the jobs, and keeps them going."""

import argparse
import os

from symposia.running.configuration import Configuration
from symposia.running.supervisor import Supervisor

NAME = "run"
HELP = "start everything and keep it going until Ctrl-C"
NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", help="folder of everything kept (SYMPOSIA_DATA)")
    parser.add_argument("--port", help="port of the product; files use the one 1000 above it")


def run(options: argparse.Namespace) -> int:
    if options.data:
        os.environ["SYMPOSIA_DATA"] = options.data
    if options.port:
        os.environ["SYMPOSIA_PORT"] = options.port
    return Supervisor(Configuration.from_environment(os.environ)).run()

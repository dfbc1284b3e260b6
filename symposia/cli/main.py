"""Finds the command, gives it its database and its role, and answers with an exit code.

A command is a module here with `NAME`, `HELP`, `add_arguments(parser)` and `run(options) -> int`.
It may say what it `NEEDS`: "runtime" (the database as the product's own role; the default),
"owner" (the database as the role that changes tables), "settings" (Django without a database), or
"nothing".
Exit codes: 0 done, 1 refused or failed, 2 wrong arguments.
"""

import argparse
import ast
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import django

from symposia.running.at_hand import database_at_hand
from symposia.running.configuration import Configuration
from symposia.running.keys import provide_keys
from symposia.running.problems import CannotRun

_PURPOSE = "Continuing medical education, from the first gap to the last credit."
_FOLDER = Path(__file__).parent
_NOT_COMMANDS = {"__init__", "__main__", "main"}


@dataclass(frozen=True)
class Description:
    """What can be told of a command without importing it."""

    module: str
    name: str
    help: str
    needs: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the console script `symposia`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands = {command.name: command for command in descriptions()}
    if not given or given[0] not in commands:
        return _overview(list(commands.values()), given)
    try:
        return _run(commands[given[0]], given[1:])
    except CannotRun as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def descriptions() -> list[Description]:
    """Every command, read from its module's constants."""
    found = []
    for path in sorted(_FOLDER.glob("*.py")):
        if path.stem not in _NOT_COMMANDS:
            constants = _constants(path)
            needs = constants.get("NEEDS", "runtime")
            found.append(Description(path.stem, constants["NAME"], constants["HELP"], needs))
    return found


def _constants(path: Path) -> dict[str, str]:
    constants = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(name)], value=ast.Constant(str(value))):
                constants[name] = value
    return constants


def _overview(commands: list[Description], given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="symposia", description=_PURPOSE)
    choices = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in commands:
        choices.add_parser(command.name, help=command.help, add_help=False)
    if not given:
        parser.print_help()
        return 2
    parser.parse_args(given)  # prints the help, or says what is wrong, and exits
    return 2


def _run(command: Description, arguments: list[str]) -> int:
    if command.needs == "nothing":
        return _execute(command, arguments)
    configuration = Configuration.from_environment(os.environ)
    asks_for_help = not {"-h", "--help"}.isdisjoint(arguments)
    without_database = asks_for_help or command.needs == "settings"
    provide = nullcontext() if without_database else database_at_hand(configuration)
    if not asks_for_help:
        provide_keys(configuration.data, os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with provide:
        owner_url = configuration.owner_url or os.environ.get("DATABASE_OWNER_URL")
        if command.needs == "owner" and owner_url:
            os.environ["SYMPOSIA_AS_OWNER"] = "1"
        django.setup()
        return _execute(command, arguments)


def _execute(command: Description, arguments: list[str]) -> int:
    module = importlib.import_module(f"symposia.cli.{command.module}")
    parser = argparse.ArgumentParser(
        prog=f"symposia {command.name}", description=module.__doc__ or command.help
    )
    module.add_arguments(parser)
    result: int = module.run(parser.parse_args(arguments))
    return result

"""Brings the catalogues of words to what the source says now."""

import argparse
import sys
from pathlib import Path

from symposia.words.catalogues import (
    pseudo_catalogue,
    read_po,
    write_mo,
    write_po,
)
from symposia.words.extraction import messages_in

NAME = "messages"
HELP = "collect the sentences of the screens, compile their translations"
NEEDS = "settings"
SOURCE = Path(__file__).resolve().parent.parent
LOCALE = SOURCE / "locale"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--pseudo",
        type=Path,
        metavar="FOLDER",
        help="only write the pseudo-language (eo) below this folder",
    )


def run(options: argparse.Namespace) -> int:
    messages = messages_in(SOURCE)
    if options.pseudo:
        write_mo(options.pseudo, "eo", pseudo_catalogue(messages))
        return 0
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        language = path.parts[-3]
        known = read_po(path.read_text(encoding="utf-8"))
        path.write_text(write_po(language, messages, known), encoding="utf-8")
        said = {each: words for each, words in known.items() if each in messages}
        write_mo(LOCALE, language, said)
        sys.stdout.write(f"{language}: {len(said)} of {len(messages)} sentences\n")
    return 0

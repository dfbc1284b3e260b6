"""Makes a link for each person of the demonstration: it signs in once, within a day."""

import argparse
import json
import sys

from django.conf import settings
from django.urls import reverse

from symposia.accounts.actions import make_sign_in_link
from symposia.accounts.memberships import Persona, personas
from symposia.shared.actors import SYSTEM

NAME = "sign-in-links"
HELP = "make a sign-in link for each person of the demonstration"
_A_DAY = 24 * 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer for a program")


def run(options: argparse.Namespace) -> int:
    if not settings.DEMO:
        sys.stderr.write("Sign-in links are made here for the demonstration alone.\n")
        return 1
    links = [(persona, _link_of(persona)) for persona in personas()]
    if options.json:
        sys.stdout.write(f"{json.dumps([_row(*pair) for pair in links])}\n")
        return 0
    organisation = None
    for persona, link in links:
        if persona.organisation != organisation:
            organisation = persona.organisation
            sys.stdout.write(f"{organisation.name}\n")
        sys.stdout.write(f"  {', '.join(persona.roles):<24} {link}\n")
    return 0


def _link_of(persona: Persona) -> str:
    token = make_sign_in_link(persona.user, by=SYSTEM, minutes=_A_DAY)
    return f"{settings.ORIGIN}{reverse('sign_in_link_confirm', args=[token])}"


def _row(persona: Persona, link: str) -> dict[str, object]:
    return {
        "organisation": persona.organisation.slug,
        "roles": persona.roles,
        "email": persona.user.email,
        "link": link,
    }

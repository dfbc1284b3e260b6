"""Opens a new organisation with its first administrator, who gets a link that signs in once; and
lets somebody leave whom no second administrator lets go."""

import argparse
import json
import sys
import zoneinfo
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from symposia.accounts import memberships
from symposia.accounts.actions import (
    add_member,
    create_organisation,
    end_membership,
    make_sign_in_link,
)
from symposia.accounts.models import Kind, Organisation, Role, User
from symposia.accounts.queries import organisation_by_slug, user_by_email
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import INSTALLATION, acting_in

NAME = "organisation"
HELP = "open an organisation with its first administrator, or end a membership in one"
BY = Actor("system", None, "Command line")
_A_DAY = 24 * 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    create = verbs.add_parser("create", help="open one, with its first administrator")
    create.add_argument("--name", required=True, help="as certificates print it")
    create.add_argument("--slug", required=True, help="short name for commands")
    create.add_argument("--kind", required=True, choices=Kind.values)
    create.add_argument("--country", required=True, type=str.upper, help="two letters, such as US")
    create.add_argument(
        "--currency", required=True, type=str.upper, help="three letters, such as USD"
    )
    create.add_argument("--zone", required=True, help="time zone, such as America/New_York")
    create.add_argument("--accreditation", default="", help="statement that certificates carry")
    create.add_argument("--admin-email", required=True, help="who gives the others their access")
    create.add_argument("--admin-name", default="", help="how that person is called")
    create.add_argument("--json", action="store_true", help="answer with one JSON object")
    leave = verbs.add_parser("leave", help="end a membership that no administrator can end")
    leave.add_argument("--slug", required=True, help="short name of the organisation")
    leave.add_argument("--email", required=True, help="who leaves")
    leave.add_argument("--reason", required=True, help="why; it stays in the journal")
    leave.add_argument("--json", action="store_true", help="answer with one JSON object")


def run(options: argparse.Namespace) -> int:
    return _leave(options) if options.verb == "leave" else _create(options)


def _create(options: argparse.Namespace) -> int:
    if problem := _problem_with(options):
        return _fail(problem, options)
    with transaction.atomic():
        organisation = create_organisation(by=BY, **_facts(options))
        user = _administrator_of(organisation, options)
    token = make_sign_in_link(user, by=BY, minutes=_A_DAY)
    link = f"{settings.ORIGIN}{reverse('sign_in_link_confirm', args=[token])}"
    if options.json:
        facts = {"slug": organisation.slug, "code": organisation.code, "email": user.email}
        print(json.dumps({**facts, "link": link}))
    else:
        print(f"{organisation.name} is open. {user.email} signs in once, within a day:\n{link}")
    return 0


def _leave(options: argparse.Namespace) -> int:
    """End a membership for nobody else's sake: an account of an administrator in wrong hands."""
    organisation, user = organisation_by_slug(options.slug), user_by_email(options.email)
    if organisation is None or user is None:
        return _fail(
            "There is no such organisation, or nobody signs in with this address.", options
        )
    with acting_in(organisation.pk):
        member = memberships.member_of_user(user)
        if member is None:
            return _fail(f"{user.email} does not work at {organisation.name}.", options)
        try:
            end_membership(member, by=BY, reason=options.reason)
        except Refused as refused:
            return _fail(str(refused), options)
    said = f"{user.email} has left {organisation.name}."
    print(json.dumps({"left": user.email}) if options.json else said)
    return 0


def _facts(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "name": options.name.strip(),
        "slug": options.slug,
        "kind": options.kind,
        "country": options.country,
        "currency": options.currency,
        "zone": options.zone,
        "accreditation_statement": options.accreditation.strip(),
        # What is opened in demonstration mode is shown in its mailbox and reaches nobody.
        "is_demonstration": settings.DEMO,
    }


def _problem_with(options: argparse.Namespace) -> str:
    """What is wrong with the facts, as one sentence per line."""
    found = []
    if options.zone not in zoneinfo.available_timezones():
        found.append(f"There is no time zone {options.zone!r}; write it like America/New_York.")
    try:
        Organisation(code="new", **_facts(options)).full_clean()
        User(email=options.admin_email).clean_fields(exclude=["password", "full_name"])
    except ValidationError as error:
        found += [f"{name}: {' '.join(said)}" for name, said in error.message_dict.items()]
    return "\n".join(found)


def _administrator_of(organisation: Organisation, options: argparse.Namespace) -> User:
    with acting_in(INSTALLATION):
        user = User.objects.by_email(options.admin_email) or User.objects.create_user(
            options.admin_email, full_name=options.admin_name.strip()
        )
    with acting_in(organisation.pk):
        add_member(user, Role.objects.get(code="administrator"), by=BY)
    return user


def _fail(problem: str, options: argparse.Namespace) -> int:
    if options.json:
        print(json.dumps({"problem": problem}))
    else:
        sys.stderr.write(f"{problem}\n")
    return 1

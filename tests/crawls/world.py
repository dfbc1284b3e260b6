"""A world to crawl: both organisations of the demonstration, committed in a database of its own.

It is lived through once for all processes of the suite; each process works on a copy.
"""

import os
import re
from collections import Counter, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.timezone import now

from symposia.accounts.actions import add_member, make_personal_token
from symposia.accounts.models import Organisation, Role, User
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.models import Application, FacultyInvitation
from symposia.credits.letters import LEARNING
from symposia.credits.models import TranscriptShare
from symposia.curriculum.models import SurveyInvitation
from symposia.demonstration.story import load_demonstration
from symposia.directory.models import Clinician
from symposia.engagement.letters import MATERIAL
from symposia.engagement.models import MaterialShare
from symposia.insights.actions import count_stale_figures
from symposia.learning.letters import AUDIENCE
from symposia.learning.models import Confirmation
from symposia.outreach.models import Invitation
from symposia.registrations.models import Registration
from symposia.reporting.models import BinderInvitation
from symposia.shared.actors import SYSTEM
from symposia.shared.guards import tenant_models
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.crawls.rows import add_what_is_not_told, look_what_stays
from tests.database import TEMPLATE
from tests.directory.imports import bring_in, nppes_path, nppes_row
from tests.factories.accounts import member

# Somebody who holds every role at once.
MIGHTY = "mighty"
# The organisation whose pages are crawled.
NEAR = "harbor"
MASTER = "symposia_world"
BUILDING = 4_021_962  # the advisory lock of whoever builds the world
LINK = re.compile(r"""(?:href|action|hx-get|src)=["'](/[^"'#]*)""")
# The end of a session, pages of the sign-in library, files of the build, probes of a server.
NOT_CRAWLED = ("/account/", "/static/", "/metrics", "/healthz", "/readyz", "/csp-reports/")
# Columns that the product reads as something else than words.
READ_AS = {
    *("action", "actor", "actor_kind", "applies_to", "body", "calendar", "code", "content_type"),
    *("country", "currency", "current_role", "device", "factor", "href", "key", "kind", "language"),
    *("learning_format", "mac", "number", "operation", "path", "purpose", "request_id", "role"),
    *("rule", "search_text", "sha256", "storage_name", "subject_type", "system", "table_name"),
    *("refused_code", "secret", "vendor"),
    *("template_code", "ticket_code", "unsubscribe_link", "url_key", "url_name", "zone"),
}
# The same name is words elsewhere.
READ_HERE = {
    *(
        ("audit_entry", "address"),
        ("work_importrow", "reason"),
        ("finance_charge", "reference"),
        ("finance_invoice", "reference"),
        ("finance_payment", "reference"),
        ("insights_openpoint", "counts"),
        ("directory_mergeline", "table"),
        ("directory_mergeline", "column"),
        ("directory_importundo", "person_key"),
        ("directory_importundo", "number_key"),
        ("directory_importundo", "institution_key"),
        ("directory_importundo", "place_key"),
        ("reporting_activityfacts", "region"),
        ("reporting_learneridentity", "born"),
        ("reporting_submissionfile", "format"),
        ("reporting_submissionrow", "source_key"),
        *(
            ("reporting_attributedshare", "source_key"),
            ("reporting_transferofvalue", "source_key"),
            ("reporting_transferofvalue", "scheme"),
            ("reporting_transferofvalue", "category"),
            ("reporting_transferofvalue", "reason_code"),
            ("reporting_recipientfacts", "hospital_number"),
        ),
        ("directory_ownfield", "permission"),
        ("directory_undoline", "what"),
        ("learning_casemove", "step_code"),
        ("learning_casemove", "choice_code"),
        ("learning_casemove", "next_code"),
        ("learning_caseresult", "ending_code"),
        ("compliance_ownparameter", "name"),
        ("compliance_ownpack", "source"),
        ("compliance_statedfact", "name"),
        ("learning_identifieranswer", "part"),
        ("learning_package", "standard"),
        ("learning_packageattempt", "item"),
        ("learning_packagecommit", "item"),
    ),
    *(("credits_issuerkey", "sealed_key"), ("credits_paperkey", "sealed_key")),
    ("credits_issuerkey", "public_key"),
    *(("credits_paperkey", "chain"), ("credits_certificatedesign", "logo")),
    *(("compliance_ownparameter", "value"), ("credits_certificatefile", "name")),
}

# Of each personal link: its letter, its purpose, whose row it names, and the pages it opens.
PERSONAL = (
    ("r", "invitation", Invitation, ("", "calendar.ics")),
    ("u", "unsubscribe", Invitation, ("",)),
    ("n", "survey", SurveyInvitation, ("", "stop/")),
    (
        *("f", "faculty", FacultyInvitation),
        ("", "answer/", "disclosure/", "biography/", "travel/", "discussions/", "audience/"),
    ),
    ("q", AUDIENCE, Registration, ("",)),
    ("g", MATERIAL, MaterialShare, ("",)),
    ("p", "application", Application, ("", "edit/", "questions/", "withdrawal/")),
    ("t", "registration", Registration, ("", "calendar.ics", "code/", "live/")),
    ("d", "person", Clinician, ("", "transfers/")),
    (
        "l",
        LEARNING,
        Registration,
        ("", "certificate.pdf", "evaluation/", "commitments/", "test/post/", "test/pre/"),
    ),
    ("c", "transcript", TranscriptShare, ("", "transcript.pdf", "learner-record.json")),
    ("b", "binder", BinderInvitation, ("", "activities/1/", "binder.zip")),
    (
        "l",
        LEARNING,
        Confirmation,
        ("", "course/", "course/told/", "discussions/", "practices/", "practices/new/"),
    ),
)


def superuser(database="postgres"):
    url = os.environ["SYMPOSIA_TEST_SERVER"].replace("/postgres?", f"/{database}?")
    return psycopg.connect(url, autocommit=True)


@contextmanager
def connected_to(database):
    """The product works on this database until the end of the block."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def copy_of_the_world(name, prepare=None):
    """A database with the demonstration in it, changed by `prepare(server)` where given."""
    with superuser() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [MASTER]).fetchone():
            _build(server)
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE {MASTER}')
    if prepare:
        with superuser(name) as server:
            server.execute("SET session_replication_role = replica")
            prepare(server)
    return name


def _build(server):
    server.execute(f"CREATE DATABASE {MASTER}_making TEMPLATE {TEMPLATE}")
    with connected_to(f"{MASTER}_making"), TemporaryDirectory() as folder:
        for organisation in load_demonstration():
            _one_of_each_role(organisation)
            with acting_in(organisation.pk):
                if organisation.slug == NEAR:
                    add_what_is_not_told(organisation)
                count_stale_figures(by=SYSTEM)
            for first in (1, 11, 21):
                rows = [nppes_row(number) for number in range(first, first + 4)]
                with acting_in(organisation.pk):
                    made, _verdict = bring_in(organisation, nppes_path(Path(folder), rows))
            with acting_in(organisation.pk):
                look_what_stays(made)
    server.execute(f"ALTER DATABASE {MASTER}_making RENAME TO {MASTER}")


def _one_of_each_role(organisation):
    with acting_in(organisation.pk):
        codes = list(Role.objects.values_list("code", flat=True))
    for code in codes:
        _named(member(organisation, code), code, organisation)
    mighty = member(organisation, codes[0])
    with acting_in(organisation.pk):
        for role in Role.objects.exclude(code=codes[0]):
            add_member(mighty, role, by=SYSTEM)
    _named(mighty, MIGHTY, organisation)


def _named(user, what, organisation):
    user.full_name, user.email = f"One {what}", f"{what}@{organisation.slug}.example.net"
    user.save()


def words():
    """(table, column, length, is an address) of every free text of a tenant."""
    for model in tenant_models():
        table = model._meta.db_table
        for column in model._meta.local_fields:
            kind, name = column.get_internal_type(), column.name
            if kind not in {"CharField", "TextField", "EmailField"} or column.choices:
                continue
            if name in READ_AS or (table, name) in READ_HERE or name.endswith("_hash"):
                continue
            is_address = kind == "EmailField" or name in {"to_address", "address"}
            yield table, column.column, column.max_length or 4_000, is_address


@dataclass
class World:
    """The copy that a module crawls: `near` signs in, `far` is the other organisation."""

    database: str
    near: Organisation
    far: Organisation
    tokens: dict[str, str] = field(default_factory=dict)

    def person(self, role, organisation=None):
        organisation = organisation or self.near
        return User.objects.get(email=f"{role}@{organisation.slug}.example.net")

    def client(self, role, organisation=None):
        client = Client(raise_request_exception=True)
        client.force_login(self.person(role, organisation))
        return client

    def token(self, organisation=None):
        """The secret of a personal token with every permission of the organisation."""
        organisation, user = organisation or self.near, self.person(MIGHTY, organisation)
        with acting_in(organisation.pk):
            access = access_of(user, organisation, at=now())
            held = [p for p in Permission if access.holds(p)]
            _token, secret = make_personal_token(
                user, access, name="crawl", permissions=held, by=user.actor()
            )
        return secret

    def roles(self, organisation=None):
        organisation = organisation or self.near
        with acting_in(organisation.pk):
            return sorted(Role.objects.values_list("code", flat=True))

    def personal_links(self, organisation):
        """The addresses that a clinician of an organisation finds in mails, one of each kind."""
        return [
            f"/{letter}/{make_link(purpose, pk, organisation.code, sent_to=address)}/{rest}"
            for letter, purpose, model, rests in PERSONAL
            for pk, address in _some(model, organisation)
            for rest in rests
        ]


def _some(model, organisation, number=2):
    with acting_in(organisation.pk):
        # Whoever confirmed what is told before the start is named by the place.
        field = "registration_id" if model is Confirmation else "pk"
        rows = model.objects.order_by("pk")[:number]
        return [
            (getattr(row, field), row.email if model in {Clinician, BinderInvitation} else "")
            for row in rows
        ]


def content_of(response):
    """Status line, headers and body as one text, whatever kind of answer it is."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return head + "\n\n" + body.decode(errors="replace")


def crawl(client, starts, *, per_route=2, most=1_000):
    """Follow links as a person would; yields (address, response, content), a few per route."""
    waiting, seen, visits = deque(starts), set(starts), Counter()
    while waiting and sum(visits.values()) < most:
        address = waiting.popleft()
        route = route_of(address)
        if route is None or visits[route] >= per_route:
            continue
        visits[route] += 1
        response = client.get(address)
        content = content_of(response)
        yield address, response, content
        found = LINK.findall(content) if "text/html" in content[:400] else []
        if response.status_code == 302:
            found = [response["Location"]]
        for text in found:
            link = text.replace("&amp;", "&")
            if link not in seen and link.startswith("/"):
                seen.add(link)
                waiting.append(link)


def route_of(address):
    """The pattern that answers an address; nothing for what is not crawled."""
    if address.startswith(NOT_CRAWLED):
        return None
    try:
        return resolve(address.partition("?")[0]).route
    except Resolver404:
        return None

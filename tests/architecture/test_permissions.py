"""Every route wears a gate, every role meets every gate, and no gate opens by itself (A1)."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.cli.reference import FOLDER, documents
from symposia.shared.tenancy import acting_in
from symposia.web.routes import Ungated, routes
from tests.factories.accounts import OrganisationFactory, member

ROLES = [template.code for template in ROLE_TEMPLATES]
ABSENT = str(uuid.UUID(int=7))


def concrete(path):
    """An address of the pattern for a record that does not exist."""
    out, rest = "", path
    while "<" in rest:
        before, _open, rest = rest.partition("<")
        kind, _close, rest = rest.partition(">")
        converter = kind.split(":")[0]
        out += before + {"int": "7", "slug": "none", "str": "none"}.get(converter, ABSENT)
    return "/" + (out + rest).lstrip("^").replace("$", "").replace("\\Z", "")


PAGES = [r for r in routes() if not r.path.startswith(("GET ", "POST ", "PUT ", "PATCH ", "DEL"))]
API = [r for r in routes() if r not in PAGES]


def test_every_route_declares_its_gate():
    assert len(PAGES) > 60
    assert {r.gate for r in PAGES} & set(Permission)


@pytest.fixture
def everybody(db):
    """A client per role, one of nobody, one of another organisation's administrator."""
    organisation, other = OrganisationFactory(), OrganisationFactory()
    clients = {"nobody": Client()}
    for role in ROLES:
        clients[role] = Client()
        clients[role].force_login(member(organisation, role))
    clients["foreign administrator"] = Client()
    clients["foreign administrator"].force_login(member(other, "administrator"))
    return clients


def answers(client, route, method):
    response = getattr(client, method)(concrete(route.path))
    for close in getattr(response, "_resource_closers", []):  # not response.close(): it hangs up
        close()
    return response.status_code


def expected(route, role):
    """What a person may get from a gate: nothing at all, or whatever is behind it."""
    role = role.removeprefix("foreign ")
    if route.is_open:
        return "behind"
    if role == "nobody":
        return "sign in"
    if not route.permissions:
        return "behind"
    template = next(t for t in ROLE_TEMPLATES if t.code == role)
    return "behind" if route.permissions <= template.permissions else "refused"


def met(status):
    return {302: "sign in or behind", 403: "refused"}.get(status, "behind")


def fits(want, got, route):
    if want == "sign in":
        return got == "sign in or behind"
    if want == "refused":
        return got == "refused"
    return got != "refused" or route.is_open


def some(route, number, clients):
    """At the gate: nobody, and in turn one who may, a stranger among them, and one who may not."""
    everybody = [*ROLES, "foreign administrator"]
    may = [r for r in everybody if expected(route, r) == "behind"]
    not_ = [r for r in everybody if r not in may]
    chosen = ["nobody"]
    chosen += [roles[number % len(roles)] for roles in (may, not_) if roles]
    return {name: clients[name] for name in chosen}


def meet(clients, method, choose):
    wrong, cells = [], 0
    for number, route in enumerate(PAGES):
        if "logout" in route.path or route.path.startswith("account/"):
            continue
        for role, client in choose(route, number, clients).items():
            status = answers(client, route, method)
            cells += 1
            want, got = expected(route, role), met(status)
            if status >= 500 or (status != 405 and not fits(want, got, route)):
                wrong.append((route.path, role, method, f"{status}, expected {want}"))
    return wrong, cells


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_answers_each_kind_of_person_as_its_gate_says(everybody, method):
    wrong, cells = meet(everybody, method, some)

    assert wrong == []
    assert cells > 500


@pytest.mark.nightly
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_answers_every_role_as_its_gate_says(everybody, method):
    wrong, cells = meet(everybody, method, lambda _route, _number, clients: clients)

    assert wrong == []
    assert cells > 2_500


def test_a_removed_gate_turns_the_matrix_red(everybody, monkeypatch):
    """The negative control: without its gate a page answers whoever asks."""
    route = next(r for r in PAGES if r.name == "journal")
    monkeypatch.setattr("symposia.accounts.permissions.Access.holds", lambda *_: True)

    status = answers(everybody["door_staff"], route, "get")

    assert met(status) != expected(route, "door_staff")


def test_a_route_without_a_gate_is_found(settings):
    settings.ROOT_URLCONF = "tests.architecture.ungated_urls"

    with pytest.raises(Ungated):
        routes("tests.architecture.ungated_urls")


def token_of(organisation, role):
    user = member(organisation, role)
    with acting_in(organisation.pk):
        access = access_of(user, organisation, at=now())
        held = [p for p in Permission if access.holds(p)]
        _token, secret = make_personal_token(
            user, access, name="matrix", permissions=held, by=user.actor()
        )
    return secret


@pytest.mark.django_db
def test_every_api_route_answers_every_role_as_its_gate_says():
    organisation = OrganisationFactory()
    roles = ["coordinator", "finance_officer", "compliance_officer", "door_staff", "administrator"]
    clients = {r: {"Authorization": f"Bearer {token_of(organisation, r)}"} for r in roles}
    clients["nobody"] = {}
    client, wrong = Client(), []
    for route in API:
        methods, _space, path = route.path.partition(" ")
        for method in methods.split("|"):
            for role, headers in clients.items():
                call = getattr(client, method.lower())
                body = {} if method == "GET" else {"content_type": "application/json"}
                response = call(concrete(path), headers=headers, **body)
                allowed = role != "nobody" and expected(route, role) == "behind"
                status = response.status_code
                fine = status == 401 if role == "nobody" else allowed != (status == 403)
                if not fine or status >= 500 or 300 <= status < 400:
                    wrong.append((route.path, role, status))

    assert wrong == []


@pytest.mark.django_db
def test_a_token_never_reaches_further_than_it_was_given():
    organisation = OrganisationFactory()
    user = member(organisation, "administrator")
    with acting_in(organisation.pk):
        access = access_of(user, organisation, at=now())
        _token, secret = make_personal_token(
            user, access, name="narrow", permissions=[Permission.USE_API], by=user.actor()
        )
    headers = {"Authorization": f"Bearer {secret}"}
    refused = [r for r in API if Permission.USE_API not in r.permissions]
    client = Client()
    assert refused
    for route in refused:
        method, _space, path = route.path.partition(" ")
        if method == "GET":
            assert client.get(concrete(path), headers=headers).status_code == 403


@pytest.mark.parametrize(
    "name", ["permissions.md", "settings.md", "states.md", "tables.md", "wall.md"]
)
def test_the_references_are_fresh(name):
    assert (FOLDER / name).read_text() == documents()[name], "run `symposia reference`"


def test_the_start_page_sends_nobody_to_sign_in(client, db):
    assert client.get(reverse("start")).url.startswith("/account/login")

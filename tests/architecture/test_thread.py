"""Each context on the thread is whole: a table, an action, a policy, a page and an API route."""

from importlib import import_module
from importlib.util import find_spec
from inspect import getmembers, isfunction, unwrap
from pkgutil import iter_modules

import pytest
from django.apps import apps

from symposia.shared.guards import tenant_models
from symposia.shared.tenancy import TenantModel
from symposia.web.routes import routes

# The words that the addresses of a context's pages and API carry.
THREAD = {
    "directory": ("clinicians/", "clinicians"),
    "curriculum": ("gaps/", "gaps"),
    "activities": ("activities/", "activities"),
    "compliance": ("rules/", "rules"),
    "approvals": ("approvals/", "approvals"),
    "finance": ("money/", "budgets"),
    "outreach": ("activities/<uuid:activity_pk>/invitations/", "invitations"),
    "registrations": ("activities/<uuid:activity_pk>/people/", "registrations"),
    "attendance": ("activities/<uuid:activity_pk>/attendance/", "checkins"),
    "assessment": ("activities/<uuid:pk>/evaluation/", "evaluations"),
    "learning": ("activities/<uuid:pk>/course/", "courses"),
    "statements": ("access/statements/", "statements"),
    "engagement": ("follow-ups/", "follow-ups"),
    "credits": ("activities/<uuid:activity_pk>/credits/", "credits"),
    "reporting": ("reports/", "reports"),
    "notifications": ("outbox/", "messages"),
}
ROUTES = [route.path for route in routes()]


def modules(context, name):
    """The module of a context, or the modules of its package of that name."""
    full = f"symposia.{context}.{name}"
    if find_spec(full) is None:
        return []
    module = import_module(full)
    inner = getattr(module, "__path__", None)
    return [module] + [import_module(f"{full}.{m.name}") for m in iter_modules(inner or [])]


def functions(context, name):
    """The public functions written in it, whatever they are wrapped in."""
    return {
        name
        for module in modules(context, name)
        for name, function in getmembers(module, isfunction)
        if not name.startswith("_") and unwrap(function).__module__ == module.__name__
    }


def parts(context):
    """What a context brings to the thread, by kind."""
    page, api = THREAD[context]
    models = apps.get_app_config(context).get_models()
    return {
        "tables": [m.__name__ for m in models if issubclass(m, TenantModel)],
        "actions": sorted(functions(context, "actions")),
        "policies": sorted(functions(context, "policies")),
        "pages": [path for path in ROUTES if path.startswith(page)],
        "API routes": [path for path in ROUTES if f" api/v1/{api}" in path],
    }


@pytest.mark.parametrize("context", THREAD)
def test_a_context_on_the_thread_is_whole(context):
    missing = [kind for kind, found in parts(context).items() if not found]

    assert missing == []


def test_every_context_with_tables_is_on_the_thread():
    """Or it is one of those that carry the others: their pages and routes have other names."""
    carrying = {"accounts", "audit", "insights", "work"}
    owners = {model._meta.app_config.name for model in tenant_models()}

    assert {name.removeprefix("symposia.") for name in owners} == set(THREAD) | carrying


def test_a_context_without_its_parts_is_found(monkeypatch):
    """The negative control: a context that has only tables is not whole."""
    monkeypatch.setitem(THREAD, "work", ("nowhere/", "nowhere/"))

    found = parts("work")

    assert found["tables"]
    assert not found["pages"]
    assert not found["API routes"]

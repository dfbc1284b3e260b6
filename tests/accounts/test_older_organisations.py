"""Organisations that were there before a permission was given to a role of the product."""

import importlib

from django.apps import apps
from django.db import connection

from symposia.accounts.models import Role
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory

CODE = "field_representative"


def permissions_of(code):
    return next(set(each.permissions) for each in ROLE_TEMPLATES if each.code == code)


def test_representatives_of_older_organisations_hold_what_those_of_new_ones_do(organisation):
    other = OrganisationFactory()
    before = {"view_today", "view_activities", "view_directory", "invite"}
    for each in (organisation, other):
        with acting_in(each.pk):
            Role.objects.filter(code=CODE).update(permissions=sorted(before))
            Role.objects.filter(code="door_staff").update(permissions=[])
    migration = importlib.import_module(
        "symposia.accounts.migrations.0013_representatives_at_the_door"
    )

    with connection.schema_editor() as editor:
        migration.give(apps, editor)

    for each in (organisation, other):
        with acting_in(each.pk):
            held = set(Role.objects.get(code=CODE).permissions)
            assert held == before | {"check_in", "view_bills", "hand_in_bills"}
            assert held <= {str(name) for name in permissions_of(CODE)}
            assert Role.objects.get(code="door_staff").permissions == []


def test_medical_affairs_of_older_organisations_brings_in_doctors(organisation):
    Role.objects.filter(code="medical_affairs").update(permissions=["invite"])
    migration = importlib.import_module(
        "symposia.accounts.migrations.0014_medical_affairs_brings_in_doctors"
    )

    with connection.schema_editor() as editor:
        migration.give(apps, editor)

    held = Role.objects.get(code="medical_affairs").permissions
    assert held == ["import_clinicians", "invite"]
    assert set(held) <= {str(name) for name in permissions_of("medical_affairs")}

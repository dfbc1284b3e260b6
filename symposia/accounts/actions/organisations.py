import secrets
from typing import Any

from django.db import connection

from symposia.accounts.events import OrganisationCreated
from symposia.accounts.models import Organisation, Role
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.ids import readable
from symposia.shared.tenancy import acting_in, current_organisation_id

# Without 0, o, 1, i and l, which are read wrongly.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def create_organisation(*, by: Actor, **facts: Any) -> Organisation:
    """Open a new tenant with the roles every organisation starts with."""
    organisation = Organisation.objects.create(code=_new_code(), **facts)
    with acting_in(organisation.pk):
        Role.objects.bulk_create(
            Role(
                code=template.code,
                name=template.name,
                description=template.description,
                permissions=sorted(template.permissions),
            )
            for template in ROLE_TEMPLATES
        )
        record(by, "organisation.created", organisation)
        announce(OrganisationCreated(organisation.pk))
    return organisation


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(5))
        if not Organisation.objects.filter(code=code).exists():
            return code


def change_organisation(organisation: Organisation, *, by: Actor, **facts: str) -> Organisation:
    """Change what is printed of an organisation, and its zone."""
    with acting_in(organisation.pk):
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        before = {name: getattr(organisation, name) for name in facts}
        for name, value in facts.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=list(facts))
        changed = {name: [before[name], value] for name, value in facts.items()}
        record(by, "organisation.changed", organisation, details={"changed": changed})
    return organisation


def next_numbers(kind: str, count: int = 1, *, year: int) -> list[str]:
    """The next readable numbers of a kind; a number taken in a rolled-back step is given again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_counter (id, organisation_id, kind, year, last)"
            " VALUES (gen_random_uuid(), %s, %s, %s, %s)"
            " ON CONFLICT (organisation_id, kind, year)"
            " DO UPDATE SET last = accounts_counter.last + EXCLUDED.last RETURNING last",
            [str(current_organisation_id()), kind, year, count],
        )
        last: int = cursor.fetchone()[0]
    return [readable(kind, year, n) for n in range(last - count + 1, last + 1)]

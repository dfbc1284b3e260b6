"""A public register beside the directory of a test; at run time nobody but the owner writes it."""

from contextlib import contextmanager
from datetime import date

from django.db import connection

from symposia.directory.models import RegistryEntry
from symposia.directory.spelling import search_form
from tests.database import superuser

TABLES = '"directory_registryentry", "directory_registryload"'


@contextmanager
def written_by_the_owner():
    """What the owner may do, this process may do for a while; what it wrote goes."""
    name, role = connection.settings_dict["NAME"], connection.settings_dict["USER"]
    with superuser(name) as server:
        server.execute(f'GRANT INSERT, UPDATE ON {TABLES} TO "{role}"')
    try:
        yield
    finally:
        with superuser(name) as server:
            server.execute(f'REVOKE INSERT, UPDATE ON {TABLES} FROM "{role}"')


def entry(number="1234567893", full_name="MEERA JOSHI RAO", **more):
    """What the register says of an invented person."""
    said = {"display_name": "Meera Joshi Rao", "profession": "physician", "credential": "MD"}
    said |= {"specialty": "Cardiology", "city": "Boston", "region": "MA", "country": "US"}
    said |= {"told_on": date(2026, 11, 1), "search_text": search_form(full_name)} | more
    return RegistryEntry.objects.create(number=number, full_name=full_name, **said)

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from symposia.accounts.models import Organisation, Role, User
from symposia.activities.models import Activity
from symposia.audit.actions import prepare
from symposia.audit.models import Entry
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.planned import fetch, insert, planned
from tests.factories.accounts import member
from tests.factories.registrations import RegistrationFactory


def plans_of(words):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{words}%"]
        )
        return cursor.fetchone()[0]


def stored(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def test_a_statement_is_planned_once_and_answers_each_time_anew(organisation):
    said = [planned("SELECT %(n)s::int * 40 + 2", {"n": n}) for n in (0, 1, 0)]

    assert said == [[(2,)], [(42,)], [(2,)]]
    assert plans_of("* 40 + 2") == 1


def test_a_value_is_never_part_of_the_text(organisation):
    assert planned("SELECT %(text)s::text", {"text": "'; DROP TABLE x; --"}) == [
        ("'; DROP TABLE x; --",)
    ]


@pytest.mark.parametrize("model", [Organisation, User, Role, Activity, Registration, Entry])
def test_a_row_is_fetched_as_the_framework_fetches_it(organisation, model):
    member(organisation, "coordinator")
    insert(prepare(SYSTEM, "place.tried", RegistrationFactory()))
    expected = model.objects.latest("pk")

    fetched = fetch(model, "id = %(id)s", id=expected.pk)

    assert fetched == [expected]
    assert stored(fetched[0]) == stored(expected)
    assert not fetched[0]._state.adding


def test_a_written_row_is_what_save_would_have_written(organisation):
    entry = prepare(SYSTEM, "place.tried", RegistrationFactory())

    insert(entry)

    kept = Entry.objects.get(pk=entry.pk)
    ours, theirs = stored(entry), stored(kept)
    assert ours | {"xid": None} == theirs | {"xid": None}
    assert kept.xid


def test_what_the_database_refuses_is_said_as_the_framework_says_it(organisation):
    registration = RegistrationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(registration)


def test_it_is_counted_like_every_other_statement(organisation):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        planned("SELECT %(n)s::int", {"n": 1})

    assert [one["sql"] for one in asked] == ["SELECT %(n)s::int"]

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.accounts.models import Organisation, Role, User
from symposia.activities.models import Activity
from symposia.audit.actions import prepare
from symposia.audit.models import Entry
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.planned import (
    fetch,
    fetch_joined,
    insert,
    insert_each,
    one_of,
    planned,
    together,
    update,
    update_each,
    write,
)
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


def test_many_rows_are_one_statement_and_what_save_would_have_written(organisation):
    registration = RegistrationFactory()
    wild = {"says": 'é " \\ %s {', "list": [1, None], "at": "2027"}
    entries = [prepare(SYSTEM, f"place.{n}", registration) for n in range(3)]
    for entry in entries:
        entry.details = wild

    with CaptureQueriesContext(connection) as asked:
        written = insert_each(entries)

    assert len(asked) == 1
    assert written == {entry.pk for entry in entries}
    for entry in entries:
        kept = Entry.objects.get(pk=entry.pk)
        assert stored(entry) | {"xid": None} == stored(kept) | {"xid": None}
        assert not entry._state.adding


def test_of_many_rows_those_that_are_there_are_passed_over_or_refused(organisation):
    first, second = (prepare(SYSTEM, "place.tried", RegistrationFactory()) for _ in range(2))
    insert(first)

    assert insert_each([first, second], skip_known=True) == {second.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_each([first])
    assert insert_each([]) == set()


def test_many_rows_of_bytes_are_not_written_as_something_else(organisation):
    entry = prepare(SYSTEM, "place.tried", RegistrationFactory())
    entry.reason = b"bytes"

    with pytest.raises(TypeError):
        insert_each([entry])


def test_a_text_that_is_too_long_is_refused_and_never_cut(organisation):
    entry = prepare(SYSTEM, "x" * 81, RegistrationFactory())

    with pytest.raises(DataError), transaction.atomic():
        insert_each([entry])


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


def test_rows_of_two_tables_are_read_at_once_and_none_where_there_is_none(organisation):
    registration = RegistrationFactory()
    tables = {"a": Activity, "r": Registration}
    both = "FROM activities_activity a LEFT JOIN registrations_registration r"

    ((activity, found),) = fetch_joined(tables, f"{both} ON r.activity_id = a.id")
    ((_activity, absent, more),) = fetch_joined(tables, f", 1 + %(n)s::int {both} ON false", n=1)

    assert (stored(activity), stored(found)) == (
        stored(registration.activity),
        stored(Registration.objects.get()),
    )
    assert (absent, more) == (None, 2)


def test_one_of_those_somebody_may_see_and_none_of_the_others(organisation):
    registration = RegistrationFactory()
    some = Registration.objects.filter(state="queued")

    assert one_of(Registration.objects.all(), registration.pk) == registration
    assert one_of(some, registration.pk) is None
    assert one_of(some | Registration.objects.confirmed(), registration.pk) == registration


def lines(*names):
    registration = RegistrationFactory()
    return [prepare(SYSTEM, name, registration) for name in names]


def test_what_is_only_written_goes_in_one_statement(organisation):
    first, second, third = lines("place.tried", "place.taken", "place.left")

    with CaptureQueriesContext(connection) as asked, together():
        insert(first)
        insert(second)
        with together():
            insert(third)

    assert len(asked) == 1
    for entry in (first, second, third):
        assert stored(Entry.objects.get(pk=entry.pk))["mac"] == entry.mac


def test_whatever_asks_in_between_finds_it_written(organisation):
    first, second = lines("place.tried", "place.taken")

    with CaptureQueriesContext(connection) as asked, together():
        insert(first)
        assert planned("SELECT count(*) FROM audit_entry WHERE id = %(id)s", {"id": first.pk}) == [
            (1,)
        ]
        insert(second)
        assert Entry.objects.filter(pk=second.pk).exists()

    assert len(asked) == 4


def test_what_failed_in_between_writes_nothing(organisation):
    (entry,) = lines("place.tried")

    with pytest.raises(ZeroDivisionError), together():
        insert(entry)
        raise ZeroDivisionError
    insert(entry)

    assert Entry.objects.filter(pk=entry.pk).count() == 1


def test_one_that_the_database_refuses_takes_the_others_back(organisation):
    registration = RegistrationFactory()
    (entry,) = lines("place.tried")

    with pytest.raises(IntegrityError), transaction.atomic(), together():
        insert(entry)
        insert(registration)

    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_alone_it_is_written_at_once(organisation):
    with CaptureQueriesContext(connection) as asked:
        write("UPDATE registrations_places SET taken = %(n)s::int WHERE false", {"n": 1})

    assert len(asked) == 1


def test_fields_are_written_as_the_framework_writes_them_and_no_others(organisation):
    row, other = RegistrationFactory(), RegistrationFactory()
    untouched = stored(other)
    row.cancelled_because, row.confirmed_at, row.source = "can't", now(), "office"

    update(row, ["cancelled_because", "confirmed_at"])

    kept = Registration.objects.get(pk=row.pk)
    assert (kept.cancelled_because, kept.confirmed_at) == ("can't", row.confirmed_at)
    assert kept.source == other.source
    other.refresh_from_db()
    assert stored(other) == untouched


def test_fields_of_many_rows_are_written_in_one_statement_each_its_own(organisation):
    rows = [RegistrationFactory() for _ in range(3)]
    untouched = stored(RegistrationFactory())
    for number, row in enumerate(rows):
        row.cancelled_because, row.cancelled_at = f'{number} "é" %s', now() if number else None

    with CaptureQueriesContext(connection) as asked:
        update_each(rows, ["cancelled_because", "cancelled_at"])

    assert len(asked) == 1
    for row in rows:
        kept = Registration.objects.get(pk=row.pk)
        assert stored(kept) == stored(row)
    assert stored(Registration.objects.get(pk=untouched["id"])) == untouched


def test_nothing_is_written_of_no_rows(organisation, django_assert_num_queries):
    with django_assert_num_queries(0):
        update_each([], ["reason"])


def test_what_does_not_fit_a_column_is_refused_not_cut(organisation):
    row = RegistrationFactory()
    row.cancelled_because = "x" * 301

    with pytest.raises(DataError), transaction.atomic():
        update(row, ["cancelled_because"])
    with pytest.raises(DataError), transaction.atomic():
        update_each([row], ["cancelled_because"])

"""What tests cost in statements where many people are looked at."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from symposia.credits.explaining import explain_all
from tests.factories.assessment import knowledge_test, taken
from tests.factories.credits import attended


def asked(activity):
    with CaptureQueriesContext(connection) as captured:
        explained = explain_all(activity)
    return len(captured), [each.waits_for_test for each in explained]


def test_a_post_test_costs_no_statement_more_however_many_took_it(organisation):
    registration = attended()
    before, _waits = asked(registration.activity)
    knowledge_test(registration.activity)
    one = asked(registration.activity)
    taken(registration)
    attended(activity=registration.activity)

    assert one == (before, [True])
    count, waits = asked(registration.activity)
    assert (count, sorted(waits)) == (before, [False, True])

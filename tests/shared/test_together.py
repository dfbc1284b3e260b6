"""Several querysets in one statement give what each gives by itself."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import OuterRef, Value
from django.test.utils import CaptureQueriesContext

from symposia.activities.models import Activity, Session, SessionFaculty
from symposia.activities.reading import Batch, _of_batch, _together
from symposia.compliance.models import Evaluation
from symposia.shared.counting import CountOf
from symposia.shared.together import CannotGoTogether, Together
from tests.factories.activities import ActivityFactory, SessionFactory


def sessions(pk):
    return Session.objects.filter(activity=pk).select_related("activity").order_by("pk")


def counted(pk):
    mine = Session.objects.filter(activity=OuterRef("pk"))
    return Activity.objects.filter(pk=pk).annotate(how_many=CountOf(mine))


def titles(pk):
    return Session.objects.filter(activity=pk).order_by("title").values_list("title", flat=True)


def pairs(pk):
    return Session.objects.filter(activity=pk).order_by("title").values_list("title", "starts_at")


def evaluations(pk):
    return Evaluation.objects.of_subject("activity", pk)[:1]


def nothing(pk):
    return Session.objects.filter(pk__in=[])


def state_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(title="100 % “quoted” %s 'and' more\n")
    SessionFactory(activity=made, title="One")
    SessionFactory(activity=made, title="Two %(pk)s")
    SessionFactory()
    Evaluation.objects.create(
        subject_type="activity",
        subject_id=made.pk,
        title="t",
        on=date(2026, 3, 1),
        facts={"cost": "12.50", "share": 0.1, "none": None, "list": [1, True]},
        result="pass",
        evaluated_by_name="x",
    )
    return made


def test_each_gives_the_rows_it_gives_by_itself(activity):
    makes = (sessions, counted, titles, pairs, evaluations, nothing)

    found = Together(makes).of(activity.pk)

    for make, rows in zip(makes, found, strict=True):
        alone = list(make(activity.pk))
        assert rows == alone
        if rows and not isinstance(rows[0], (str, tuple)):
            assert [state_of(row) for row in rows] == [state_of(row) for row in alone]
    assert found[1][0].how_many == 2
    assert state_of(found[0][0].activity) == state_of(Activity.objects.get(pk=activity.pk))


def test_all_of_it_is_one_statement(activity):
    together = Together((sessions, counted, titles))

    with CaptureQueriesContext(connection) as asked:
        (first, *_rest), _counted, _titles = together.of(activity.pk)
        assert first.activity.title == activity.title

    assert len(asked) == 1


def test_the_same_words_serve_every_id(activity):
    together = Together((titles,))

    assert together.of(activity.pk) == [["One", "Two %(pk)s"]]
    assert together.of(SessionFactory(title="Alone").activity_id) == [["Alone"]]
    assert together.of(ActivityFactory().pk) == [[]]


def test_rows_can_be_changed_and_saved(activity):
    ((session, _other),) = Together((sessions,)).of(activity.pk)
    session.title = "Changed"

    session.save()

    assert Session.objects.get(pk=session.pk).title == "Changed"


@pytest.mark.parametrize(
    "make",
    [
        lambda pk: SessionFaculty.objects.filter(session=pk).prefetch_related("session"),
        lambda pk: Session.objects.filter(activity=pk).annotate(raw=Value(b"x")),
    ],
    ids=["prefetched", "bytes"],
)
def test_what_cannot_be_carried_is_refused(organisation, make):
    with pytest.raises(CannotGoTogether):
        Together((make,))


def test_numbers_keep_their_digits(organisation):
    activity = ActivityFactory()
    exact = Together(
        (lambda pk: Activity.objects.filter(pk=pk).values_list(Value(Decimal("0.10"))),)
    )

    ((row,),) = exact.of(activity.pk)

    assert str(row[0]) == "0.10"


@pytest.mark.parametrize("occasion", [Batch.RAIL])
def test_nothing_read_together_depends_on_the_day(organisation, time_machine, occasion):
    time_machine.move_to(datetime(2026, 3, 1, 9, tzinfo=UTC))
    makes = _of_batch(occasion)
    before = Together(makes)._text
    time_machine.move_to(datetime(2027, 8, 9, 15, tzinfo=UTC))

    assert makes
    assert Together(makes)._text == before


def test_of_every_occasion_the_rows_are_those_of_one_by_one(activity):
    for occasion in set(_together.values()):
        makes = _of_batch(occasion)
        for make, rows in zip(makes, Together(makes).of(activity.pk), strict=True):
            assert rows == list(make(activity.pk)), make

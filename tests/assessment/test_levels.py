"""Outcomes by level, figures from records with their dry run, and the verdict on a gap."""

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from symposia.activities.models import ActivityObjective
from symposia.assessment.actions import respond_to_evaluation
from symposia.assessment.actions.commitments import (
    ReportFacts,
    Wish,
    commit_to_change,
    report_commitment,
)
from symposia.assessment.actions.measures import NOT_LOOKED_AT, import_measures
from symposia.assessment.models import EvaluationForm, Kept, MeasureFigure, Question
from symposia.assessment.proportions import Difference, Share, number_in, verdict_of
from symposia.assessment.queries import Given, questions_of
from symposia.assessment.queries.levels import Level, outcomes_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.models import Import, StoredFile
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.credits import attended
from tests.factories.curriculum import ObjectiveFactory
from tests.factories.directory import TerritoryFactory


def test_intervals_agree_with_published_examples():
    # Newcombe 1998, table II (a), method 10: 56/70 less 48/80 is from 0.0524 to 0.3339.
    found = Difference(Share(48, 80), Share(56, 70))
    assert found.points == pytest.approx(20)
    assert (found.interval.low, found.interval.high) == pytest.approx((5.24, 33.39), abs=0.01)
    # Wilson, Newcombe 1998 part one: 81/263.
    assert Share(81, 263).interval.low == pytest.approx(25.53, abs=0.01)
    assert Share(81, 263).interval.high == pytest.approx(36.62, abs=0.01)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("62 %", 62),
        ("at least 75,5 per cent", 75.5),
        ("all", None),
        ("", None),
        ("1,500 a year", None),
    ],
)
def test_the_number_of_a_baseline_is_the_first_in_its_words(text, number):
    assert number_in(text) == number


FAR, NEAR = Share(480, 1000), Share(760, 1000)


@pytest.mark.parametrize(
    ("baseline", "target", "difference", "verdict"),
    [
        (48, 75, Difference(FAR, NEAR), "reached"),
        (48, 90, Difference(FAR, NEAR), "closer"),
        (48, 90, Difference(Share(24, 50), Share(26, 50)), "unclear"),
        (48, 90, Difference(NEAR, FAR), "away"),
        (30, 10, Difference(Share(300, 1000), Share(90, 1000)), "reached"),
        (30, 10, Difference(Share(300, 1000), Share(200, 1000)), "closer"),
        (None, 75, Difference(FAR, NEAR), "reached"),
        (48, None, Difference(FAR, NEAR), "no_figures"),
        (48, 75, None, "no_figures"),
    ],
)
def test_a_verdict_compares_with_the_target_in_its_own_direction(
    baseline, target, difference, verdict
):
    assert verdict_of(baseline, target, difference) == verdict


@pytest.fixture
def activity(organisation):
    activity = attended(answered=False).activity
    ActivityObjective.objects.create(activity=activity, objective=ObjectiveFactory())
    return activity


def recorded(activity, phase, numerator, denominator=200, **facts):
    return MeasureFigure.objects.create(
        activity=activity,
        gap=facts.pop("gap", activity.objective_links.get().objective.gap),
        level=facts.pop("level", "performance"),
        measure="Antibiotics within the hour",
        phase=phase,
        numerator=numerator,
        denominator=denominator,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 3, 31),
        source="Ward register",
    )


def answered(activity, rating=5):
    registration = attended(activity=activity, answered=False)
    first, *_others = questions_of(EvaluationForm.objects.current_of(activity.pk))
    respond_to_evaluation(registration, {first.pk: Given(rating=rating)}, by=SYSTEM)
    return registration


def test_every_level_says_what_the_record_holds(activity):
    people = [answered(activity, rating) for rating in (3, 4, 5)]
    for each in people:
        (given,) = commit_to_change(each, [Wish("Call early")], by=SYSTEM)
        with time_machine.travel(now() + timedelta(days=61), tick=False):
            report_commitment(given, ReportFacts(Kept.DONE), by=SYSTEM)
    recorded(activity, "before", 96)
    recorded(activity, "after", 152)

    found = outcomes_of(activity, now() + timedelta(days=61))

    there = [(f.name, f.people) for f in found.of(Level.PARTICIPATION)]
    assert there[1:3] == [("Were there", 4), ("Evaluation", 3)]
    (rating,) = found.of(Level.SATISFACTION)
    assert (rating.value, rating.people, rating.says_little) == (4, 3, True)
    assert found.of(Level.PROCEDURAL) == []
    (meant,) = found.of(Level.COMPETENCE)
    assert (meant.value, meant.people) == (3, 3)
    done, records = found.of(Level.PERFORMANCE)
    assert (done.name, done.value) == ("Commitments done after 60 days", 100)
    assert (records.before, records.value, records.people) == (48, 76, 200)
    (gap,) = found.gaps
    assert gap.verdict == "reached"


def test_few_people_keep_every_level_back(activity):
    commit_to_change(answered(activity), [Wish("Call early")], by=SYSTEM)
    recorded(activity, "before", 1, 2)
    recorded(activity, "after", 2, 2)

    found = outcomes_of(activity, now())

    assert found.of(Level.SATISFACTION) == []
    (meant,) = found.of(Level.COMPETENCE)
    (records,) = found.of(Level.PERFORMANCE)
    assert [f.is_kept_back for f in (meant, records)] == [True, True]
    assert (records.before, records.value, records.interval) == (None, None, None)
    assert found.gaps[0].verdict == "no_figures"


def test_a_yes_no_question_that_few_were_led_to_is_kept_back(activity):
    form = EvaluationForm.objects.current_of(activity.pk)
    Question.objects.create(
        form=form,
        position=3,
        kind="yes_no",
        text="Would you?",
        required=False,
        depends_on=1,
        depends_values=["5"],
    )
    for rating in (3, 4, 5):
        answered(activity, rating)

    _rating, few = outcomes_of(activity, now()).of(Level.SATISFACTION)

    assert (few.name, few.people, few.value) == ("Would you?", 0, None)
    assert few.is_kept_back


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


HEAD = "Activity,Level,Measure,When,How many,Of how many,From,To,Source,Gap\n"


def file_of(*rows):
    return SimpleUploadedFile("figures.csv", (HEAD + "\n".join(rows)).encode(), "text/csv")


def handed_in(client, *rows):
    body = {"file": file_of(*rows), "idempotency_key": uuid.uuid4()}
    client.post(reverse("measure_import_new"), body)
    return Import.objects.latest("made_at")


def row_of(activity, tail="96,200,2026-01-01,2026-03-31,Register,", level="performance"):
    return f"{activity.number},{level},Lactate,before,{tail}"


def test_a_file_is_looked_at_first_and_brought_in_as_it_was_shown(coordinator, activity):
    gap = activity.objective_links.get().objective.gap
    made = handed_in(
        coordinator,
        row_of(activity, f"96,200,2026-01-01,2026-03-31,Register,{gap.number}"),
        row_of(activity, "201,200,2026-01-01,2026-03-31,Register,"),
        row_of(activity, "9,200,2026-13-01,2026-03-31,Register,"),
        row_of(activity, level="mood"),
        "ACT-1999-0001,patient,Lactate,after,1,2,2026-01-01,2026-03-31,Register,",
        row_of(activity, "9,200,2026-01-02,2026-03-31,Register,GAP-none"),
        row_of(activity),
    )
    assert made.counts == {"new": 1, "rejected": 6}
    assert not MeasureFigure.objects.exists()
    report = coordinator.get(reverse("measure_import_rows", args=[made.pk])).text
    assert "How many is a whole number" in report

    coordinator.post(reverse("measure_import_run", args=[made.pk]))

    figure = MeasureFigure.objects.get()
    assert (figure.numerator, figure.denominator, figure.gap) == (96, 200, gap)
    again = handed_in(coordinator, row_of(activity, "97,200,2026-01-01,2026-03-31,Register,"))
    assert again.counts == {"changed": 1}
    made.refresh_from_db()
    with pytest.raises(Refused) as refused:
        import_measures(made, access=None, by=SYSTEM)
    assert refused.value.objection == NOT_LOOKED_AT


def test_the_page_the_paper_and_the_tables_say_the_same(coordinator, activity):
    recorded(activity, "before", 96)
    recorded(activity, "after", 152)

    page = coordinator.get(reverse("activity_outcomes", args=[activity.pk])).text
    paper = coordinator.get(reverse("activity_outcomes_pdf", args=[activity.pk])).content
    sheet = coordinator.get(reverse("activity_outcomes_table", args=[activity.pk, "csv"]))
    book = coordinator.get(reverse("activity_outcomes_table", args=[activity.pk, "xlsx"]))

    assert "Antibiotics within the hour" in page
    assert "At the target" in page
    assert "not why" in page
    assert paper.startswith(b"%PDF-")
    text = b"".join(sheet.streaming_content).decode("utf-8-sig")
    (line,) = [r for r in csv.DictReader(io.StringIO(text)) if r["level"] == "5"]
    assert (line["before"], line["value"], line["people"]) == ("48.0", "76.0", "200")
    assert b"".join(book.streaming_content).startswith(b"PK")
    other = reverse("activity_outcomes_table", args=[activity.pk, "doc"])
    assert coordinator.get(other).status_code == 404


def test_outcomes_of_another_organisation_do_not_exist(client, activity):
    client.force_login(member(OrganisationFactory(), "coordinator"))

    assert client.get(reverse("activity_outcomes", args=[activity.pk])).status_code == 404
    assert client.get(reverse("activity_outcomes_pdf", args=[activity.pk])).status_code == 404


def test_who_plans_a_territory_sees_the_own_files_only(coordinator, organisation, activity):
    theirs = handed_in(coordinator, row_of(activity))
    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    near = Client()
    near.force_login(member(organisation, "coordinator", **scope))
    own = handed_in(near, row_of(activity))

    assert near.get(reverse("measure_import_rows", args=[own.pk])).status_code == 200
    assert near.get(reverse("measure_import_rows", args=[theirs.pk])).status_code == 404
    assert near.post(reverse("measure_import_run", args=[theirs.pk])).status_code == 404
    assert str(theirs.pk) not in near.get(reverse("measure_imports")).text
    assert coordinator.get(reverse("measure_import_rows", args=[own.pk])).status_code == 200


def test_a_program_of_who_plans_a_territory_brings_in_what_it_handed_in(organisation, activity):
    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    near = member(organisation, "coordinator", **scope)
    held = ["manage_evaluations", "view_evaluations", "use_api"]
    program = Client(headers=key_of(near, organisation, held))

    made = program.post("/api/v1/outcomes/imports", {"file": file_of(row_of(activity))})
    done = program.post(f"/api/v1/outcomes/imports/{made.json()['id']}/rows")

    assert (made.status_code, done.status_code) == (201, 200)
    assert Import.objects.get().made_by_id == near.pk


def test_a_file_of_figures_that_is_refused_is_kept_nowhere(coordinator, files, tmp_path):
    body = {
        "file": SimpleUploadedFile("figures.csv", b"A,B\n1,2\n"),
        "idempotency_key": uuid.uuid4(),
    }
    assert coordinator.post(reverse("measure_import_new"), body).status_code == 422

    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_who_plans_nothing_of_evaluations_hands_in_no_figures(client, organisation):
    client.force_login(member(organisation, "medical_affairs"))

    assert client.get(reverse("measure_import_new")).status_code == 403


def test_the_api_tells_the_figures_with_their_caution(client, organisation, activity):
    recorded(activity, "before", 96)
    user = member(organisation, "coordinator")
    headers = key_of(user, organisation, ["view_evaluations", "use_api"])

    answer = client.get(f"/api/v1/outcomes/{activity.pk}", headers=headers).json()

    assert "not why" in answer["caution"]
    (figure,) = [f for f in answer["figures"] if f["level"] == "5"]
    assert (figure["before"], figure["value"]) == (48, None)
    assert answer["gaps"][0]["verdict"] == "no_figures"


def test_the_page_of_outcomes_asks_the_database_few_things(coordinator, activity):
    for _each in range(3):
        commit_to_change(answered(activity), [Wish("Call early")], by=SYSTEM)
    recorded(activity, "before", 96)
    recorded(activity, "after", 152)
    to = reverse("activity_outcomes", args=[activity.pk])
    coordinator.get(to)

    with CaptureQueriesContext(connection) as asked:
        coordinator.get(to)

    of_the_test = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config('symposia.organisation'")
    said = [q["sql"] for q in asked if not q["sql"].strip().startswith(of_the_test)]
    assert len(said) <= 15, "\n".join(each[:150] for each in said)

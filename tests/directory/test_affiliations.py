"""Where people work: several places at once, one primary on each day, from a day until a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.directory.actions.affiliation_files import TakenLines, import_affiliations
from symposia.directory.actions.affiliations import (
    add_affiliation,
    change_affiliation,
    end_affiliation,
    follow_primary_places,
    remove_affiliation,
)
from symposia.directory.actions.changes import correct_clinician, decide_change, propose_change
from symposia.directory.actions.clinicians import add_clinician, change_clinician
from symposia.directory.actions.guarding import guard_fields, settle_place
from symposia.directory.actions.merging import merge_clinicians, undo_merge
from symposia.directory.affiliating import AffiliationFacts, Earlier, place_and_day
from symposia.directory.affiliation_lines import judge_affiliations
from symposia.directory.changing import ChangeFacts
from symposia.directory.imports.table import Meaning
from symposia.directory.lists import CLINICIANS
from symposia.directory.models import Affiliation, ChangeRequest, Clinician, Institution
from symposia.directory.placing_steps import PlaceStep
from symposia.directory.policies.affiliations import (
    ENDS_BEFORE_IT_BEGINS,
    NOTHING_TO_TAKE,
    WHY_REMOVED,
)
from symposia.directory.policies.changes import NO_EVIDENCE, NOT_A_VALUE
from symposia.directory.queries import guarded_fields
from symposia.directory.tasks import follow_primary_places_of_today
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from tests.directory.imports import bring_in, table_path
from tests.directory.test_import_undo import take_back
from tests.factories.accounts import UserFactory, member
from tests.factories.directory import ClinicianFactory, IdentifierFactory, InstitutionFactory

TODAY = date(2026, 6, 15)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2026-06-15T16:00Z"):
        yield


@pytest.fixture
def asha(organisation):
    return ClinicianFactory(full_name="Asha Rao", email="asha@example.org", city="Pune")


def works(clinician, place="Bhima Hospital", **said):
    return add_affiliation(clinician, AffiliationFacts(place, **said), by=SYSTEM)


def line(clinician):
    """Where somebody works, the earliest first: place, first day, last day, primary."""
    rows = Affiliation.objects.of(clinician).select_related("institution")
    return sorted(
        ((row.institution.name, row.from_on, row.until_on, row.is_primary) for row in rows),
        key=lambda each: (each[1] or date.min, each[0]),
    )


def known_at(clinician):
    clinician.refresh_from_db()
    return clinician.institution.name if clinician.institution else None


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_several_places_at_once_one_of_them_the_primary(asha):
    works(asha, is_primary=True, from_on=date(2020, 1, 1), role="Consultant")
    works(asha, "Tara Clinic", from_on=date(2022, 5, 1), department="Cardiology")

    assert line(asha) == [
        ("Bhima Hospital", date(2020, 1, 1), None, True),
        ("Tara Clinic", date(2022, 5, 1), None, False),
    ]
    assert known_at(asha) == "Bhima Hospital"
    assert Institution.objects.get(name="Tara Clinic").city == "Pune"
    assert Entry.objects.filter(action="affiliation.added").count() == 2
    assert verify_journal().holds


@pytest.mark.parametrize(
    ("earlier", "rest"),
    [
        (Earlier.ENDS, []),
        (Earlier.STAYS, [("Bhima Hospital", TODAY, None, False)]),
    ],
    ids=["the earlier ends", "the earlier goes on beside it"],
)
def test_another_primary_place_makes_the_earlier_one_yield(asha, earlier, rest):
    works(asha, is_primary=True, role="Consultant")

    works(asha, "Tara Clinic", is_primary=True, from_on=TODAY, earlier=earlier)

    assert line(asha) == [
        ("Bhima Hospital", None, YESTERDAY, True),
        *rest,
        ("Tara Clinic", TODAY, None, True),
    ]
    assert known_at(asha) == "Tara Clinic"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"from_on": date(2019, 1, 1)},
        {"from_on": TODAY, "earlier": Earlier.KEEP},
    ],
    ids=["nobody knows since when", "it would begin earlier", "the earlier is kept"],
)
def test_a_primary_place_is_not_pushed_out_without_a_later_day(asha, said):
    works(asha, is_primary=True, from_on=date(2020, 1, 1))

    objection = refusal(lambda: works(asha, "Tara Clinic", is_primary=True, **said))

    assert objection.code == "primary_elsewhere"
    assert "Bhima Hospital is the primary place, from 1 Jan 2020." in str(Refused(objection))
    assert len(line(asha)) == 1


def test_what_is_no_place_of_work_is_refused_in_words(asha):
    backwards = {"from_on": TODAY, "until_on": YESTERDAY}
    works(asha, from_on=date(2020, 1, 1), role="Consultant")

    assert refusal(lambda: works(asha, " ")).code == "affiliation_nowhere"
    assert refusal(lambda: works(asha, **backwards)) == ENDS_BEFORE_IT_BEGINS
    again = refusal(lambda: works(asha, "bhima hospital", role="Consultant", until_on=TODAY))
    assert again.code == "affiliated_already"
    assert works(asha, role="Head of department")


def test_the_database_holds_one_primary_place_on_a_day_as_well(asha):
    works(asha, is_primary=True, from_on=date(2020, 1, 1))
    other = works(asha, "Tara Clinic")

    with pytest.raises(IntegrityError, match="one_primary"), transaction.atomic():
        Affiliation.objects.filter(pk=other.pk).update(is_primary=True)
    with pytest.raises(IntegrityError, match="ends_after"), transaction.atomic():
        Affiliation.objects.filter(pk=other.pk).update(from_on=TODAY, until_on=YESTERDAY)


def test_a_place_is_corrected_ends_and_is_taken_away(asha):
    row = works(asha, is_primary=True, from_on=date(2020, 1, 1))
    facts = AffiliationFacts(
        "Tara Clinic", "Goa", "Head", from_on=date(2021, 2, 1), is_primary=True
    )

    changed = change_affiliation(row, facts, by=SYSTEM)
    assert (changed.institution.name, changed.institution.city) == ("Tara Clinic", "Goa")
    assert known_at(asha) == "Tara Clinic"
    entry = Entry.objects.filter(action="affiliation.changed").get()
    assert entry.details["changed"]["role"] == ["", "Head"]

    early = refusal(lambda: end_affiliation(row, date(2020, 6, 1), by=SYSTEM))
    assert early.code == "affiliation_end_before"
    end_affiliation(row, YESTERDAY, by=SYSTEM, reason="Retired")
    assert known_at(asha) is None
    over = refusal(lambda: end_affiliation(row, YESTERDAY, by=SYSTEM))
    assert over.code == "affiliation_has_ended"

    assert refusal(lambda: remove_affiliation(row, by=SYSTEM, reason=" ")) == WHY_REMOVED
    remove_affiliation(row, by=SYSTEM, reason="Another Rao")
    assert line(asha) == []
    assert verify_journal().holds


def test_saying_the_same_again_writes_nothing(asha):
    row = works(asha, is_primary=True, from_on=date(2020, 1, 1))
    before = Entry.objects.count()

    change_affiliation(
        row,
        AffiliationFacts("Bhima Hospital", "Pune", from_on=date(2020, 1, 1), is_primary=True),
        by=SYSTEM,
    )

    assert Entry.objects.count() == before


def test_a_person_comes_with_a_place_and_moves_by_the_form(organisation):
    first, second = InstitutionFactory(name="First"), InstitutionFactory(name="Second")
    person = add_clinician(full_name="Ravi Iyer", institution=first, by=SYSTEM)
    assert line(person) == [("First", None, None, True)]

    change_clinician(person, {"institution": second, "city": "Goa"}, by=SYSTEM)
    change_clinician(person, {"institution": second}, by=SYSTEM)
    assert line(person) == [("First", None, YESTERDAY, True), ("Second", TODAY, None, True)]

    change_clinician(person, {"institution": first}, by=SYSTEM)
    assert line(person) == [("First", None, YESTERDAY, True), ("First", TODAY, None, True)]

    with time_machine.travel("2026-07-01T16:00Z", tick=False):
        change_clinician(person, {"institution": None}, by=SYSTEM)
    assert line(person)[-1] == ("First", TODAY, date(2026, 6, 30), True)


def test_a_side_place_becomes_the_primary_one_when_the_form_says_so(asha):
    works(asha, is_primary=True)
    works(asha, "Tara Clinic", from_on=date(2022, 1, 1), role="Consultant")
    tara = Institution.objects.get(name="Tara Clinic")

    change_clinician(asha, {"institution": tara}, by=SYSTEM)

    assert line(asha) == [
        ("Bhima Hospital", None, YESTERDAY, True),
        ("Tara Clinic", date(2022, 1, 1), YESTERDAY, False),
        ("Tara Clinic", TODAY, None, True),
    ]
    assert Affiliation.objects.primary().on(TODAY).get().role == "Consultant"


def test_who_begins_elsewhere_tomorrow_is_known_by_it_from_tomorrow_on(organisation, asha):
    works(asha, is_primary=True)
    works(asha, "Tara Clinic", is_primary=True, from_on=TOMORROW)
    assert known_at(asha) == "Bhima Hospital"
    assert follow_primary_places(by=SYSTEM) == 0

    with time_machine.travel("2026-06-16T16:00Z", tick=False):
        follow_primary_places_of_today()
        assert known_at(asha) == "Tara Clinic"
        assert follow_primary_places(by=SYSTEM) == 0


def test_whose_primary_place_ended_is_known_by_none(asha):
    works(asha, is_primary=True, until_on=TODAY)
    assert known_at(asha) == "Bhima Hospital"

    with time_machine.travel("2026-06-20T16:00Z", tick=False):
        assert follow_primary_places(by=SYSTEM) == 1

    assert known_at(asha) is None


def test_a_change_that_two_people_make_moves_the_primary_place(asha):
    works(asha, is_primary=True)
    asker, decider = (Actor("user", UserFactory().pk, name) for name in ("Noor", "Ines"))
    asked = propose_change(asha, ChangeFacts("institution", "Tara Clinic"), by=asker)
    assert known_at(asha) == "Bhima Hospital"

    decide_change(asked, accepted=True, by=decider)

    assert known_at(asha) == "Tara Clinic"
    assert line(asha)[0] == ("Bhima Hospital", None, YESTERDAY, True)


def test_people_are_found_by_where_they_worked_on_a_day(organisation, asha):
    other = ClinicianFactory(full_name="Ravi Iyer")
    works(asha, is_primary=True, until_on=date(2025, 12, 31))
    works(other, is_primary=True, from_on=date(2026, 1, 1))
    access = access_of(member(organisation, "coordinator"), organisation, at=now())

    def found(text):
        rows = CLINICIANS.rows_for(access, {"works_at": [text]})
        return {each.full_name for each in rows}

    assert found("Bhima Hospital") == {"Ravi Iyer"}
    assert found("bhima, 2025-06-01") == {"Asha Rao"}
    assert found("Bhima Hospital 2025-12-31") == {"Asha Rao"}
    assert found("Nowhere") == set()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("St. Mary 2026-01-31", ("St. Mary", date(2026, 1, 31))),
        ("St. Mary, 2026-01-31", ("St. Mary", date(2026, 1, 31))),
        ("Ward 2026", ("Ward 2026", None)),
        ("2026-13-45", ("", None)),
        ("", ("", None)),
    ],
)
def test_a_place_and_a_day_are_read_from_one_field(text, read):
    assert place_and_day(text) == read


LINES = """\
A1,Tara Clinic,Goa,Consultant,Cardiology,2026-07-01,,yes
asha@example.org,Bhima Hospital,,,,2020-01-01,,primary
A1,Ganga House,,,,2019-01-01,,yes
nobody@example.org,Tara Clinic,,,,,,
A1,Tara Clinic,,,,31 Jan,,
A1,,,,,,,
A1,Tara Clinic,,,,,,perhaps
A1,Tara Clinic,,,,2026-02-01,2026-01-01,
"""
HEAD = "number,hospital,city,role,department,since,until,primary\n"


@pytest.fixture
def access(organisation):
    return access_of(member(organisation, "coordinator"), organisation, at=now())


def test_a_file_is_judged_line_by_line_and_then_taken(organisation, access, asha):
    IdentifierFactory(clinician=asha, scheme="own", value="A1")
    works(asha, is_primary=True, from_on=date(2020, 1, 1))
    text = HEAD + LINES

    judged = judge_affiliations(access, text)

    assert [each.is_taken for each in judged] == [True] + 7 * [False]
    assert judged[1].is_known
    assert [each.problem for each in judged[2:]] == [
        "Bhima Hospital is the primary place, from 1 Jan 2020. Say a later first day here, or "
        "change that one first: there is one primary place on each day.",
        "Nobody you may see has this number or address",
        "The day cannot be read: write it as 2026-01-31",
        "Write where the person works.",
        "Which place says neither primary nor beside",
        "The last day lies before the first one.",
    ]
    assert len(line(asha)) == 1

    assert import_affiliations(judged, file_name="places.csv", by=SYSTEM) == TakenLines(1, 0)
    assert line(asha) == [
        ("Bhima Hospital", date(2020, 1, 1), date(2026, 6, 30), True),
        ("Tara Clinic", date(2026, 7, 1), None, True),
    ]
    assert Affiliation.objects.get(institution__name="Tara Clinic").source == "places.csv"
    again = judge_affiliations(access, text)
    assert again[0].is_known
    none = refusal(lambda: import_affiliations(again[:1], file_name="x", by=SYSTEM))
    assert none == NOTHING_TO_TAKE


def test_two_lines_that_exclude_each_other_take_nothing(organisation, access, asha):
    IdentifierFactory(clinician=asha, scheme="own", value="A1")
    text = HEAD + "A1,Tara Clinic,,,,,,yes\nA1,Ganga House,,,,,,yes\n"
    judged = judge_affiliations(access, text)
    assert [each.is_taken for each in judged] == [True, True]

    objection = refusal(lambda: import_affiliations(judged, file_name="x.csv", by=SYSTEM))

    assert str(Refused(objection)).startswith("Line 3: Tara Clinic is the primary place")
    assert line(asha) == []


def test_where_two_people_say_it_a_file_asks_for_it(organisation, access, asha):
    IdentifierFactory(clinician=asha, scheme="own", value="A1")
    guard_fields(["affiliation"], by=SYSTEM)
    text = HEAD + "A1,Tara Clinic,,,,,,yes\nA1,Ganga House,,,,,,\n"

    judged = judge_affiliations(access, text)
    done = import_affiliations(judged, file_name="places.csv", by=SYSTEM)

    # The first place of somebody is noted at once, as it is by hand.
    assert [each.is_asked for each in judged] == [False, True]
    assert done == TakenLines(noted=1, asked=1)
    assert [place for place, *_days in line(asha)] == ["Tara Clinic"]
    request = ChangeRequest.objects.get()
    assert request.now.startswith("Ganga House")
    assert request.evidence == "places.csv"
    decide_change(request, accepted=True, by=UserFactory().actor())
    assert {place for place, *_days in line(asha)} == {"Tara Clinic", "Ganga House"}


def test_a_merge_carries_places_and_its_undoing_brings_them_back(asha):
    twin = ClinicianFactory(full_name="A. Rao", npi=False)
    works(asha, is_primary=True, from_on=date(2020, 1, 1))
    works(twin, "Tara Clinic", is_primary=True, role="Consultant")
    works(twin, "Ganga House", from_on=date(2024, 1, 1))
    before = line(asha), line(twin), known_at(asha), known_at(twin)

    merge = merge_clinicians(asha, twin, by=SYSTEM)
    assert line(asha) == [
        ("Tara Clinic", None, None, False),
        ("Bhima Hospital", date(2020, 1, 1), None, True),
        ("Ganga House", date(2024, 1, 1), None, False),
    ]
    assert (line(twin), known_at(asha)) == ([], "Bhima Hospital")

    undo_merge(merge, by=SYSTEM)
    assert (line(asha), line(twin), known_at(asha), known_at(twin)) == before
    assert not merge.lines.exclude(fate="put_back").exists()
    assert verify_journal().faults == []


def test_a_merge_that_takes_the_place_over_makes_it_the_primary_one(asha):
    twin = ClinicianFactory(full_name="A. Rao", npi=False)
    works(asha, is_primary=True)
    works(twin, "Tara Clinic", is_primary=True)
    before = line(asha), line(twin)

    merge = merge_clinicians(asha, twin, take=["institution_id"], by=SYSTEM)
    assert line(asha) == [("Bhima Hospital", None, None, False), ("Tara Clinic", None, None, True)]
    assert known_at(asha) == "Tara Clinic"

    undo_merge(merge, by=SYSTEM)
    assert (line(asha), line(twin)) == before
    assert known_at(asha) == "Bhima Hospital"


def test_the_same_post_of_both_stays_with_each(asha):
    twin = ClinicianFactory(full_name="A. Rao", npi=False, city="Pune")
    for one in (asha, twin):
        works(one, is_primary=True, role="Consultant")

    merge = merge_clinicians(asha, twin, by=SYSTEM)

    assert line(asha) == [("Bhima Hospital", None, None, True)]
    assert merge.lines.filter(table="directory.Affiliation", fate="stayed").count() == 1
    undo_merge(merge, by=SYSTEM)
    assert line(twin) == [("Bhima Hospital", None, None, True)]


MEANING = Meaning(
    {"full_name": 0, "number": 1, "institution": 2}, scheme="own", profession="physician"
)


def brought(organisation, folder, *rows):
    path = table_path(folder, ("Name", "Number", "Hospital"), *rows)
    return bring_in(organisation, path, meaning=MEANING)[0]


def test_a_file_of_people_notes_where_they_work_and_who_moved(organisation, tmp_path, asha):
    IdentifierFactory(clinician=asha, scheme="own", value="A1")
    works(asha, is_primary=True, from_on=date(2020, 1, 1))
    rows = (("Asha Rao", "A1", "Tara Clinic"), ("Ravi Iyer", "R1", "Tara Clinic"))

    made = brought(organisation, tmp_path, *rows)

    ravi = Clinician.objects.get(full_name="Ravi Iyer")
    assert line(ravi) == [("Tara Clinic", None, None, True)]
    assert line(asha) == [
        ("Bhima Hospital", date(2020, 1, 1), YESTERDAY, True),
        ("Tara Clinic", TODAY, None, True),
    ]
    assert known_at(asha) == "Tara Clinic"
    assert verify_journal().holds

    undo = take_back(made)
    assert line(asha) == [("Bhima Hospital", date(2020, 1, 1), None, True)]
    assert known_at(asha) == "Bhima Hospital"
    assert undo.counts["people"] == 1
    assert undo.counts["institutions"] == 1
    assert not Affiliation.objects.exclude(clinician=asha).exists()
    assert verify_journal().holds


def test_a_place_that_somebody_noted_since_keeps_a_newcomer(organisation, tmp_path):
    made = brought(organisation, tmp_path, ("Ravi Iyer", "R1", "Tara Clinic"))
    works(Clinician.objects.get(), "Ganga House", role="Consultant")

    undo = take_back(made)

    assert (undo.counts["people"], undo.counts["institutions"]) == (0, 0)
    assert len(line(Clinician.objects.get())) == 2


def test_a_large_file_is_placed_in_one_statement(
    organisation, tmp_path, django_assert_max_num_queries
):
    rows = [(f"Person {n}", f"N{n}", "Tara Clinic") for n in range(30)]

    with django_assert_max_num_queries(150):
        brought(organisation, tmp_path, *rows)

    assert Affiliation.objects.filter(is_primary=True).count() == 30


PLACE = "affiliation"


@pytest.fixture
def guarded(organisation):
    """An organisation where two people change where somebody works."""
    guard_fields([PLACE], by=SYSTEM)


@pytest.fixture
def two():
    return [Actor("user", UserFactory().pk, name) for name in ("Noor", "Ines")]


def asked(clinician, step, by):
    request = settle_place(clinician, step, by=by)
    assert isinstance(request, ChangeRequest)
    return request


def test_the_first_place_is_noted_at_once_and_each_further_step_waits(guarded, asha, two):
    first = settle_place(
        asha, PlaceStep("add", facts=AffiliationFacts("Bhima Hospital", is_primary=True)), by=two[0]
    )
    assert isinstance(first, Affiliation)
    facts = AffiliationFacts("Tara Clinic", role="Head", from_on=TODAY, is_primary=True)

    bare = refusal(lambda: settle_place(asha, PlaceStep("add", facts=facts), by=two[0]))
    assert bare == NO_EVIDENCE
    request = asked(asha, PlaceStep("add", facts=replace(facts, source="Her letter")), two[0])

    assert known_at(asha) == "Bhima Hospital"
    assert request.now == "Tara Clinic, Head, from 15 Jun 2026, primary place"
    own = refusal(lambda: decide_change(request, accepted=True, by=two[0]))
    assert own.code == "own_change"
    decide_change(request, accepted=True, by=two[1])
    assert known_at(asha) == "Tara Clinic"
    assert Affiliation.objects.get(institution__name="Tara Clinic").role == "Head"


def test_places_are_corrected_ended_and_taken_away_by_two(guarded, asha, two):
    row = works(asha, from_on=date(2020, 1, 1), is_primary=True)
    facts = AffiliationFacts(
        *("Bhima Hospital", "Pune", "Consultant"),
        from_on=date(2020, 1, 1),
        is_primary=True,
        source="Her letter",
    )
    steps = (
        PlaceStep("change", row, facts),
        PlaceStep("end", row, on=YESTERDAY, reason="Retired"),
        PlaceStep("remove", row, reason="Another Rao"),
    )

    for step, stands in zip(
        steps, ([("Consultant", None)], [("Consultant", YESTERDAY)], []), strict=True
    ):
        row.refresh_from_db()
        decide_change(asked(asha, replace(step, row=row), two[0]), accepted=True, by=two[1])
        assert list(Affiliation.objects.of(asha).values_list("role", "until_on")) == stands
    assert verify_journal().holds


def test_what_changed_meanwhile_is_not_agreed_to_blindly(guarded, asha, two):
    row = works(asha, from_on=date(2020, 1, 1))
    request = asked(asha, PlaceStep("end", row, on=TODAY, reason="Left"), two[0])
    end_affiliation(row, YESTERDAY, by=SYSTEM)

    objection = refusal(lambda: decide_change(request, accepted=True, by=two[1]))
    assert objection.code == "says_otherwise"
    assert "until 14 Jun 2026" in str(Refused(objection))

    remove_affiliation(row, by=SYSTEM, reason="Never")
    gone = refusal(lambda: decide_change(request, accepted=True, by=two[1]))
    assert gone.code == "says_otherwise"
    assert decide_change(request, accepted=False, by=two[1], reason="Gone").state == "refused"


def test_the_institution_of_the_form_is_guarded_with_it(guarded, asha, two):
    works(asha, is_primary=True)
    other = InstitutionFactory(name="Tara Clinic", city="Pune")

    done = correct_clinician(asha, {"institution": other}, by=two[0], evidence="Her letter")

    assert [each.field for each in done.waiting] == ["institution"]
    assert known_at(asha) == "Bhima Hospital"
    decide_change(done.waiting[0], accepted=True, by=two[1])
    assert known_at(asha) == "Tara Clinic"


def test_an_organisation_adds_what_two_people_change_and_takes_it_back(organisation, asha):
    always = guarded_fields()
    assert "specialty" in guard_fields(["specialty", "city"], by=SYSTEM)
    waits = correct_clinician(asha, {"city": "Goa"}, by=SYSTEM, evidence="A letter").waiting
    assert [each.field for each in waits] == ["city"]

    assert guard_fields([], by=SYSTEM) == always
    assert correct_clinician(asha, {"specialty": "Surgery"}, by=SYSTEM).waiting == []
    wrong = refusal(lambda: guard_fields(["shoe_size"], by=SYSTEM))
    assert wrong == NOT_A_VALUE
    assert Entry.objects.filter(action="change.guarded").count() == 2


def test_nothing_ends_before_the_first_day_that_calendars_count(asha):
    works(asha, is_primary=True)

    refused = refusal(lambda: works(asha, "Ward 9", from_on=date.min, is_primary=True))

    assert refused.code == "primary_elsewhere"
    assert len(line(asha)) == 1

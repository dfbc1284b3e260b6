"""Fields of one's own: what they are, what they say, who sees it, by whom it is changed."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.directory.actions.changes import correct_clinician, decide_change, propose_change
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.actions.institutions import (
    InstitutionFacts,
    change_institution,
    enter_institution,
)
from symposia.directory.actions.merging import merge_clinicians, undo_merge
from symposia.directory.actions.own_fields import (
    add_own_field,
    bring_back_own_field,
    change_own_field,
    remove_own_field,
    retire_own_field,
)
from symposia.directory.actions.segments import SegmentFacts, save_segment
from symposia.directory.affiliation_lists import INSTITUTIONS
from symposia.directory.changing import ChangeFacts
from symposia.directory.lists import CLINICIANS
from symposia.directory.models import (
    ChangeRequest,
    Clinician,
    OwnField,
    OwnKind,
    OwnOf,
    OwnValue,
    Proposable,
)
from symposia.directory.own_queries import own_said, own_said_openly
from symposia.directory.owning import (
    NOT_A_DAY,
    NOT_A_NUMBER,
    NOT_ON_THE_LIST,
    NOT_WORDS,
    NOT_YES_OR_NO,
    TOO_LONG,
    as_program_reads,
    own_in_words,
    plain_own,
    read_own,
)
from symposia.directory.policies.changes import ALREADY_PROPOSED, NO_EVIDENCE, SAYS_SO_ALREADY
from symposia.directory.policies.own import (
    FIELD_IN_USE,
    FIELD_NEEDED,
    FIELD_RETIRED,
    KIND_IN_USE,
    LABEL_TAKEN,
    MOST_FIELDS,
    NO_LABEL,
    NO_SUCH_RIGHT,
    NO_WORDS,
    OF_PEOPLE_ALONE,
    TOO_MANY_FIELDS,
    TOO_MANY_WORDS,
    WORD_IN_USE,
    WORD_TWICE,
    WORD_UNFIT,
    WORDS_OF_NO_LIST,
    OwnFieldFacts,
    facts_of,
)
from symposia.directory.segments import as_query, filter_in_words, members_of, narrowed
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.lists import as_text
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory, member
from tests.factories.directory import ClinicianFactory, InstitutionFactory

SAMPLES = {
    OwnKind.TEXT: ("  by the  gate ", "by the gate", "by the gate"),
    OwnKind.NUMBER: (" 12.50 ", Decimal("12.5"), "12.5"),
    OwnKind.DAY: ("2026-01-31", date(2026, 1, 31), "2026-01-31"),
    OwnKind.YES_NO: ("YES", True, "yes"),
    OwnKind.ONE: ("north", "North", "North"),
    OwnKind.SEVERAL: ("West;north", ("North", "West"), "North; West"),
}


def added(label="Parking", kind="text", of="clinician", **said):
    if kind in {"one", "several"}:
        said.setdefault("options", ("North", "South", "West"))
    return add_own_field(of, OwnFieldFacts(label, kind, **said), by=SYSTEM)


def say(record, own, by=SYSTEM, **said):
    return correct_clinician(record, {}, own=own, by=by, **said)


def access(organisation, role="coordinator"):
    return access_of(member(organisation, role), organisation, at=now())


def refused(objection, act):
    with pytest.raises(Refused) as no:
        act()
    assert no.value.objection.code == objection.code
    return str(no.value)


@pytest.mark.parametrize("kind", OwnKind.values)
def test_what_is_said_is_kept_by_its_kind_and_read_back(organisation, kind):
    field, (given, kept, plain) = added(kind=kind), SAMPLES[kind]
    person = ClinicianFactory()

    say(person, {field: read_own(field, given)})

    row = OwnValue.objects.get()
    assert row.said == kept
    assert plain_own(row.said) == plain
    assert read_own(field, plain) == kept
    assert read_own(field, as_program_reads(kept)) == kept
    assert own_in_words(row.said)
    assert (read_own(field, ""), read_own(field, None)) == (None, None)


@pytest.mark.parametrize(
    ("kind", "given", "objection"),
    [
        ("number", "a few", NOT_A_NUMBER),
        ("number", "NaN", NOT_A_NUMBER),
        ("number", True, NOT_A_NUMBER),
        ("number", "1.23456", NOT_A_NUMBER),
        ("number", "1e15", NOT_A_NUMBER),
        ("day", "31/01/2026", NOT_A_DAY),
        ("day", "2026-02-30", NOT_A_DAY),
        ("yes_no", "maybe", NOT_YES_OR_NO),
        ("one", "East", NOT_ON_THE_LIST),
        ("several", "North; East", NOT_ON_THE_LIST),
        ("text", "a" * 251, TOO_LONG),
        ("text", True, NOT_WORDS),
        ("text", ["a"], NOT_WORDS),
    ],
)
def test_what_a_field_cannot_say_is_told_in_words(organisation, kind, given, objection):
    field = added(kind=kind)

    words = refused(objection, lambda: read_own(field, given))

    assert words.startswith("Parking: ")
    assert str(given)[:20].split(";")[-1].strip() in words


def test_a_field_gets_a_code_that_stays(organisation):
    first = added("Parking permit")
    retire_own_field(first, by=SYSTEM)
    second, other = added("Parking permit"), added("停车")

    renamed = change_own_field(second, OwnFieldFacts("Garage"), by=SYSTEM)

    assert [each.code for each in (first, renamed, other)] == [
        "parking_permit",
        "parking_permit_2",
        "field",
    ]
    assert renamed.name == "own_parking_permit_2"


@pytest.mark.parametrize(
    ("facts", "of", "objection"),
    [
        (OwnFieldFacts(" "), "clinician", NO_LABEL),
        (OwnFieldFacts("parking"), "clinician", LABEL_TAKEN),
        (OwnFieldFacts("X", "one"), "clinician", NO_WORDS),
        (OwnFieldFacts("X", options=("A",)), "clinician", WORDS_OF_NO_LIST),
        (OwnFieldFacts("X", "one", options=("A", "a")), "clinician", WORD_TWICE),
        (OwnFieldFacts("X", "one", options=("A;B",)), "clinician", WORD_UNFIT),
        (OwnFieldFacts("X", "one", options=("A" * 61,)), "clinician", WORD_UNFIT),
        (
            OwnFieldFacts("X", "several", options=tuple(f"{n:050}" for n in range(6))),
            "clinician",
            TOO_MANY_WORDS,
        ),
        (OwnFieldFacts("X", permission="fly"), "clinician", NO_SUCH_RIGHT),
        (OwnFieldFacts("X", by_two=True), "institution", OF_PEOPLE_ALONE),
    ],
)
def test_a_field_that_cannot_be_is_refused(organisation, facts, of, objection):
    added("Parking")

    refused(objection, lambda: add_own_field(of, facts, by=SYSTEM))


def test_people_and_institutions_may_have_fields_of_one_name(organisation):
    added("Parking")

    assert added("Parking", of="institution").code == "parking"


def test_there_are_only_so_many(organisation):
    for number in range(MOST_FIELDS):
        added(f"Field {number}")

    refused(TOO_MANY_FIELDS, lambda: added("One more"))


def test_what_was_said_goes_on_being_right(organisation):
    one, several = added("Wing", "one"), added("Wings", "several")
    person = ClinicianFactory()
    say(person, {one: "North", several: ("South", "West")})

    for field, word in ((one, "North"), (several, "South")):
        others = tuple(each for each in field.options if each != word)
        facts = OwnFieldFacts(field.label, field.kind, options=others)
        act = partial(change_own_field, field, facts, by=SYSTEM)
        assert word in refused(WORD_IN_USE, act)
    refused(KIND_IN_USE, lambda: change_own_field(one, OwnFieldFacts("Wing"), by=SYSTEM))
    refused(FIELD_IN_USE, lambda: remove_own_field(one, by=SYSTEM))
    wider = OwnFieldFacts("Wing", "one", options=("East", *one.options), in_list=True)
    assert change_own_field(one, wider, by=SYSTEM).options[0] == "East"


def test_a_field_is_retired_and_asked_again(organisation):
    field, person = added(), ClinicianFactory()
    say(person, {field: "Gate 3"})
    seen = access(organisation)

    field = retire_own_field(field, by=SYSTEM)

    assert own_said(seen, person) == {field: "Gate 3"}
    assert own_said(seen, ClinicianFactory()) == {}
    refused(FIELD_RETIRED, lambda: say(person, {field: "Gate 4"}))
    say(person, {field: None})
    assert not OwnValue.objects.exists()
    field = bring_back_own_field(field, by=SYSTEM)
    assert own_said(seen, person) == {field: None}
    remove_own_field(field, by=SYSTEM)
    assert not OwnField.objects.exists()


def test_a_field_does_not_come_back_beside_one_of_its_name(organisation):
    field = retire_own_field(added(), by=SYSTEM)
    added()

    refused(LABEL_TAKEN, lambda: bring_back_own_field(field, by=SYSTEM))


def test_each_change_is_journalled_with_what_it_was(organisation):
    field, person = added("Parking"), ClinicianFactory()
    by = UserFactory().actor()
    for said in ("Gate 3", "Gate 4", "Gate 4", None):
        say(person, {field: said}, by=by)

    lines = Entry.objects.filter(action__startswith="own_value.").order_by("id")
    told = [(each.action, each.details["changes"][0]) for each in lines]
    assert [(action, each["was"], each["now"]) for action, each in told] == [
        ("own_value.set", "", "Gate 3"),
        ("own_value.set", "Gate 3", "Gate 4"),
        ("own_value.removed", "Gate 4", ""),
    ]
    of_person = Entry.objects.filter(subject_id=person.pk, action="clinician.changed")
    assert of_person.count() == 3
    assert of_person.first().details["changes"][0]["label"] == "Parking"
    assert verify_journal().holds


def test_what_few_may_see_is_not_told_on_the_persons_history(organisation):
    field, person = added("Dispute", permission="view_money"), ClinicianFactory()

    say(person, {field: "An open bill"})

    assert not Entry.objects.filter(subject_id=person.pk, action="clinician.changed").exists()
    assert Entry.objects.filter(action="own_value.set").exists()
    assert own_said_openly(person) == []


def test_a_field_is_seen_with_its_permission_alone(organisation):
    openly, money = added("Parking"), added("Dispute", permission="view_money")
    person = ClinicianFactory()
    say(person, {openly: "Gate 3", money: "An open bill"})
    may, may_not = access(organisation), access(organisation, "field_representative")

    assert [each.label for each in own_said(may, person)] == ["Dispute", "Parking"]
    assert list(own_said(may_not, person)) == [openly]
    names = [{column.name for column in CLINICIANS.seen_by(a).columns} for a in (may, may_not)]
    assert ["own_dispute" in each for each in names] == [True, False]


def test_the_database_holds_what_a_value_is(organisation):
    field, person = added(), ClinicianFactory()
    for wrong in (
        {"clinician": person},
        {"text": "x"},
        {"clinician": person, "institution": InstitutionFactory(), "text": "x"},
        {"clinician": person, "text": "x", "truth": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnValue.objects.create(field=field, set_by_name="T", **wrong)


def test_somebody_new_says_what_is_needed(organisation):
    field = added("Parking", is_required=True)

    words = refused(
        FIELD_NEEDED, lambda: add_clinician(full_name="Asha", own={field: None}, by=SYSTEM)
    )
    assert "Parking" in words
    made = add_clinician(full_name="Asha Rao", own={field: "Gate 3"}, by=SYSTEM)
    assert OwnValue.objects.get(clinician=made).said == "Gate 3"
    # What the product itself adds (a door, a register) is not asked.
    assert add_clinician(full_name="At the door", by=SYSTEM)


def test_institutions_have_fields_too(organisation):
    beds = added("Beds", "number", of=OwnOf.INSTITUTION, is_required=True)
    facts = InstitutionFacts("Mercy", city="Boston")
    refused(FIELD_NEEDED, lambda: enter_institution(facts, own={beds: None}, by=SYSTEM))

    house = enter_institution(facts, own={beds: Decimal(300)}, by=SYSTEM)
    change_institution(house, facts, own={beds: Decimal(320)}, by=SYSTEM)

    assert own_said(access(organisation), house) == {beds: Decimal(320)}
    assert Entry.objects.filter(subject_id=house.pk, action="institution.changed").count() == 2
    assert verify_journal().holds


# what two people change


def test_of_two_the_first_word_is_noted_and_the_next_one_asked_for(organisation):
    field, person = added("Line manager", by_two=True), ClinicianFactory()
    assert say(person, {field: "Dr Iyer"}).waiting == []

    refused(NO_EVIDENCE, lambda: say(person, {field: "Dr Khan"}))
    [waiting] = say(person, {field: "Dr Khan"}, evidence="Her letter").waiting

    assert (waiting.called, waiting.was, waiting.now) == ("Line manager", "Dr Iyer", "Dr Khan")
    assert OwnValue.objects.get().said == "Dr Iyer"
    refused(ALREADY_PROPOSED, lambda: say(person, {field: "Dr Roy"}, evidence="Another"))
    decide_change(waiting, accepted=True, by=UserFactory().actor())
    assert OwnValue.objects.get().said == "Dr Khan"
    [emptied] = say(person, {field: None}, evidence="She left").waiting
    decide_change(emptied, accepted=True, by=UserFactory().actor())
    assert not OwnValue.objects.exists()
    assert verify_journal().holds


def test_anybody_who_sees_a_field_may_ask_for_a_change_of_it(organisation):
    field, other = added("Guest of honour", "yes_no"), added("Speaks", "yes_no")
    person = ClinicianFactory()
    say(person, {field: True, other: True})
    by = UserFactory().actor()

    def ask(what, wanted):
        facts = ChangeFacts(Proposable.OWN, now=wanted, evidence="She said so", own=what)
        return propose_change(person, facts, by=by)

    refused(SAYS_SO_ALREADY, lambda: ask(field, "Yes"))
    refused(NOT_YES_OR_NO, lambda: ask(field, "perhaps"))
    waiting = [ask(field, "no"), ask(other, "no")]
    decide_change(waiting[0], accepted=True, by=UserFactory().actor())

    assert OwnValue.objects.get(field=field).said is False
    refused(FIELD_IN_USE, lambda: remove_own_field(other, by=SYSTEM))


def test_a_request_about_what_few_may_see_is_seen_by_few(organisation):
    field, person = added("Dispute", permission="view_money"), ClinicianFactory()
    facts = ChangeFacts(Proposable.OWN, now="An open bill", evidence="The bill", own=field)
    propose_change(person, facts, by=UserFactory().actor())

    seen = [
        ChangeRequest.objects.visible_to(access(organisation, role)).count()
        for role in ("coordinator", "field_representative")
    ]

    assert seen == [1, 0]


# merging


def test_a_merge_moves_what_only_one_record_says_and_its_undo_moves_it_back(organisation):
    parking, honour = added("Parking"), added("Guest of honour", "yes_no")
    kept, gone = ClinicianFactory(), ClinicianFactory(npi=False)
    say(kept, {parking: "Gate 3"})
    say(gone, {parking: "Gate 9", honour: True})

    merge = merge_clinicians(kept, gone, by=Actor("person", None, "Steward"))

    seen = access(organisation)
    assert own_said(seen, kept) == {honour: True, parking: "Gate 3"}
    assert own_said(seen, Clinician.objects.get(pk=gone.pk))[parking] == "Gate 9"
    undo_merge(merge, by=SYSTEM)
    assert own_said(seen, kept) == {honour: None, parking: "Gate 3"}
    assert own_said(seen, gone) == {honour: True, parking: "Gate 9"}
    assert verify_journal().holds


# lists and segments


@pytest.fixture
def crowd(organisation):
    fields = {kind: added(f"Own {kind}", kind, is_filter=True) for kind in OwnKind.values}
    people = [ClinicianFactory(full_name=f"Person {place}") for place in range(3)]
    said = {
        "text": ("Gate 3", "Gate 30", None),
        "number": (Decimal(3), Decimal("12.5"), None),
        "day": (date(2026, 1, 31), date(2027, 1, 31), None),
        "yes_no": (True, False, None),
        "one": ("North", "South", None),
        "several": (("North", "West"), ("South", "West"), None),
    }
    for place, person in enumerate(people):
        say(person, {field: said[kind][place] for kind, field in fields.items()})
    return people


@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        ("own_own_text", ["gate 3"], [0, 1]),
        ("own_own_number", ["3"], [0]),
        ("own_own_number", ["3..12.5"], [0, 1]),
        ("own_own_number", ["4.."], [1]),
        ("own_own_number", ["many"], []),
        ("own_own_day", ["2026-01-31"], [0]),
        ("own_own_day", ["..2026-12-31"], [0]),
        ("own_own_yes_no", ["yes"], [0]),
        ("own_own_yes_no", ["no", "~"], [1, 2]),
        ("own_own_yes_no", [""], [0, 1, 2]),
        ("own_own_yes_no", ["perhaps"], []),
        ("own_own_one", ["South"], [1]),
        ("own_own_several", ["North", "South"], [0, 1]),
        ("own_own_several", ["~"], [2]),
        ("own_unknown", ["x"], [0, 1, 2]),
    ],
)
def test_the_list_of_people_is_filtered_by_what_fields_say(
    organisation, crowd, name, values, found
):
    rows = CLINICIANS.rows_for(access(organisation), {name: values})

    assert list(rows) == [crowd[place] for place in found]


def test_the_columns_say_it_as_files_do(organisation, crowd):
    seen = access(organisation)
    listed = CLINICIANS.seen_by(seen)
    own = [column for column in listed.columns if column.name.startswith("own_")]

    rows = [[as_text(c.value(row)) for c in own] for row in listed.rows_for(seen, {})]

    assert rows[0] == ["2026-01-31", "3", "North", "North; West", "Gate 3", "Yes"]
    assert rows[2] == [""] * 6


def test_a_segment_asks_a_field_and_nobody_belongs_who_may_not_see_it(organisation):
    field = added("Dispute", permission="view_money", is_filter=True)
    parking = added("Parking", is_filter=True)
    person, _other = ClinicianFactory(), ClinicianFactory()
    say(person, {field: "An open bill", parking: "Gate 3"})
    may, may_not = access(organisation), access(organisation, "field_representative")
    facts = SegmentFacts("Disputes", "", True, "filter", "own_dispute=bill&own_parking=gate")

    segment = save_segment(facts, by=SYSTEM, access=may)

    assert list(members_of(segment, may)) == [person]
    assert list(narrowed(Clinician.objects.all(), segment)) == [person]
    assert not members_of(segment, may_not).exists()
    assert ("Dispute", "bill") in filter_in_words(segment.query, may)
    assert filter_in_words(segment.query, may_not) == [("Parking", "gate")]
    assert as_query("own_dispute=bill&own_parking=gate", may_not) == "own_parking=gate"
    retire_own_field(field, by=SYSTEM)
    assert list(members_of(segment, may)) == [person]


def test_a_segment_of_a_field_that_is_gone_has_nobody(organisation):
    field = added("Wing", "one")
    ClinicianFactory()
    facts = SegmentFacts("North", "", True, "filter", "own_wing=North")
    segment = save_segment(facts, by=SYSTEM, access=access(organisation))

    remove_own_field(field, by=SYSTEM)

    assert not narrowed(Clinician.objects.all(), segment).exists()


def test_a_word_that_went_from_its_list_widens_no_segment(organisation):
    field = added("Wing", "one")
    ClinicianFactory()
    facts = SegmentFacts("North", "", True, "filter", "own_wing=North")
    segment = save_segment(facts, by=SYSTEM, access=access(organisation))
    less = OwnFieldFacts("Wing", "one", options=("South",))

    change_own_field(field, less, by=SYSTEM)

    assert not narrowed(Clinician.objects.all(), segment).exists()


def test_institutions_are_filtered_by_their_own_fields(organisation):
    beds = added("Beds", "number", of=OwnOf.INSTITUTION, is_filter=True)
    big, _small = InstitutionFactory(), InstitutionFactory()
    change_institution(
        big, InstitutionFacts(big.name, city=big.city), own={beds: Decimal(900)}, by=SYSTEM
    )

    rows = INSTITUTIONS.rows_for(access(organisation), {"own_beds": ["500.."]})

    assert list(rows) == [big]


def test_a_field_says_again_what_it_is(organisation):
    field = added("Wing", "several", in_list=True, place=7, help="Where the ward is")

    assert change_own_field(field, facts_of(field), by=SYSTEM) == field
    assert not Entry.objects.filter(action="own_field.changed").exists()

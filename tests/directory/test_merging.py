from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.activities.models import Contributor
from symposia.audit.actions import record_each
from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.compliance.models import Restriction
from symposia.credits.models import CreditEntry
from symposia.credits.queries import credit_totals, learning_of
from symposia.directory.actions.changes import decide_change, propose_change
from symposia.directory.actions.clinicians import add_clinician, reactivate_clinician
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.actions.merging import gather_stragglers, merge_clinicians, undo_merge
from symposia.directory.actions.restrictions import RestrictionFacts, restrict_person
from symposia.directory.asking import may_be_asked, ways_of
from symposia.directory.changing import ChangeFacts
from symposia.directory.duplicates.belongings import belonging
from symposia.directory.duplicates.preview import preview_of
from symposia.directory.duplicates.references import references
from symposia.directory.models import (
    ChangeRequest,
    Clinician,
    ConsentStatement,
    Merge,
    MergeLine,
)
from symposia.directory.policies.duplicates import BEHIND_A_WALL, TWO_WAITING_CHANGES
from symposia.outreach.models import Invitation
from symposia.registrations.actions.places import register_clinician
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import behind
from tests.factories.accounts import UserFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditEntryFactory, CreditOfferFactory
from tests.factories.directory import ClinicianFactory, IdentifierFactory
from tests.factories.outreach import InvitationFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def two(organisation):
    """One person twice: once with a number, once with an account and nothing else."""
    kept = ClinicianFactory(full_name="Asha Kulkarni", email="asha@example.org", phone="")
    merged = ClinicianFactory(
        full_name="A. Kulkarni",
        display_name="Dr. Asha",
        email="ak@example.org",
        phone="+1 617 555 0100",
        npi=False,
    )
    return kept, merged


def pointing(clinician):
    """Everything that names a record, as the tables have it."""
    return {
        (each.label, each.name, row["id"]): row
        for each in references()
        for row in each.of(clinician).values()
    }


def a_life(clinician):
    """Rows of every part of the product that hang on somebody."""
    IdentifierFactory(clinician=clinician, scheme="own", value=f"OWN{clinician.pk.hex[-8:]}")
    registration = RegistrationFactory(clinician=clinician)
    InvitationFactory(clinician=clinician)
    restrict_person(clinician, RestrictionFacts("retired", "Hospital", date(2026, 1, 1)), by=SYSTEM)
    Contributor.objects.create(clinician=clinician, name=clinician.full_name)
    Restriction.objects.create(
        kind="person",
        clinician=clinician,
        words="A",
        reason="B",
        from_on=date(2026, 1, 1),
        added_by_name="C",
    )
    propose_change(clinician, ChangeFacts("city", "Pune"), by=SYSTEM)
    return registration


def codes(kept, merged):
    return [objection.code for objection in preview_of(kept, merged).objections]


def test_every_table_that_names_a_person_says_in_words_what_it_holds():
    found = {each.label for each in references()}

    assert {label for label in found if belonging(label) is None} == set()
    assert {
        *("registrations.Registration", "outreach.Invitation", "credits.CreditEntry"),
        *("credits.Certificate", "activities.Contributor", "directory.ConsentStatement"),
        *("compliance.Restriction", "directory.SegmentMember", "directory.ChangeRequest"),
    } <= found


def test_everything_that_hangs_on_a_record_follows_the_person(two):
    kept, merged = two
    a_life(merged)
    before = set(pointing(merged))

    merge = merge_clinicians(kept, merged, by=SYSTEM)

    assert pointing(merged) == {}
    assert before <= set(pointing(kept))
    merged.refresh_from_db()
    assert (merged.merged_into, merged.is_active) == (kept, False)
    assert merge.lines.filter(fate="moved").exclude(table="directory.Clinician").count() == len(
        before
    )


def test_the_journal_still_holds_after_a_merge_and_its_undoing(two):
    kept, merged = two
    record_each(SYSTEM, "registration.requested", [a_life(merged)])

    merge = merge_clinicians(kept, merged, take=["phone"], by=SYSTEM)
    assert verify_journal().faults == []
    undo_merge(merge, by=SYSTEM)

    assert verify_journal().faults == []
    assert Entry.objects.filter(action="clinicians.row_moved").count() > 5


def test_undoing_puts_back_exactly_what_moved(two):
    kept, merged = two
    a_life(merged)
    RegistrationFactory(clinician=kept)
    before = [pointing(kept), pointing(merged)]
    facts = [Clinician.objects.values().get(pk=one.pk) for one in two]

    merge = merge_clinicians(kept, merged, take=["phone", "display_name"], by=SYSTEM)
    kept.refresh_from_db()
    assert (kept.display_name, kept.phone) == ("Dr. Asha", "+1 617 555 0100")
    undo_merge(merge, reason="Two people", by=SYSTEM)

    assert [pointing(kept), pointing(merged)] == before
    assert [Clinician.objects.values().get(pk=one.pk) for one in two] == facts
    assert not merge.lines.exclude(fate="put_back").exists()


def one_of(organisation):
    return member(organisation, "coordinator").actor()


def test_whoever_adds_a_twin_does_not_change_what_two_people_change(organisation):
    """Whichever record is kept, and whatever is taken: the older one was there before."""
    for keeps_the_older in (True, False):
        asha = ClinicianFactory(full_name="Asha Rao", email="asha@example.org", npi=False)
        one, facts = one_of(organisation), {"profession": "physician", "country": "US"}
        twin = add_clinician(full_name="Asha Rao", email="mine@example.net", **facts, by=one)
        kept, merged = (asha, twin) if keeps_the_older else (twin, asha)

        take = ["email"] if keeps_the_older else []
        merge = merge_clinicians(kept, merged, take=take, by=one)

        kept.refresh_from_db()
        assert kept.email == "asha@example.org"
        asked = ChangeRequest.objects.waiting().get(clinician=kept)
        assert (asked.field, asked.now) == ("email", "mine@example.net")
        with pytest.raises(Refused) as refused:
            decide_change(asked, accepted=True, by=one)
        assert refused.value.objection.code == "own_change"

        undo_merge(merge, by=one)
        asked.refresh_from_db()
        kept.refresh_from_db()
        assert asked.state == "withdrawn"
        assert kept.email == (asha.email if keeps_the_older else "mine@example.net")
        assert verify_journal().faults == []


def test_a_second_person_agrees_to_what_a_merge_asked_for(organisation, two):
    kept, merged = two
    merge_clinicians(kept, merged, take=["email"], by=one_of(organisation))

    decide_change(ChangeRequest.objects.get(), accepted=True, by=one_of(organisation))

    kept.refresh_from_db()
    assert kept.email == "ak@example.org"


def test_what_a_second_person_agreed_to_before_is_taken_over_at_once(organisation, two):
    kept, merged = two
    one, other = one_of(organisation), one_of(organisation)
    told = ChangeFacts("email", "asha.k@example.org", evidence="Her card")
    decide_change(propose_change(merged, told, by=one), accepted=True, by=other)

    merge_clinicians(kept, merged, take=["email"], by=one)

    kept.refresh_from_db()
    assert kept.email == "asha.k@example.org"
    assert not ChangeRequest.objects.waiting().exists()


def test_what_came_since_stays_and_what_changed_since_is_left(two):
    kept, merged = two
    moved = RegistrationFactory(clinician=merged)
    merge = merge_clinicians(kept, merged, take=["phone", "specialty"], by=SYSTEM)
    since = RegistrationFactory(clinician=kept)
    Clinician.objects.filter(pk=kept.pk).update(phone="+1 617 555 0199")

    undo_merge(merge, by=SYSTEM)

    kept.refresh_from_db()
    assert (kept.phone, kept.email) == ("+1 617 555 0199", "asha@example.org")
    assert set(Registration.objects.filter(clinician=kept)) == {since}
    assert set(Registration.objects.filter(clinician=merged)) == {moved}
    assert merge.lines.get(fate="left").column == "phone"


def test_a_merge_is_undone_for_thirty_days_and_once(two):
    merge = merge_clinicians(*two, by=SYSTEM)

    with time_machine.travel(now() + timedelta(days=31)), pytest.raises(Refused, match="30 days"):
        undo_merge(merge, by=SYSTEM)

    undo_merge(merge, by=SYSTEM)
    with pytest.raises(Refused, match="undone already"):
        undo_merge(merge, by=SYSTEM)


def test_merges_are_undone_from_the_last_one(two):
    kept, merged = two
    third = ClinicianFactory(npi=False)
    place = RegistrationFactory(clinician=merged)
    first = merge_clinicians(kept, merged, by=SYSTEM)
    second = merge_clinicians(third, kept, by=SYSTEM)
    merged.refresh_from_db()
    assert merged.merged_into == third

    with pytest.raises(Refused, match="Undo that merge first"):
        undo_merge(first, by=SYSTEM)
    undo_merge(second, by=SYSTEM)
    undo_merge(first, by=SYSTEM)

    place.refresh_from_db()
    merged.refresh_from_db()
    assert (place.clinician, merged.is_merged) == (merged, False)


def test_only_two_records_of_their_own_are_merged(two):
    kept, merged = two
    other = ClinicianFactory(npi=False, deactivated_at=now())
    for one, its in ((kept, kept), (other, kept)):
        with pytest.raises(Refused):
            merge_clinicians(one, its, by=SYSTEM)

    merge_clinicians(kept, merged, by=SYSTEM)

    with pytest.raises(Refused, match="Asha was already found"):
        merge_clinicians(other, merged, by=SYSTEM)
    with pytest.raises(Refused, match="merged into Asha Kulkarni"):
        reactivate_clinician(merged, by=SYSTEM)


def test_two_numbers_of_one_register_are_two_people_or_one_is_wrong(two):
    kept, merged = two
    IdentifierFactory(clinician=merged)

    assert codes(kept, merged) == ["two_numbers_of_one_register"]
    with pytest.raises(Refused, match="take it away first"):
        merge_clinicians(kept, merged, by=SYSTEM)

    merged.identifiers.all().delete()
    assert merge_clinicians(kept, merged, by=SYSTEM)


def test_nobody_merges_what_a_wall_keeps_a_part_of_from_them(organisation, two):
    kept, merged = two

    with behind(",learners:independent,"):
        assert refused(lambda: merge_clinicians(kept, merged, by=SYSTEM)) == BEHIND_A_WALL

    assert not Merge.objects.exists()
    assert merge_clinicians(kept, merged, by=SYSTEM)


def test_two_changes_that_wait_for_one_field_are_decided_first(organisation, two):
    kept, merged = two
    asked = [propose_change(one, ChangeFacts("city", "Pune"), by=SYSTEM) for one in two]

    assert codes(kept, merged) == ["two_waiting_changes"]
    no = refused(lambda: merge_clinicians(kept, merged, by=SYSTEM))
    assert (no, str(no)) == (
        TWO_WAITING_CHANGES,
        "For both somebody asked to change: City. Decide on one of them first.",
    )
    assert not Merge.objects.exists()

    decide_change(asked[1], accepted=False, reason="No", by=one_of(organisation))
    assert codes(kept, merged) == []
    assert merge_clinicians(kept, merged, by=SYSTEM)


def refused(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.objection


def test_two_places_to_come_are_one_too_many(two):
    kept, merged = two
    activity = ActivityFactory(state="open", title="Grand rounds")
    for one in two:
        RegistrationFactory(clinician=one, activity=activity)

    with pytest.raises(Refused, match="“Grand rounds”"):
        merge_clinicians(kept, merged, by=SYSTEM)
    assert not Merge.objects.exists()


def test_what_both_had_at_something_over_stays_with_each(two):
    kept, merged = two
    over = ActivityFactory(state="held", wall_starts=datetime(2026, 1, 5, 9))  # noqa: DTZ001
    places = [RegistrationFactory(clinician=one, activity=over) for one in two]
    asked = [InvitationFactory(clinician=one, activity=over) for one in two]
    assert preview_of(kept, merged).staying[0].counted(1) == "1 invitation"

    merge = merge_clinicians(kept, merged, by=SYSTEM)

    assert [Registration.objects.get(pk=p.pk).clinician for p in places] == [kept, merged]
    assert [Invitation.objects.get(pk=p.pk).clinician for p in asked] == [kept, merged]
    assert merge.lines.filter(fate="stayed").count() == 2
    undo_merge(merge, by=SYSTEM)
    assert merge.lines.filter(fate="stayed").count() == 2


def test_one_person_earns_the_credit_of_an_activity_once(two):
    kept, merged = two
    over = ActivityFactory(state="held", wall_starts=datetime(2026, 1, 5, 9))  # noqa: DTZ001
    offer = CreditOfferFactory(activity=over)
    entries = [
        CreditEntryFactory(
            registration=RegistrationFactory(clinician=one, activity=over), offer=offer
        )
        for one in two
    ]

    assert codes(kept, merged) == ["credited_twice"]

    CreditEntryFactory(
        registration=entries[1].registration,
        offer=entries[1].offer,
        amount=-entries[1].amount,
        reason="revocation",
        explanation="Twice",
    )
    assert merge_clinicians(kept, merged, by=SYSTEM)


def test_the_ledger_is_not_rewritten_and_is_read_with_the_person(two):
    kept, merged = two
    kept.user = UserFactory()
    kept.save()
    entry = CreditEntryFactory(registration=RegistrationFactory(clinician=merged))

    merge_clinicians(kept, merged, by=SYSTEM)

    assert CreditEntry.objects.get(pk=entry.pk).clinician == merged
    learned = learning_of(kept.user_id)
    assert [(one.credit, one.registration.clinician) for one in learned.activities] == [
        (entry.amount, kept)
    ]
    assert credit_totals([entry.activity])[0].people == 1


def test_the_last_word_of_the_person_stands_under_whichever_record(two):
    kept, merged = two
    for one, given, day in ((merged, True, 1), (kept, True, 2), (merged, False, 3)):
        said = datetime(2026, 1, day, tzinfo=UTC)
        facts = ConsentFacts("invitations", "email", given, "form", "Paper", said_at=said)
        state_consent(one, facts, by=SYSTEM)
    assert may_be_asked([kept], "email", "invitations")[kept.pk] is None

    merge = merge_clinicians(kept, merged, by=SYSTEM)

    assert "said no" in str(may_be_asked([kept], "email", "invitations")[kept.pk])
    way = next(w for purpose in ways_of(kept) for w in purpose.ways if w.said)
    assert way.said.given is False
    assert [s.given for s in ConsentStatement.objects.standing()] == [False]
    undo_merge(merge, by=SYSTEM)
    assert may_be_asked([kept], "email", "invitations")[kept.pk] is None
    assert ConsentStatement.objects.standing().count() == 2


def test_a_merged_record_is_not_asked_and_its_link_and_address_lead_to_the_person(two):
    kept, merged = two
    merge_clinicians(kept, merged, by=SYSTEM)
    merged.refresh_from_db()

    assert "is the same person" in str(may_be_asked([merged], "email", "invitations")[merged.pk])
    assert Clinician.objects.of_link(merged.pk).get() == kept
    assert Clinician.objects.by_email("AK@example.org").get() == kept


def test_a_place_asked_for_by_the_record_that_went_is_the_persons(two):
    kept, merged = two
    merge_clinicians(kept, merged, by=SYSTEM)
    merged.refresh_from_db()

    place = register_clinician(merged, ActivityFactory(state="open"), source="office", by=SYSTEM)

    assert place.clinician == kept


def test_the_account_follows_where_the_person_has_none(two):
    kept, merged = two
    merged.user = UserFactory()
    merged.save()

    merge = merge_clinicians(kept, merged, by=SYSTEM)
    assert Clinician.objects.of_user(merged.user_id).get() == kept
    kept.refresh_from_db()
    assert kept.user_id == merged.user_id

    undo_merge(merge, by=SYSTEM)
    kept.refresh_from_db()
    assert kept.user_id is None
    assert Clinician.objects.of_user(merged.user_id).get() == merged


def test_both_accounts_open_the_one_record(two):
    kept, merged = two
    for one in two:
        one.user = UserFactory()
        one.save()

    merge_clinicians(kept, merged, by=SYSTEM)

    for one in two:
        assert Clinician.objects.of_user(one.user_id).get() == kept


def test_what_was_written_meanwhile_follows_and_goes_back_too(two):
    kept, merged = two
    merge = merge_clinicians(kept, merged, by=SYSTEM)
    late = RegistrationFactory(clinician=merged)

    assert gather_stragglers(merge, by=SYSTEM) == 1
    assert gather_stragglers(merge, by=SYSTEM) == 0

    late.refresh_from_db()
    assert late.clinician == kept
    undo_merge(merge, by=SYSTEM)
    late.refresh_from_db()
    assert late.clinician == merged
    assert gather_stragglers(merge, by=SYSTEM) == 0


def test_a_preview_is_three_statements_beside_what_the_contexts_ask(
    two, django_assert_max_num_queries
):
    a_life(two[1])
    with django_assert_max_num_queries(9):
        preview = preview_of(*two)

    assert preview.moved >= 6
    assert "1 registration" in [part.moving for part in preview.moving]


def test_another_organisation_is_not_reached(two):
    assert not MergeLine.objects.exists()
    merge_clinicians(*two, by=SYSTEM)
    assert set(MergeLine.objects.values_list("organisation_id", flat=True)) == {
        two[0].organisation_id
    }

"""Several ways to reach somebody, the one that is used, and what becomes of those that end."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.directory.actions.changes import (
    correct_clinician,
    decide_change,
    take_back_change,
)
from symposia.directory.actions.contacts import (
    add_contact,
    describe_contact,
    leave_ended_contacts,
    prefer_contact,
    remove_contact,
    verify_contact,
)
from symposia.directory.actions.merging import merge_clinicians, undo_merge
from symposia.directory.contacting import ContactFacts, as_noted
from symposia.directory.models import ChangeRequest, Clinician, ContactPoint
from symposia.directory.policies.contacts import (
    CONTACT_BACKWARDS,
    HOW_VERIFIED,
    IS_USED,
    KNOWN_CONTACT,
    NO_PHONE,
    NO_POSTAL,
    NOTHING_USED,
    WHY_CONTACT_GONE,
)
from symposia.directory.reaching import contacts_of, postal_addresses
from symposia.notifications.actions import suppress_address
from symposia.outreach.policies import objection_to_inviting_clinician
from symposia.outreach.queries import known_about
from symposia.outreach.reaching import NO_PLACE, postal_lines
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory

TODAY = date(2026, 6, 15)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2026-06-15T16:00Z"):
        yield


@pytest.fixture
def asha(organisation):
    return ClinicianFactory(full_name="Asha Rao", email="asha@example.org", phone="")


def noted(clinician, kind="email", value="rao@practice.example", **said):
    return add_contact(clinician, ContactFacts(kind, value, **said), by=SYSTEM)


def shown(clinician):
    clinician.refresh_from_db()
    return [(each.kind, each.value, each.is_preferred) for each in contacts_of(clinician, TODAY)]


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def fresh(row):
    return ContactPoint.objects.for_list().get(pk=row.pk)


def agreed(request):
    """What somebody asked for, and a second person agrees to."""
    assert isinstance(request, ChangeRequest)
    decide_change(request, accepted=True, by=Actor("user", UserFactory().pk, "Ines"))


def test_what_is_noted_stands_beside_what_is_used(asha):
    noted(asha, label="Practice", from_on=TODAY)
    noted(asha, "address", " 12 Dock Road \n\n Boston MA ", label="Home")

    assert shown(asha) == [
        ("email", "asha@example.org", True),
        ("email", "rao@practice.example", False),
        ("address", "12 Dock Road\nBoston MA", True),
    ]
    assert Entry.objects.filter(action="contact.added").count() == 2
    assert verify_journal().holds


def test_the_first_of_its_kind_is_used_at_once(asha):
    noted(asha, "phone", "+1 617  555 0100")
    noted(asha, "phone", "+1 617 555 0199")

    asha.refresh_from_db()
    assert asha.phone == "+1 617 555 0100"


@pytest.mark.parametrize(
    ("kind", "value", "objection"),
    [
        ("email", "asha at home", "contact_no_email"),
        ("phone", "call the desk", NO_PHONE.code),
        ("phone", "1" * 41, NO_PHONE.code),
        ("address", " \n ", NO_POSTAL.code),
        ("email", "RAO@practice.example", KNOWN_CONTACT.code),
    ],
    ids=["no address", "no number", "too long", "no lines", "known"],
)
def test_what_reaches_nobody_is_refused_in_words(asha, kind, value, objection):
    noted(asha)

    assert refusal(lambda: noted(asha, kind, value)).code == objection
    backwards = {"value": "b@example.org", "from_on": TODAY, "until_on": YESTERDAY}
    assert refusal(lambda: noted(asha, **backwards)) == CONTACT_BACKWARDS


def test_the_database_keeps_one_of_a_kind_as_well(asha):
    row = noted(asha)
    other = noted(asha, value="b@example.org")

    with pytest.raises(IntegrityError, match="one_contact"), transaction.atomic():
        ContactPoint.objects.filter(pk=other.pk).update(value=row.value)


def test_another_one_is_preferred_by_two_and_the_former_stays_noted(asha):
    row = noted(asha, source="Her card")

    asked = prefer_contact(row, by=Actor("user", UserFactory().pk, "Noor"))
    asha.refresh_from_db()
    assert asha.email == "asha@example.org"
    agreed(asked)

    assert shown(asha) == [
        ("email", "rao@practice.example", True),
        ("email", "asha@example.org", False),
    ]
    assert ContactPoint.objects.filter(value="asha@example.org").exists()
    assert verify_journal().holds


def test_somebody_is_found_by_every_address_that_is_noted(asha):
    noted(asha, value="rao@practice.example")
    other = ClinicianFactory(email="other@example.org")

    assert Clinician.objects.all().by_email("RAO@practice.example ").get() == asha
    assert Clinician.objects.all().by_email("asha@example.org").get() == asha
    assert Clinician.objects.all().by_email("other@example.org").get() == other
    assert not Clinician.objects.all().by_email("nobody@example.org").exists()


def test_it_is_described_tried_and_taken_away(asha):
    row = noted(asha)
    facts = ContactFacts("email", "", label="Secretary", from_on=TODAY, until_on=TOMORROW)

    assert describe_contact(row, facts, by=SYSTEM).label == "Secretary"
    assert describe_contact(fresh(row), facts, by=SYSTEM).value == "rao@practice.example"
    assert Entry.objects.filter(action="contact.changed").count() == 1
    assert refusal(lambda: verify_contact(row, " ", by=SYSTEM)) == HOW_VERIFIED
    tried = verify_contact(row, "She answered", by=SYSTEM)
    assert (tried.verified_how, tried.verified_at is not None) == ("She answered", True)

    assert refusal(lambda: remove_contact(row, by=SYSTEM, reason=" ")) == WHY_CONTACT_GONE
    remove_contact(row, by=SYSTEM, reason="Another Rao")
    assert shown(asha) == [("email", "asha@example.org", True)]
    assert verify_journal().holds


def test_what_is_used_is_neither_ended_nor_taken_away(asha):
    row = noted(asha, "phone", "+1 617 555 0100")
    ended = ContactFacts("phone", "", until_on=YESTERDAY)

    assert refusal(lambda: describe_contact(row, ended, by=SYSTEM)) == IS_USED
    assert refusal(lambda: remove_contact(row, by=SYSTEM, reason="Wrong")) == IS_USED


def test_what_is_over_is_not_preferred(asha):
    row = noted(asha, until_on=YESTERDAY)

    objection = refusal(lambda: prefer_contact(row, by=SYSTEM))

    assert "14 Jun 2026" in str(Refused(objection))


def test_who_was_reached_by_what_is_over_is_reached_by_what_two_people_say(asha):
    """Else one person would change what two people change, by ending the one that is used."""
    first = noted(asha, "phone", "+1 617 555 0100", until_on=TODAY)
    other = noted(asha, "phone", "+1 617 555 0199")
    assert leave_ended_contacts(by=SYSTEM) == 0

    with time_machine.travel("2026-06-16T16:00Z"):
        assert leave_ended_contacts(by=SYSTEM) == 1
        asha.refresh_from_db()
        assert asha.phone == ""
        assert leave_ended_contacts(by=SYSTEM) == 0

        noted(asha, "phone", "+1 617 555 0177")
        asha.refresh_from_db()
        assert asha.phone == ""
        one = Actor("user", UserFactory().pk, "Noor")
        assert correct_clinician(
            asha, {"phone": "+1 617 555 0177"}, by=one, evidence="Card"
        ).waiting
        take_back_change(ChangeRequest.objects.get(), by=one)
        gone = refusal(lambda: remove_contact(fresh(first), by=one, reason="Wrong"))
        assert gone == NOTHING_USED
        agreed(prefer_contact(fresh(other), by=one))
        asha.refresh_from_db()
        assert asha.phone == "+1 617 555 0199"
        remove_contact(fresh(first), by=one, reason="Wrong")
    assert not ContactPoint.objects.filter(pk=first.pk).exists()


def test_whose_only_number_is_over_has_none(asha):
    noted(asha, "phone", "+1 617 555 0100", until_on=YESTERDAY + timedelta(days=1))

    with time_machine.travel("2026-06-20T16:00Z"):
        leave_ended_contacts(by=SYSTEM)

    asha.refresh_from_db()
    assert asha.phone == ""


def test_a_bounce_marks_one_address_and_not_the_person(asha):
    noted(asha)
    suppress_address("rao@practice.example", cause="bounced", diagnostic="550", by=SYSTEM)

    marked = {each.value: each.suppression for each in contacts_of(asha, TODAY)}

    assert marked["asha@example.org"] is None
    assert marked["rao@practice.example"].cause == "bounced"


def test_letters_go_to_the_address_chosen_last_that_holds(asha):
    other = ClinicianFactory()
    old = noted(asha, "address", "1 Old Road\nBoston", until_on=YESTERDAY)
    home = noted(asha, "address", "2 Home Road\nBoston")
    noted(asha, "address", "3 Work Road\nBoston")
    assert postal_addresses([asha.pk, other.pk], TODAY) == {asha.pk: "3 Work Road\nBoston"}

    assert prefer_contact(home, by=SYSTEM) == home
    found = postal_addresses([asha.pk], TODAY)

    assert found == {asha.pk: "2 Home Road\nBoston"}
    assert postal_lines(asha, found[asha.pk]) == ["Asha Rao", "2 Home Road", "Boston"]
    assert shown(asha)[1] == ("address", "2 Home Road\nBoston", True)
    assert fresh(old).has_ended(TODAY)


def test_who_has_an_address_and_no_city_gets_a_letter_all_the_same(organisation):
    activity = ActivityFactory(state="open", wall_starts=now().replace(tzinfo=None))
    nobody, somebody = (ClinicianFactory(city="", region="", country="") for _each in range(2))
    noted(somebody, "address", "12 Dock Road\nBoston")
    known = known_about(Activity.objects.get(pk=activity.pk), [nobody, somebody], channel="post")

    assert objection_to_inviting_clinician(nobody, known) == NO_PLACE
    assert objection_to_inviting_clinician(somebody, known) != NO_PLACE


def test_a_merge_carries_them_and_shows_what_the_other_record_said(asha):
    twin = ClinicianFactory(full_name="A. Rao", email="ar@example.org", npi=False)
    noted(twin, "address", "12 Dock Road\nBoston")
    for one in (asha, twin):
        noted(one, value="both@example.org")
    before = shown(asha), shown(twin)

    merge = merge_clinicians(asha, twin, by=SYSTEM)

    assert shown(asha) == [
        ("email", "asha@example.org", True),
        ("email", "ar@example.org", False),
        ("email", "both@example.org", False),
        ("address", "12 Dock Road\nBoston", True),
    ]
    undo_merge(merge, by=SYSTEM)
    assert (shown(asha), shown(twin)) == before


def test_what_is_noted_is_kept_in_one_form():
    said = as_noted(ContactFacts("address", " 1 A \n\n  B ", label=" Home ", source=" she "))

    assert (said.value, said.label, said.source) == ("1 A\nB", "Home", "she")
    assert as_noted(ContactFacts("email", " A@B.example ")).value == "a@b.example"

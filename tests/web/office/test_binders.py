"""Binders in the office, and what a guest of one reads by a link of their own."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from symposia.accounts.permissions import Access
from symposia.activities.wall import settings_of
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.registrations.models import Registration
from symposia.reporting.actions.guests import invite_reviewer
from symposia.reporting.actions.holds import put_hold
from symposia.reporting.models import Binder, BinderInvitation, BinderOpening, LegalHold
from symposia.reporting.queries import file_for_guest, last_edition
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in, behind
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory
from tests.reporting.bound import held_activity, in_days, made_binder


@pytest.fixture
def office(db):
    made = OrganisationFactory()
    client = Client()
    client.force_login(member(made, "coordinator"))
    client.organisation = made
    return client


@pytest.fixture
def binder(office):
    with acting_in(office.organisation.pk):
        return made_binder(held_activity(), held_activity(title="Sepsis in the first hour"))


def text(response):
    return " ".join(response.content.decode().split())


def invited(binder, email="reviewer@accme.example"):
    """A guest, and the address that their letter leads to."""
    with acting_in(binder.organisation_id):
        guest = invite_reviewer(binder, "Dr Reviewer", email, in_days(20), by=SYSTEM)
        letter = Delivery.objects.get(subject_id=guest.pk)
    return guest, re.search(r"/b/[^/\s]+/", letter.text)[0]


def test_a_sample_is_drawn_made_and_looked_through(office):
    with acting_in(office.organisation.pk):
        held_activity()
    said = {"title": "Review", "from_year": 2026, "until_year": 2026, "size": 15, "seed": "a1"}

    page = office.post(reverse("binder_draw"), said, follow=True)

    assert "The evidence is being gathered" in text(page)
    with acting_in(office.organisation.pk):
        drawn = Binder.objects.get()
    assert "a1" in text(office.get(reverse("binder", args=[drawn.pk])))
    assert drawn.number in text(office.get(reverse("binders")))


def test_a_draw_from_nothing_is_refused_in_words(office):
    said = {"title": "Review", "from_year": 2020, "until_year": 2021, "size": 15}

    refused = office.post(reverse("binder_draw"), said)

    assert refused.status_code == 422
    assert "choose other years or types" in text(refused)


def test_activities_are_chosen_by_their_numbers(office):
    with acting_in(office.organisation.pk):
        activity = held_activity()

    office.post(reverse("binder_new"), {"title": "One", "numbers": activity.number.lower()})

    with acting_in(office.organisation.pk):
        assert Binder.objects.get().draw == "chosen"


def test_the_page_of_an_activity_leads_to_its_own_binder(office):
    with acting_in(office.organisation.pk):
        activity = held_activity()
    assert "Evidence by criterion" in text(
        office.get(reverse("activity_reports", args=[activity.pk]))
    )

    page = office.post(reverse("activity_binder", args=[activity.pk]), follow=True)

    assert activity.title in text(page)


def test_a_gap_leads_to_where_it_is_mended(office, binder):
    page = text(office.get(reverse("binder_activity", args=[binder.pk, 1])))

    assert "Theirs to mend: Planners and faculty." in page
    assert "Mend it" in page
    assert "to verify with the body" in page
    assert office.get(reverse("binder_activity", args=[binder.pk, 3])).status_code == 404


def test_a_binder_is_taken_home_as_an_archive_and_the_journal_says_so(office, binder):
    answer = office.get(reverse("binder_archive", args=[binder.pk]))

    assert b"".join(answer.streaming_content)[:2] == b"PK"
    with acting_in(office.organisation.pk):
        assert Entry.objects.filter(action="binder.taken").count() == 1


def test_who_may_not_make_binders_looks_at_them_or_is_turned_away(office, binder):
    lead, agent = Client(), Client()
    lead.force_login(member(office.organisation, "education_lead"))
    agent.force_login(member(office.organisation, "finance_officer"))

    assert lead.get(reverse("binder", args=[binder.pk])).status_code == 200
    assert lead.post(reverse("binder_edition", args=[binder.pk])).status_code == 403
    assert agent.get(reverse("binder", args=[binder.pk])).status_code == 403


def test_another_organisations_binder_does_not_exist(office, binder):
    other = Client()
    other.force_login(member(OrganisationFactory(), "coordinator"))

    assert other.get(reverse("binder", args=[binder.pk])).status_code == 404


def test_a_reviewer_is_invited_reads_and_is_noted(office, binder):
    said = {"name": "Dr R", "email": "r@accme.example", "until": day_here().isoformat()}
    office.post(reverse("binder_guest_new", args=[binder.pk]), said)
    with acting_in(office.organisation.pk):
        letter = Delivery.objects.get(template_code="reporting.reviewer")
    address = re.search(r"/b/[^/\s]+/", letter.text)[0]
    guest = Client()

    index = guest.get(address)
    inside = guest.get(f"{address}activities/2/")

    assert "For Dr R, to read and not to change" in text(index)
    assert "Sepsis in the first hour" in text(inside)
    assert "Mend it" not in text(inside)
    assert "no-store" in index["Cache-Control"]
    with acting_in(office.organisation.pk):
        noted = list(BinderOpening.objects.order_by("at").values_list("what", flat=True))
        journalled = Entry.objects.filter(action="binder.opened")
        assert [each.actor_kind for each in journalled] == ["link", "link"]
    assert len(noted) == 2
    assert noted[0] in text(office.get(reverse("binder_openings")))


def test_a_guest_reads_nothing_else(office, binder):
    with acting_in(office.organisation.pk):
        other = made_binder(held_activity(title="Another"))
        strange = last_edition(other).paper_id
    _guest, address = invited(binder)
    client = Client()

    assert client.get(f"{address}files/{strange}/").status_code == 404
    assert client.get(f"{address}activities/9/").status_code == 404
    for name in ("binders", "activities", "clinicians", "journal"):
        assert client.get(reverse(name)).status_code == 302
    assert client.post(address).status_code == 405


def test_rows_that_name_learners_do_not_exist_while_a_guest_looks(office, binder):
    with acting_in(office.organisation.pk):
        RegistrationFactory(activity=ActivityFactory())
        assert Registration.objects.count() == 1
        nobody = Access(binder.pk, office.organisation.pk)
        with behind(settings_of(nobody)):
            assert Registration.objects.count() == 0


def test_a_link_that_was_ended_opens_nothing_nor_do_its_files(office, binder):
    guest, address = invited(binder)
    client = Client()
    assert client.get(address).status_code == 200
    with acting_in(office.organisation.pk):
        paper = last_edition(binder).paper_id
        assert file_for_guest(guest.pk, paper, in_days(0)) is not None

    office.post(reverse("binder_guest_revocation", args=[guest.pk]))

    over = client.get(address)
    assert over.status_code == 410
    assert "This link is over" in text(over)
    assert client.get(f"{address}binder.zip").status_code == 410
    with acting_in(office.organisation.pk):
        assert file_for_guest(guest.pk, paper, in_days(0)) is None
        assert BinderInvitation.objects.get(pk=guest.pk).revoked_by_name


def test_a_link_is_of_one_address(office, binder):
    guest, address = invited(binder)
    with acting_in(office.organisation.pk):
        BinderInvitation.objects.filter(pk=guest.pk).update(email="somebody@else.example")

    assert Client().get(address).status_code == 404


def test_a_guest_takes_the_binder_home(office, binder):
    _guest, address = invited(binder)

    answer = Client().get(f"{address}binder.zip")

    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_the_compliance_officer_holds_and_lifts_and_the_page_says_what_is_held(office):
    officer = Client()
    officer.force_login(member(office.organisation, "compliance_officer"))
    with acting_in(office.organisation.pk):
        activity = held_activity()
    assert "Nothing is held" in text(officer.get(reverse("retention")))

    officer.post(reverse("legal_hold_new"), {"activity": activity.number, "because": "A complaint"})

    assert "A complaint" in text(officer.get(reverse("retention")))
    with acting_in(office.organisation.pk):
        hold = LegalHold.objects.get()
    lifting = reverse("legal_hold_lifting", args=[hold.pk])
    assert officer.post(lifting, {"reason": ""}).status_code == 422
    officer.post(lifting, {"reason": "It was withdrawn"})
    assert "It was withdrawn" in text(officer.get(reverse("legal_hold", args=[hold.pk])))


def test_a_person_is_held_by_number_or_address(office):
    officer = Client()
    officer.force_login(member(office.organisation, "compliance_officer"))
    with acting_in(office.organisation.pk):
        person = ClinicianFactory(email="avery@example.org")
    said = {"person": "nobody@example.org", "because": "An inquiry"}
    refused = officer.post(reverse("legal_hold_new"), said)
    assert "Nobody you may see has this number or address" in text(refused)

    officer.post(reverse("legal_hold_new"), said | {"person": "Avery@example.org"})

    with acting_in(office.organisation.pk):
        assert LegalHold.objects.get().clinician_id == person.pk


def test_whoever_keeps_no_rules_reads_holds_and_puts_none(office):
    with acting_in(office.organisation.pk):
        hold = put_hold("A complaint", by=SYSTEM)

    assert "A complaint" in text(office.get(reverse("legal_hold", args=[hold.pk])))
    assert office.get(reverse("legal_hold_new")).status_code == 403

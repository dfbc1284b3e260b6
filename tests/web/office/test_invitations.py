import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from symposia.accounts.actions import add_member
from symposia.accounts.models import Role
from symposia.directory.actions.segments import SegmentFacts, save_segment
from symposia.notifications.models import Delivery
from symposia.outreach.models import Campaign, Invitation
from symposia.registrations.actions.places import register_clinician
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", mode="scientific")


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


def test_the_list_shows_who_is_invited_and_the_answers(coordinator, activity):
    invitation = InvitationFactory(activity=activity)

    page = coordinator.get(reverse("invitations", args=[activity.pk])).text

    assert invitation.clinician.full_name in page
    assert "0 accepted, 0 declined, 1 without answer" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_any_length(
    coordinator, activity, count, django_assert_max_num_queries
):
    for _ in range(count):
        InvitationFactory(activity=activity)

    with django_assert_max_num_queries(60):
        coordinator.get(reverse("invitations", args=[activity.pk]))


def test_the_review_says_who_is_skipped_and_sends_nothing(coordinator, activity):
    chosen = [ClinicianFactory(), ClinicianFactory(email="")]

    page = coordinator.post(
        reverse("activity_invite_review", args=[activity.pk]),
        {"scope": "chosen", "clinician": [str(c.pk) for c in chosen]},
        follow=True,
    ).text

    assert "Send 1 invitation" in page
    assert "Has no e-mail address" in page
    assert not Invitation.objects.exists()
    assert not Delivery.objects.exists()


def test_a_segment_is_chosen_and_reviewed(coordinator, organisation, activity):
    by = member(organisation, "coordinator").actor()
    shared = save_segment(SegmentFacts("Pune", "", True, "filter", "profession=nurse"), by=by)
    private = save_segment(
        SegmentFacts("Mine alone", "", False, "filter", "profession=nurse"), by=by
    )
    ClinicianFactory(profession="nurse")
    to = reverse("activity_invite_review", args=[activity.pk])

    choosing = coordinator.get(reverse("activity_invite", args=[activity.pk])).text
    review = coordinator.post(to, {"scope": "segment", "segment": str(shared.pk)}, follow=True).text
    stolen = coordinator.post(to, {"scope": "segment", "segment": str(private.pk)})
    none = coordinator.post(to, {"scope": "segment", "segment": "x"}, follow=True).text

    assert "Pune · Saved filter" in choosing
    assert "Mine alone" not in choosing
    assert "Send 1 invitation" in review
    assert reverse("segment_members", args=[shared.pk]) in review
    assert stolen.status_code == 404
    assert "Nobody is chosen." in none


def test_whoever_was_invited_before_is_marked_where_one_chooses(coordinator, activity):
    InvitationFactory(activity=activity, state="accepted")
    InvitationFactory(activity=ActivityFactory(state="open"), state="declined")

    page = coordinator.get(reverse("activity_invite", args=[activity.pk])).text

    assert page.count('data-label="Invited already"') == 2
    assert page.count("Accepted</span>") == 1
    assert "Declined</span>" not in page


def names_in(page):
    """The rows of a list leave their cells unclosed: each name goes to the next tag of a cell."""
    cells = re.findall(
        r'<td[^>]*data-label="?Name"?[^>]*>(.*?)(?=<td|</t[dr]>)', page.text, re.DOTALL
    )
    return [BeautifulSoup(cell, "html.parser").get_text(strip=True) for cell in cells]


@pytest.mark.parametrize("said", ["", "moreno", "Ada"])
def test_people_are_called_where_one_chooses_as_in_the_list_of_people(coordinator, activity, said):
    ClinicianFactory(full_name="MORENO, ADA LUCIA", display_name="Ada Moreno")
    ClinicianFactory(full_name="MORENO, BRUNO")

    choosing = coordinator.get(reverse("activity_invite", args=[activity.pk]), {"q": said})
    people = coordinator.get(reverse("clinicians"), {"q": said})

    assert names_in(choosing) == names_in(people)
    assert names_in(choosing)[0] == "Ada Moreno"
    assert 'aria-label="Ada Moreno"' in choosing.text


def test_the_review_says_that_a_yes_goes_to_the_waitlist(coordinator, organisation):
    full = ActivityFactory(state="open", mode="scientific", capacity=1)
    register_clinician(ClinicianFactory(), full, source="office", by=SYSTEM)
    address = reverse("activity_invite_review", args=[full.pk])

    page = coordinator.post(
        address, {"scope": "chosen", "clinician": [str(ClinicianFactory().pk)]}, follow=True
    ).text

    assert "No place is free." in page
    assert "goes to the waitlist" in page


def test_all_that_fit_a_filter_can_be_chosen(coordinator, activity):
    ClinicianFactory(city="Pune")
    ClinicianFactory(city="Boston")

    page = coordinator.post(
        reverse("activity_invite_review", args=[activity.pk]),
        {"scope": "all", "filtered": "city=Pune"},
        follow=True,
    ).text

    assert "Send 1 invitation" in page


def test_a_closed_activity_says_why_nobody_can_be_invited(coordinator, organisation):
    draft = ActivityFactory(state="draft")

    response = coordinator.post(
        reverse("activity_invite_review", args=[draft.pk]),
        {"scope": "chosen", "clinician": str(ClinicianFactory().pk)},
        follow=True,
    )

    assert "once the activity is open" in response.text
    assert not Campaign.objects.exists()


def test_choosing_nobody_begins_nothing(coordinator, activity):
    address = reverse("activity_invite_review", args=[activity.pk])

    response = coordinator.post(address, {"scope": "chosen"}, follow=True)

    assert "Nobody is chosen." in response.text
    assert not Campaign.objects.exists()


def test_a_representative_invites_nobody_outside_the_territory(client, organisation, activity):
    mine, other = TerritoryFactory(), TerritoryFactory()
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    client.force_login(member(organisation, "field_representative", **scope))
    outsider = ClinicianFactory(territory=other)
    insider = ClinicianFactory(territory=mine)

    page = client.post(
        reverse("activity_invite_review", args=[activity.pk]),
        {"scope": "chosen", "clinician": [str(outsider.pk), str(insider.pk)]},
        follow=True,
    ).text

    assert insider.full_name in page
    assert outsider.full_name not in page


def test_who_may_not_invite_is_told_so(client, organisation, activity):
    client.force_login(member(organisation, "executive"))

    assert client.get(reverse("activity_invite", args=[activity.pk])).status_code == 403


def test_an_invitation_is_withdrawn(coordinator, activity):
    invitation = InvitationFactory(activity=activity)

    coordinator.post(reverse("invitation_withdrawal", args=[invitation.pk]), {"reason": "x"})

    invitation.refresh_from_db()
    assert invitation.state == "withdrawn"


def test_choosing_shows_the_directory_with_boxes(coordinator, activity):
    clinician = ClinicianFactory()

    page = coordinator.get(reverse("activity_invite", args=[activity.pk])).text

    assert f'value="{clinician.pk}"' in page


def test_a_right_to_invite_in_one_region_withdraws_nothing_in_another(client, organisation):
    mine, other = TerritoryFactory(), TerritoryFactory()
    person = member(organisation, "field_representative", scope_kind="territory", scope_id=mine.pk)
    add_member(person, Role.objects.get(code="compliance_officer"), by=SYSTEM)
    activity = ActivityFactory(state="open", territory=None, mode="scientific")
    inside = InvitationFactory(
        activity=activity, clinician=ClinicianFactory(territory=mine), address="in@example.org"
    )
    beyond = InvitationFactory(
        activity=activity, clinician=ClinicianFactory(territory=other), address="out@example.org"
    )
    client.force_login(person)

    for invitation, status in ((inside, 302), (beyond, 404)):
        answer = client.post(
            reverse("invitation_withdrawal", args=[invitation.pk]), {"reason": "x"}
        )
        assert answer.status_code == status

    beyond.refresh_from_db()
    assert beyond.state == "sent"


def test_a_right_to_invite_in_one_region_invites_nobody_of_another(client, organisation, activity):
    mine, other = TerritoryFactory(), TerritoryFactory()
    person = member(organisation, "field_representative", scope_kind="territory", scope_id=mine.pk)
    add_member(person, Role.objects.get(code="compliance_officer"), by=SYSTEM)
    insider, outsider = ClinicianFactory(territory=mine), ClinicianFactory(territory=other)
    client.force_login(person)

    for scope in ("chosen", "all"):
        page = client.post(
            reverse("activity_invite_review", args=[activity.pk]),
            {"scope": scope, "clinician": [str(outsider.pk), str(insider.pk)]},
            follow=True,
        ).text
        assert insider.full_name in page
        assert outsider.full_name not in page

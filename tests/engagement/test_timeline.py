"""One timeline of a doctor, each part for whoever may see it, and a score with its parts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.engagement.actions.follow_ups import finish_follow_up
from symposia.engagement.actions.handing import hand_medical_question
from symposia.engagement.actions.sharing import open_material, share_material
from symposia.engagement.moments import Moment, MomentKind
from symposia.engagement.score import all_weights, score_of, weights_on
from symposia.engagement.timeline import engagement_of
from symposia.outreach.models import Invitation
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here, key_of, member
from tests.factories.credits import CreditEntryFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.engagement import AfterMeeting, approved
from tests.factories.outreach import InvitationFactory

PARTS = {"accepted", "came", "learned", "asked", "opened", "followed_up", "credit"}


@pytest.fixture
def after(organisation):
    made = AfterMeeting(organisation)
    made.make()
    made.agrees(made.came)
    asked_at = now() - timedelta(days=30)
    invitation = InvitationFactory(activity=made.activity, clinician=made.came, sent_at=asked_at)
    Invitation.objects.filter(pk=invitation.pk).update(
        state="accepted", replied_at=asked_at + timedelta(days=1)
    )
    owed = made.of(made.came)
    open_material(share_material(owed, approved(), "email", by=SYSTEM).share, by=SYSTEM)
    hand_medical_question(owed, "Safe with juice?", by=SYSTEM)
    finish_follow_up(owed, "call", "Took home the bundle.", by=SYSTEM)
    CreditEntryFactory(registration=made.activity_place(made.came))
    return made


def kinds(after, user):
    access = access_of(user, after.organisation, at=now())
    return {each.kind.value for each in engagement_of(access, after.came).moments}


FIELD = {"invited", "accepted", "came", "given", "opened", "handed", "followed_up"}


def test_a_representative_reads_what_the_field_does_and_nothing_of_answers_or_credit(after):
    assert kinds(after, after.user) == FIELD


def test_a_coordinator_reads_all_of_it(after):
    assert kinds(after, member(after.organisation, "coordinator")) == FIELD | {"asked", "credit"}


def test_whoever_may_see_nobody_of_an_activity_has_no_page(after, client):
    client.force_login(member(after.organisation, "executive"))

    page = reverse("clinician_engagement", args=[after.came.pk])

    assert client.get(page).status_code == 403


def test_the_page_has_the_score_with_its_parts_and_the_last_thing_first(after, client):
    client.force_login(after.user)

    page = client.get(reverse("clinician_engagement", args=[after.came.pk]))

    assert "Took home the bundle." in page.text
    assert "never asked" in page.text
    assert page.text.index("Followed up") < page.text.index("Invited</a>")
    assert "Safe with juice?" not in page.text
    far = ClinicianFactory(territory=TerritoryFactory())
    assert client.get(reverse("clinician_engagement", args=[far.pk])).status_code == 404


def test_a_program_reads_the_same(after, client):
    held = ["view_people_of_activity", "view_directory", "invite"]
    headers = key_of(after.user, after.organisation, held)

    said = client.get(f"/api/v1/engagements/{after.came.pk}", headers=headers).json()

    assert {each["kind"] for each in said["moments"]} == FIELD
    assert said["score"] == sum(each["comes_to"] for each in said["parts"])


def test_prescribing_is_no_part_whatever_the_weights():
    for weights in all_weights():
        assert {part.kind for part in weights.parts} <= PARTS
        assert weights.citation
        assert weights.is_to_verify


def moments(kind, count, *, days_ago=1):
    at = now() - timedelta(days=days_ago)
    return [Moment(at, MomentKind(kind), None, "") for _each in range(count)]


def test_each_part_counts_so_many_times_at_most_and_for_so_long():
    weights = weights_on(day_here())
    seen = [*moments("came", 9), *moments("asked", 1), *moments("credit", 3, days_ago=400)]

    score = score_of(seen, weights, at=now())

    comes_to = {part.kind: part.comes_to for part in score.parts}
    assert (comes_to["came"], comes_to["asked"], comes_to["credit"]) == (18, 2, 0)
    assert score.comes_to == 20
    assert score.could == sum(each.points * each.most for each in weights.parts)

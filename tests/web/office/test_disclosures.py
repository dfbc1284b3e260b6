import pytest
from django.urls import reverse

from symposia.activities.actions.disclosures import DisclosureFacts, give_disclosure
from symposia.activities.models import Contributor, Disclosure, DisclosureStatement, TeamMember
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.team import ContributorFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db
NONE = {"answer": "none", "attested": "on"}
ACME = {"answer": "some", "company0": "Acme", "nature0": "speaker", "attested": "on"}


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


@pytest.fixture
def taught(organisation):
    person = ContributorFactory(name="Dr Meera Rao")
    activity = ActivityFactory(state="approved")
    SessionFacultyFactory(session=SessionFactory(activity=activity), name=person.name)
    return activity, person


def said(response):
    return response.content.decode()


def test_from_a_spoken_disclosure_to_what_learners_are_told(client, lead, taught):
    activity, person = taught
    client.post(reverse("own_disclosure"), NONE)
    page = client.post(reverse("spoken_disclosure", args=[person.pk]), ACME, follow=True)
    assert "Acme" in said(page)
    relationship = Disclosure.objects.of(person).get().relationships.get()
    here = reverse("activity_disclosures", args=[activity.pk])
    assert "To decide" in said(client.get(here))

    decide = reverse("relationship_relevance", args=[activity.pk, relationship.pk])
    assert client.post(decide, {"relevant": "yes"}).status_code == 422
    assert "To mitigate" in said(
        client.post(decide, {"relevant": "yes", "reason": "Its drug"}, follow=True)
    )
    step = reverse("relationship_mitigation", args=[activity.pk, relationship.pk])
    page = client.post(step, {"step": "content_review", "note": "By Dr Free"}, follow=True)
    assert "By Dr Free" in said(page)
    assert "Dr Meera Rao (Faculty): Acme (Speaker)" in said(page)

    client.post(reverse("activity_step", args=[activity.pk, "open"]))
    assert "Acme (Speaker)" in DisclosureStatement.objects.get().text
    give_disclosure(person, DisclosureFacts(nothing=True, attested=True), by=SYSTEM)
    assert "This has changed since" in said(client.get(here))
    page = client.post(reverse("disclosure_statement", args=[activity.pk]), follow=True)
    assert "Version 2" in said(page)


def test_a_spoken_disclosure_leads_back_to_the_activity_and_an_owner_is_told_the_way_out(
    client, lead, taught
):
    activity, person = taught
    here = reverse("activity_disclosures", args=[activity.pk])
    spoken = reverse("spoken_in_activity", args=[activity.pk, person.pk])
    page = said(client.get(here))
    assert spoken in page
    assert "once everybody is clear" in page
    assert activity.number in said(client.get(spoken))

    response = client.post(spoken, ACME | {"nature0": "owner"})

    assert response.url == here
    page = said(client.get(here))
    assert spoken not in page
    assert "Stays out of the content" in page
    assert reverse("activity_faculty", args=[activity.pk]) in page
    assert "No relevant financial relationships" not in page


def test_a_disclosure_that_is_not_whole_says_what_is_missing(client, lead):
    url = reverse("own_disclosure")

    assert "24 months" in said(client.get(url))
    assert client.post(url, {"answer": "none"}).status_code == 422
    assert "List each relationship" in said(client.post(url, {"answer": "some", "attested": "on"}))
    assert client.post(url, ACME).status_code == 302
    assert 'value="Acme"' in said(client.get(url))
    assert Contributor.objects.get().user == lead


def test_the_team_takes_colleagues_clinicians_and_people_from_outside(client, lead, organisation):
    activity = ActivityFactory()
    clinician = ClinicianFactory()
    url = reverse("team_member_new", args=[activity.pk])

    for person in (lead.email, clinician.email, "Dr Outside"):
        client.post(url, {"person": person, "role": "author"})

    found = TeamMember.objects.select_related("contributor").order_by("added_at", "pk")
    assert [m.contributor.user_id for m in found] == [lead.pk, None, None]
    assert "Dr Outside" in said(client.get(reverse("contributors")))
    off = reverse("team_member_removal", args=[activity.pk, found[0].pk])
    assert client.post(off).status_code == 302
    assert TeamMember.objects.count() == 2


def test_an_exception_of_the_standard_is_stated_with_its_reason(client, lead, taught):
    activity, _person = taught
    url = reverse("disclosure_exemption", args=[activity.pk])

    assert "Grand rounds" in said(client.get(url))
    page = client.post(url, {"code": "non_clinical", "reason": "A billing course"}, follow=True)
    assert "A billing course" in said(page)
    again = client.post(url, {"code": "non_clinical", "reason": "Again"})
    assert "An exemption is stated already." in said(again)


def test_an_exemption_is_taken_back_with_its_reason(client, lead, taught):
    activity, _person = taught
    page = reverse("activity_disclosures", args=[activity.pk])
    end = reverse("disclosure_exemption_end", args=[activity.pk])
    stated = {"code": "non_clinical", "reason": "A billing course"}
    client.post(reverse("disclosure_exemption", args=[activity.pk]), stated)

    offered = said(client.get(page))
    nothing = client.post(end, {"reason": ""})
    done = said(client.post(end, {"reason": "It is about treatment"}, follow=True))

    assert end in offered
    assert nothing.status_code == 422
    assert "A billing course" not in done
    assert end not in done
    late = said(client.post(end, {"reason": "Again"}))
    assert "No exemption is stated here, or it was taken back." in late


def test_an_owner_is_let_in_by_a_coded_exception_only(client, lead, taught):
    activity, person = taught
    client.post(reverse("own_disclosure"), NONE)
    client.post(reverse("spoken_disclosure", args=[person.pk]), ACME | {"nature0": "owner"})
    relationship = Disclosure.objects.of(person).get().relationships.get()
    url = reverse("relationship_relevance", args=[activity.pk, relationship.pk])

    refused = client.post(url, {"relevant": "no", "reason": "Basic science"})
    assert "stays out" in said(refused)
    right = {"relevant": "no", "reason": "Cells only", "exception": "basic_science"}
    assert "Clear" in said(client.post(url, right, follow=True))


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation, taught):
    activity, person = taught
    client.force_login(member(organisation, "compliance_officer"))

    assert reverse("team_member_new", args=[activity.pk]) not in said(
        client.get(reverse("activity_disclosures", args=[activity.pk]))
    )
    assert client.get(reverse("spoken_disclosure", args=[person.pk])).status_code == 403
    assert client.get(reverse("contributor", args=[person.pk])).status_code == 200
    client.force_login(member(organisation, "door_staff"))
    assert client.get(reverse("contributors")).status_code == 403


def test_people_of_another_organisation_do_not_exist(client, lead):
    with acting_in(OrganisationFactory().pk):
        theirs = TeamMemberFactory()

    assert client.get(reverse("contributor", args=[theirs.contributor.pk])).status_code == 404
    assert client.get(reverse("activity_disclosures", args=[theirs.activity.pk])).status_code == 404


def test_an_address_is_added_where_it_was_missed(client, lead, taught):
    activity, person = taught
    Contributor.objects.filter(pk=person.pk).update(email="")
    invite = reverse("faculty_invitation", args=[activity.pk, person.pk])
    refused = client.post(invite, follow=True)
    here = reverse("contributor_address", args=[person.pk])

    page = client.post(here, {"email": "meera.rao@example.org"}, follow=True)

    assert "Add it on their page under Disclosures." in said(refused)
    assert "meera.rao@example.org" in said(page)
    assert "E-mail address changed" in said(page)
    assert client.post(here, {"email": "no address"}).status_code == 422


def test_an_address_of_another_organisation_is_not_changed(client, lead):
    with acting_in(OrganisationFactory().pk):
        foreign = ContributorFactory()

    answer = client.post(
        reverse("contributor_address", args=[foreign.pk]), {"email": "a@b.example"}
    )

    assert answer.status_code == 404

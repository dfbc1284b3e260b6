import pytest
from django.urls import reverse

from symposia.directory.actions.segments import SegmentFacts, save_segment
from symposia.directory.models import Segment, SegmentMember
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_clinicians import bearer, send
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.directory import ClinicianFactory

API = "/api/v1/segments"


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def begun(client):
    client.post(reverse("segment_new"), {"name": "Board", "description": "They advise us"})
    return Segment.objects.get()


def test_a_filter_is_saved_from_the_list_and_opens_it_again(client, coordinator):
    ClinicianFactory(full_name="Avery Nurse", profession="nurse")
    filtered = client.get(reverse("clinicians"), {"profession": "nurse"}).text
    new = reverse("segment_new") + "?profession=nurse"
    assert new in filtered.replace("&amp;", "&")

    response = client.post(new, {"name": "Nurses", "is_shared": "on"})

    page = client.get(response.url).text
    assert "1 person you may see." in page
    assert reverse("clinicians") + "?profession=nurse" in page
    assert "Nurses" in client.get(reverse("segments")).text


def test_people_are_chosen_pasted_and_taken_off(client, coordinator):
    one, other = ClinicianFactory(full_name="Avery One"), ClinicianFactory(full_name="Blake Two")
    segment = begun(client)
    here = reverse("segment_members", args=[segment.pk])
    assert "Avery One" in client.get(reverse("segment_candidates", args=[segment.pk])).text

    client.post(reverse("segment_add", args=[segment.pk]), {"clinician": [one.pk, "no key"]})
    lines = f"{other.email}\nnobody@example.org"
    report = client.post(reverse("segment_paste", args=[segment.pk]), {"lines": lines}).text
    assert "1 person was added." in report
    assert "Nobody you may see has this number or address" in report
    assert "Blake Two" in client.get(here).text

    client.post(reverse("segment_removal", args=[segment.pk]), {"clinician": [one.pk]})
    page = client.get(here).text
    assert "Avery One" not in page
    assert SegmentMember.objects.get().clinician == other


def test_too_many_pasted_lines_are_refused_and_none_is_lost(client, coordinator):
    segment, person = begun(client), ClinicianFactory()
    lines = "\n".join([person.email, *["nobody@example.org"] * 5_000])

    answer = client.post(reverse("segment_paste", args=[segment.pk]), {"lines": lines})

    assert answer.status_code == 422
    assert "These are 5001 lines" in answer.text
    assert person.email in answer.text
    assert not SegmentMember.objects.exists()


def test_all_that_fit_are_added_at_once(client, coordinator):
    segment = begun(client)
    ClinicianFactory(profession="nurse")
    ClinicianFactory()

    client.post(
        reverse("segment_add", args=[segment.pk]),
        {"scope": "all", "filtered": "profession=nurse"},
    )
    assert SegmentMember.objects.count() == 1
    again = client.post(reverse("segment_add", args=[segment.pk]), {"scope": "all"}, follow=True)
    assert "1 person was added." in again.text


def test_a_refusal_is_told_in_words(client, coordinator):
    begun(client)

    response = client.post(reverse("segment_new"), {"name": "Board"})

    assert response.status_code == 422
    assert "You already have a segment of this name." in response.text


def test_a_segment_is_changed_and_retired_by_its_owner_alone(client, organisation, coordinator):
    segment = begun(client)
    client.post(reverse("segment_edit", args=[segment.pk]), {"name": "Advisers", "is_shared": "on"})
    segment.refresh_from_db()
    assert (segment.name, segment.is_shared) == ("Advisers", True)

    client.force_login(member(organisation, "education_lead"))
    told = client.post(reverse("segment_retirement", args=[segment.pk]), follow=True)
    assert "changes this" in told.text
    client.force_login(coordinator)
    client.post(reverse("segment_retirement", args=[segment.pk]))
    segment.refresh_from_db()
    assert segment.retired_at


def test_what_is_not_mine_does_not_exist(client, organisation, coordinator):
    with acting_in(OrganisationFactory().pk):
        foreign = save_segment(SegmentFacts("Foreign", is_shared=True), by=SYSTEM)
    private = save_segment(SegmentFacts("Private"), by=SYSTEM)

    for segment in (foreign, private):
        assert client.get(reverse("segment_members", args=[segment.pk])).status_code == 404


def test_the_api_keeps_filters_and_lists(client, organisation):
    one = ClinicianFactory()
    caller = bearer(organisation, "view_directory")
    made = send(client, "post", API, caller, {"name": "Board"})
    assert made.status_code == 201
    path, body = f"{API}/{made.json()['id']}", {"clinicians": [str(one.pk)]}

    assert send(client, "post", f"{path}/additions", caller, body).json() == {"count": 1}
    assert client.get(f"{path}/members", headers=caller).json() == [str(one.pk)]
    people = client.get(f"{API}/people", headers=caller).json()
    assert people["count"] == 1
    assert send(client, "post", f"{path}/removal", caller, body).json() == {"count": 1}
    again = send(client, "post", f"{path}/removal", caller, body)
    assert (again.status_code, again.json()["code"]) == (409, "not_on_list")
    assert send(client, "post", f"{path}/retirement", caller, {}).status_code == 200
    assert client.get(API, headers=caller).json()["count"] == 0

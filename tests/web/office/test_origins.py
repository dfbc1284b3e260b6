from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.accounts.models import Role
from symposia.activities.models import Activity, EnduringTerm, Refresh
from symposia.shared.tenancy import acting_in
from tests.activities.test_actions import complete
from tests.activities.test_cloning import offered
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def text_of(response):
    return response.content.decode()


def test_an_activity_is_planned_again_with_a_choice(client, lead):
    source = complete()
    url = reverse("activity_clone", args=[source.pk])
    page = text_of(client.get(url))
    assert "Documents with their latest files" in page
    assert "Lines of the estimate" in page
    day = source.wall_starts.date() + timedelta(weeks=52)
    sent = {"title": "Stroke again", "day": day, "starts": "18:30", "take": ["agenda", "team"]}

    there = client.post(url, sent).url

    copy = Activity.objects.get(title="Stroke again")
    assert copy.owner == lead
    assert there == reverse("activity_taken_over", args=[copy.pk])
    page = text_of(client.get(there))
    assert "Planned like" in page
    assert source.number in page
    assert "Stroke again" in text_of(client.get(reverse("activity", args=[source.pk])))
    for each in Refresh.objects.of(copy):
        client.post(reverse("activity_look", args=[copy.pk, each.pk]), {"note": "Still right"})
    assert "Still right" in text_of(client.get(there))
    assert not Refresh.objects.filter(looked_at=None).exists()


def test_nobody_copies_what_they_may_not_write(client, organisation, lead):
    role = Role.objects.get(code="education_lead")
    role.permissions = [each for each in role.permissions if each != "plan_money"]
    role.save()
    source = complete()
    url = reverse("activity_clone", args=[source.pk])
    day = source.wall_starts.date() + timedelta(weeks=52)
    sent = {"title": "Again", "day": day, "starts": "18:30", "take": ["budget"]}

    assert "Lines of the estimate" not in text_of(client.get(url))
    assert client.post(url, sent).status_code == 422
    assert not Activity.objects.filter(title="Again").exists()


def test_a_copy_of_the_past_is_refused_in_words(client, lead):
    source = complete()
    sent = {"title": "Before", "day": "2020-01-01", "starts": "18:30"}

    answer = client.post(reverse("activity_clone", args=[source.pk]), sent)

    assert answer.status_code == 422
    assert "a day that is still to come" in text_of(answer)


def test_a_recording_is_offered_and_reviewed(client, lead):
    source = complete(state="held")
    url = reverse("activity_recording", args=[source.pk])
    sent = {
        "title": "Stroke, recorded",
        "type": "internet_enduring",
        "online_address": "https://stream.example/1",
        "released_on": "2027-04-01",
        "review_on": "2030-04-02",
        "ends_on": "2029-04-01",
    }
    late = client.post(url, sent)
    assert late.status_code == 422
    assert "1 Apr 2030 at the latest" in text_of(late)

    client.post(url, sent | {"review_on": "2028-04-01"})

    made = Activity.objects.get(title="Stroke, recorded")
    page = text_of(client.get(reverse("activity", args=[made.pk])))
    assert "Recording of" in page
    assert made.number in text_of(client.get(reverse("activity", args=[source.pk])))
    assert made.number in text_of(client.get(reverse("enduring")))
    term = reverse("activity_term", args=[made.pk])
    assert "2028-04-01" in text_of(client.get(term))
    made.move("submitted")
    assert "What the review found" in text_of(client.get(term))


def test_the_dates_of_enduring_material_are_set(client, lead):
    activity = ActivityFactory(type="internet_enduring", delivery="online")
    sent = {"released_on": "2027-04-01", "review_on": "2028-04-01", "ends_on": "2029-04-01"}

    client.post(reverse("activity_term", args=[activity.pk]), sent)

    assert EnduringTerm.objects.get().activity == activity


def test_what_has_not_taken_place_has_no_recording(client, lead):
    page = text_of(client.get(reverse("activity_recording", args=[ActivityFactory().pk])))

    assert "Not possible now" in page


def test_activities_of_others_are_not_found(client, lead):
    with acting_in(OrganisationFactory().pk):
        foreign = offered(complete(state="held"))

    for name in ("activity_clone", "activity_recording", "activity_taken_over", "activity_term"):
        assert client.get(reverse(name, args=[foreign.pk])).status_code == 404


def test_whoever_only_reads_copies_nothing(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    made = offered(complete(state="held"))

    page = text_of(client.get(reverse("activity_taken_over", args=[made.pk])))

    assert "not yet" in page
    assert client.get(reverse("activity_clone", args=[made.pk])).status_code == 403


def test_several_things_are_looked_at_together(client, lead):
    source = complete()
    day = source.wall_starts.date() + timedelta(weeks=52)
    sent = {"title": "Stroke again", "day": day, "starts": "18:30", "take": ["agenda", "team"]}
    page = client.post(reverse("activity_clone", args=[source.pk]), sent).url
    copy = Activity.objects.get(title="Stroke again")
    first, *others = Refresh.objects.of(copy)
    together = reverse("activity_look_together", args=[copy.pk])

    nothing = client.post(together, {"note": "Still right"})
    client.post(together, {"note": "Holds again", "seen": [each.pk for each in others]})

    assert nothing.status_code == 422
    assert "Tick what you looked at." in text_of(nothing)
    assert list(Refresh.objects.filter(looked_at=None)) == [first]
    assert text_of(client.get(page)).count("Holds again") == len(others)


def test_what_another_activity_took_over_is_not_looked_at_here(client, lead):
    copies = [offered(complete(state="held")) for _number in range(2)]
    theirs = Refresh.objects.of(copies[1])[0]
    together = reverse("activity_look_together", args=[copies[0].pk])

    answer = client.post(together, {"note": "Still right", "seen": [theirs.pk]})

    assert answer.status_code == 422
    assert Refresh.objects.get(pk=theirs.pk).looked_at is None

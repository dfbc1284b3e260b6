import re
from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.activities.actions.applications import ApplicationFacts
from symposia.activities.models import Activity, Application
from symposia.notifications.models import Delivery
from symposia.shared.tenancy import acting_in
from tests.activities.test_applications import begun, facts, handed_in
from tests.factories.accounts import OrganisationFactory, day_here, member

pytestmark = pytest.mark.django_db


def asked(**other):
    values = {name: getattr(facts(), name) for name in ApplicationFacts.__dataclass_fields__}
    values = {name: "" if value in {None, False} else value for name, value in values.items()}
    return values | {"clock": "12:00"} | other


def text_of(response):
    return response.content.decode()


def link_in(letter):
    return re.search(r"/p/[\w.:=-]+/", letter.text).group()


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_nobody_is_written_to_again_and_again_by_the_open_form(client, organisation):
    url = reverse("apply", args=[organisation.code])
    answers = [client.post(url, asked()).status_code for _each in range(4)]

    assert answers == [302, 302, 302, 429]
    assert client.post(url, asked(email="another@example.org")).status_code == 302
    assert Delivery.objects.count() == 4


def test_a_partner_applies_by_the_open_form_and_hands_in_by_the_link(client, organisation):
    url = reverse("apply", args=[organisation.code])
    assert organisation.name in text_of(client.get(url))

    there = client.post(url, asked()).url

    assert "Look into your mail" in text_of(client.get(there))
    link = link_in(Delivery.objects.get())
    page = text_of(client.get(link))
    assert "Stroke in the young" in page
    assert "Answer the questions first." in page
    client.post(link + "questions/", {"q0": "Neurology"})
    client.post(link + "submission/")
    application = Application.objects.get()
    assert (application.state, application.user) == ("submitted", None)
    assert "Waits for an answer" in text_of(client.get(link))
    late = client.post(link + "edit/", asked(seen_version=application.version))
    assert "This is not possible" in text_of(late)
    client.post(link + "withdrawal/", {"reason": "No room"})
    assert Application.objects.get().state == "withdrawn"


def test_what_cannot_be_is_said_on_the_open_form(client, organisation):
    url = reverse("apply", args=[organisation.code])

    answer = client.post(url, asked(is_ineligible="on"))

    assert answer.status_code == 422
    assert "never provides accredited education" in text_of(answer)
    assert client.get(reverse("apply", args=["nobody"])).status_code == 404
    assert client.get("/p/made-up/").status_code == 404


@pytest.mark.parametrize("role", ["learner", "executive", "coordinator"])
def test_every_member_applies_and_sees_what_became_of_it(client, organisation, role):
    user = member(organisation, role)
    client.force_login(user)
    assert user.email in text_of(client.get(reverse("application_new")))

    there = client.post(reverse("application_new"), asked()).url

    application = Application.objects.get()
    assert application.user == user
    assert application.number in text_of(client.get(there))
    assert "Stroke in the young" in text_of(client.get(reverse("my_applications")))


def test_a_reviewer_returns_and_then_accepts(client, lead):
    application = handed_in()
    detail = reverse("application", args=[application.pk])
    assert application.number in text_of(client.get(reverse("applications")))
    client.post(reverse("application_reviewer", args=[application.pk]))
    assert "Every second one is recognised too late." in text_of(client.get(detail))

    client.post(reverse("application_return", args=[application.pk]), {"reason": "For whom?"})

    assert Application.objects.get().reviewer == lead
    link = link_in(Delivery.objects.filter(template_code__endswith="answered").get())
    assert "For whom?" in text_of(client.get(link))
    client.post(link + "submission/")
    there = client.post(
        reverse("application_acceptance", args=[application.pk]), {"reason": "Gladly"}
    ).url
    activity = Activity.objects.get()
    assert there == reverse("activity", args=[activity.pk])
    assert activity.owner == lead
    assert activity.number in text_of(client.get(detail))
    assert activity.number in text_of(client.get(link))


def test_an_accepted_series_is_opened_as_one(client, lead):
    until = day_here() + timedelta(days=120)
    application = handed_in(wish="series", repeats="weekly", until_on=until)

    there = client.post(
        reverse("application_acceptance", args=[application.pk]), {"reason": "Gladly"}
    ).url

    assert there.startswith("/series/")
    page = text_of(client.get(reverse("application", args=[application.pk])))
    assert "It became a series." in page


def test_a_refusal_is_given_once_and_with_a_reason(client, lead):
    application = handed_in()
    url = reverse("application_refusal", args=[application.pk])
    assert client.post(url, {"reason": ""}).status_code == 422

    client.post(url, {"reason": "We have this already."})

    assert Application.objects.get().state == "refused"
    assert "Not possible now" in text_of(client.get(url))


def test_who_may_not_plan_reviews_nothing(client, organisation):
    application = handed_in()
    client.force_login(member(organisation, "executive"))

    for name in ("application", "application_acceptance", "application_refusal"):
        assert client.get(reverse(name, args=[application.pk])).status_code == 403


def test_drafts_and_applications_to_others_are_not_found(client, lead):
    draft = begun()
    with acting_in(OrganisationFactory().pk):
        foreign = handed_in()

    for each in (draft, foreign):
        for name in ("application", "application_acceptance", "application_return"):
            assert client.get(reverse(name, args=[each.pk])).status_code == 404

"""Following up on a phone, without script: what is due, done, given, handed on; whose it is."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from symposia.engagement.models import AdverseEvent, FollowUp, HandedQuestion, MaterialShare
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.engagement import AfterMeeting, FollowUpFactory, approved
from tests.factories.registrations import RegistrationFactory


class Field(AfterMeeting):
    """The same, with the page of whoever came."""

    def page(self, name="follow_up"):
        return reverse(name, args=[self.owed.pk])


@pytest.fixture
def field(organisation, client):
    made = Field(organisation)
    made.owed = made.make()
    client.force_login(made.user)
    return made


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def test_my_day_counts_what_is_late_due_and_waits_and_each_leads_to_its_rows(client, field):
    FollowUp.objects.filter(pk=field.owed.pk).update(due_on="2026-01-02")
    coming = ActivityFactory(state="open", mode="scientific", title="Next")
    RegistrationFactory(activity=coming, clinician=field.came, state="queued")

    page = page_of(client.get(reverse("field_day")))

    said = {each.get_text(): each["href"] for each in page.select("main a")}
    assert said["1 follow-up is late"] == reverse("field_follow_ups")
    assert said["1 follow-up to do"] == reverse("field_follow_ups")
    assert said["1 doctor waits for an answer"] == reverse("field_unanswered")
    assert field.came.full_name in client.get(reverse("field_unanswered")).text
    assert {field.came.full_name, field.missed.full_name} <= {
        each.get_text() for each in page_of(client.get(reverse("field_follow_ups"))).select("b")
    }


def test_nobody_else_s_doctors_are_there(client, field, organisation):
    elsewhere = ClinicianFactory(territory=TerritoryFactory())
    theirs = FollowUpFactory(clinician=elsewhere, owner=field.user)
    waiting = RegistrationFactory(clinician=elsewhere, state="queued").clinician

    assert client.get(reverse("follow_up", args=[theirs.pk])).status_code == 404
    for name in ("field_follow_ups", "follow_ups", "field_unanswered"):
        said = client.get(reverse(name)).text
        assert waiting.full_name not in said
    done = client.post(reverse("follow_up_completion", args=[theirs.pk]), {"way": "call"})
    assert done.status_code == 404


def test_an_independent_activity_shows_nothing_here(client, field):
    behind = FollowUpFactory(
        activity=ActivityFactory(state="held", mode="independent"),
        clinician=field.came,
        owner=field.user,
    )

    assert client.get(reverse("follow_up", args=[behind.pk])).status_code in {403, 404}
    assert client.get(reverse("follow_ups")).text.count(field.came.full_name) == 1


def test_it_is_done_with_what_was_said(client, field):
    sent = {"way": "visit", "said": "Took home the bundle."}

    answer = client.post(field.page("follow_up_completion"), sent, follow=True)

    assert "Took home the bundle." in answer.text
    assert FollowUp.objects.get(pk=field.owed.pk).state == "done"


def test_what_is_not_filled_in_is_said_beside_its_field(client, field):
    answer = client.post(field.page("follow_up_completion"), {"way": "visit"})

    assert answer.status_code == 422
    assert "error" in str(page_of(answer).select_one("#finishform_said_error"))
    assert FollowUp.objects.get(pk=field.owed.pk).is_open


def test_what_the_mode_forbids_stands_there_with_its_reason(client, field):
    page = page_of(client.get(field.page()))

    (off,) = [each for each in page.select("[data-off]") if "Talk about the product" in str(each)]
    assert "is not allowed after an activity that is “Scientific”" in off.get_text()
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_the_page_asks_the_database_few_things(client, field):
    approved()
    field.agrees(field.came)

    with CaptureQueriesContext(connection) as asked:
        client.get(field.page())

    of_the_test = ("SAVEPOINT", "RELEASE", "SELECT set_config")
    said = [each["sql"].strip() for each in asked]
    said = [each for each in said if not each.startswith(of_the_test)]
    assert len(said) <= 15, "\n".join(each[:120] for each in said)


def test_one_more_is_taken_on(client, field):
    sent = {"kind": "material", "clinician": field.came.pk, "beside": field.owed.pk}

    client.post(reverse("field_follow_up_more", args=[field.activity.pk]), sent)

    assert FollowUp.objects.filter(clinician=field.came, kind="material").exists()
    client.post(
        reverse("field_follow_up_more", args=[field.activity.pk]), {**sent, "kind": "product"}
    )
    assert not FollowUp.objects.filter(kind="product").exists()


def test_a_material_is_given_by_hand_or_by_mail_where_they_agreed(client, field):
    material = approved()
    assert "has not agreed to educational news" in client.get(field.page()).text
    for channel in ("chat", "email"):
        field.agrees(field.came, channel)

    by_hand = client.post(
        field.page("follow_up_shares"), {"material": material.pk, "channel": "chat"}
    )
    by_mail = client.post(
        field.page("follow_up_shares"), {"material": material.pk, "channel": "email"}
    )

    assert "https://wa.me/" in by_hand.text
    assert by_mail.status_code == 302
    assert MaterialShare.objects.count() == 2
    assert "Opened 0 times" in client.get(field.page()).text


def test_a_colleague_of_the_territory_takes_it_over(client, field):
    other = field.holder(field.territory)
    client.force_login(other)
    assert "Take it over" in client.get(field.page()).text

    client.post(field.page("follow_up_owner"))

    assert FollowUp.objects.get(pk=field.owed.pk).owner == other
    assert "Take it over" not in client.get(field.page()).text


def test_harm_and_questions_are_handed_on_in_one_form_each(client, field):
    client.post(field.page("follow_up_adverse_events"), {"product": "Corvalan", "text": "Bled."})
    client.post(field.page("follow_up_questions"), {"text": "Safe with juice?"})

    said = client.get(field.page()).text
    assert "Adverse event to drug safety" in said
    assert "Question to medical affairs" in said
    assert "Bled." not in said
    assert (AdverseEvent.objects.count(), HandedQuestion.objects.count()) == (1, 1)


def sent(client, field, kind, **filled):
    at = now() - timedelta(hours=3)
    one = {
        "event_uuid": str(uuid.uuid4()),
        "kind": kind,
        "at": at.isoformat(),
        "activity": str(field.activity.pk),
        "follow_up": str(field.owed.pk),
        "filled": filled,
    }
    body = {"sent_at": now().isoformat(), "entries": [one]}
    answer = client.post(reverse("field_outbox"), body, content_type="application/json")
    return at, answer.json()["answers"][0]


def test_what_waited_on_the_phone_counts_from_when_it_was_written(client, field):
    at, answer = sent(client, field, "adverse_event", product="Corvalan", text="Bled.")

    assert answer["done"]
    assert answer["href"] == field.page()
    assert abs(AdverseEvent.objects.get().received_at - at) < timedelta(seconds=2)
    assert sent(client, field, "question", text="Safe with juice?")[1]["done"]
    assert sent(client, field, "finish", way="call", said="Well.")[1]["done"]
    again = sent(client, field, "decline", reason="No.")[1]
    assert not again["done"]
    assert "closed" in again["said"]
    assert "What was said" in sent(client, field, "finish", way="call", said="")[1]["said"]


def test_the_team_is_counted_by_territory_and_counts_lead_to_rows(client, field, organisation):
    around = TerritoryFactory(name="North")
    type(field.territory).objects.filter(pk=field.territory.pk).update(parent=around)
    TerritoryFactory(name="Elsewhere")
    manager = field.holder(around, "area_manager")
    client.force_login(manager)

    page = page_of(client.get(reverse("field_team")))

    assert "Elsewhere" not in page.get_text()
    href = reverse("territory_follow_ups", args=[field.territory.pk, "open"])
    assert page.select_one(f'a[href="{href}"]').get_text() == "2"
    rows = client.get(href, follow=True)
    assert field.came.full_name in rows.text
    assert client.get(href.replace("open", "wrong")).status_code == 404


def test_whoever_invites_nobody_has_no_follow_ups(client, field, organisation):
    client.force_login(member(organisation, "executive"))

    assert client.get(reverse("field_follow_ups")).status_code == 403
    assert client.get(field.page()).status_code == 403

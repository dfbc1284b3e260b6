import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from symposia.activities.actions.arrangements import (
    ArrangementFacts,
    advance_arrangement,
    arrange,
)
from symposia.activities.actions.content_reviews import expect_content
from symposia.activities.actions.faculty_invitations import (
    answer_faculty_invitation,
    invite_faculty,
    remind_faculty,
    say_travel,
)
from symposia.activities.faculty_letters import faculty_link
from symposia.activities.models import ContentVersion, Disclosure, FacultyInvitation
from symposia.activities.tasks_of_faculty import tasks_of
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from tests.activities.slides import pdf
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.team import ContributorFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


def said(response):
    return response.content.decode()


@pytest.fixture
def asked(organisation):
    return invite_faculty(ActivityFactory(state="approved"), ContributorFactory(), by=SYSTEM)


@pytest.fixture
def home(asked, organisation):
    """The path of the tasks' page."""
    return re.sub(r"^https?://[^/]+", "", faculty_link(asked, organisation))


def test_five_tasks_are_done_through_one_link_without_a_password(client, asked, home):
    item = expect_content(asked.activity, asked.contributor, "Slides on lysis", by=SYSTEM)
    page = said(client.get(home))
    assert "5 tasks are left" in page
    assert f"{home}biography/" not in page

    client.post(f"{home}answer/", {"answer": "yes"})
    assert "4 tasks are left" in said(client.get(home))
    client.post(f"{home}disclosure/", {"answer": "none", "attested": "on"})
    client.post(f"{home}biography/", {"text": "Neurologist in Boston"})
    client.post(f"{home}travel/", {"text": "Nothing"})
    file = SimpleUploadedFile("lysis.pdf", pdf(), content_type="application/pdf")
    client.post(f"{home}slides/{item.pk}/", {"file": file})

    page = said(client.get(home))
    assert "Everything is done." in page
    assert "with the reviewer" in page
    assert Disclosure.objects.get().given_by == "link"
    assert ContentVersion.objects.get().by_name == asked.contributor.name


def test_what_is_wrong_is_said_on_the_page_of_the_task(client, asked, home):
    refused = client.post(f"{home}biography/", {"text": "Early"})
    assert "Accept first" in said(refused)
    assert "Say in a word why" in said(client.post(f"{home}answer/", {"answer": "no"}))
    client.post(f"{home}answer/", {"answer": "yes"})
    assert client.post(f"{home}disclosure/", {"answer": "none"}).status_code == 422
    assert client.post(f"{home}travel/", {"text": " "}).status_code == 422


def test_after_a_no_nothing_is_left_and_nobody_writes_again(client, asked, home):
    client.post(f"{home}answer/", {"answer": "no", "reason": "I am abroad"})

    assert "You declined." in said(client.get(home))
    assert "Decline" in said(client.get(home))
    assert remind_faculty(at=now() + timedelta(days=30), by=SYSTEM) == 0
    assert code_of(lambda: say_travel(asked, "By train", by=SYSTEM)) == "faculty_declined"


def test_a_disclosure_given_before_counts_and_is_filled_in(client, asked, home, organisation):
    client.post(f"{home}answer/", {"answer": "yes"})
    row = {"answer": "some", "company0": "Acme", "nature0": "speaker", "attested": "on"}
    client.post(f"{home}disclosure/", row)
    other = invite_faculty(ActivityFactory(), asked.contributor, by=SYSTEM)

    done = [task.code for task in tasks_of(other).tasks if task.is_done]
    assert done == ["disclosure"]
    assert 'value="Acme"' in said(client.get(f"{home}disclosure/"))


def test_reminders_come_every_few_days_a_few_times_and_stop_when_all_is_done(asked):
    start = now()

    sent = [remind_faculty(at=start + timedelta(days=day), by=SYSTEM) for day in range(40)]

    assert sum(sent) == 3
    assert [day for day, count in enumerate(sent) if count] == [5, 10, 15]
    assert Delivery.objects.filter(template_code="activities.faculty_reminder").count() == 3


def test_who_has_done_everything_is_not_reminded(asked, client, home):
    client.post(f"{home}answer/", {"answer": "yes"})
    client.post(f"{home}disclosure/", {"answer": "none", "attested": "on"})
    client.post(f"{home}biography/", {"text": "Neurologist"})
    client.post(f"{home}travel/", {"text": "Nothing"})

    assert remind_faculty(at=now() + timedelta(days=30), by=SYSTEM) == 0


def test_a_person_is_asked_once_by_mail_and_not_too_late(asked):
    person = asked.contributor
    assert Delivery.objects.get().to_address == person.email

    def asking(activity, who):
        return code_of(lambda: invite_faculty(activity, who, by=SYSTEM))

    assert asking(asked.activity, person) == "faculty_asked"
    assert asking(asked.activity, ContributorFactory(email="")) == "faculty_no_address"
    assert asking(ActivityFactory(state="held"), person) == "faculty_over"
    FacultyInvitation.objects.filter(pk=asked.pk).update(activity=ActivityFactory(state="held"))
    late = FacultyInvitation.objects.with_names().get(pk=asked.pk)
    answer = {"accepted": True, "by": SYSTEM}
    assert code_of(lambda: answer_faculty_invitation(late, **answer)) == "faculty_over"


def test_the_office_sends_the_link_and_follows_it_like_a_parcel(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    asked = TeamMemberFactory(role="author")
    here = reverse("activity_disclosures", args=[asked.activity.pk])
    assert "Send the link to all tasks" in said(client.get(here))

    url = reverse("faculty_invitation", args=[asked.activity.pk, asked.contributor.pk])
    page = said(client.post(url, follow=True))

    assert "The link to all tasks is on its way." in page
    assert "0 of 4 tasks done; left: Your answer, Disclosure, Biography" in page


def test_somebody_elses_slides_are_not_handed_in(client, asked, home):
    client.post(f"{home}answer/", {"answer": "yes"})
    theirs = expect_content(asked.activity, ContributorFactory(), "Other slides", by=SYSTEM)

    assert client.get(f"{home}slides/{theirs.pk}/").status_code == 404
    assert client.get(f"{home[:-3]}x/").status_code == 404


def test_what_is_arranged_for_a_person_is_seen_like_a_parcel_without_its_cost(client, asked, home):
    at = asked.activity.wall_starts
    known = {"wall_starts": at, "supplier": "Compass Travel", "reference": "CT-77"}
    cost = Money(Decimal(340), "USD")
    facts = ArrangementFacts(
        "travel", "Train there and back", contributor=asked.contributor, cost=cost, **known
    )
    others = ArrangementFacts("travel", "Flight of another", person="Dr Lee", **known)
    made = arrange(asked.activity, facts, by=SYSTEM)
    arrange(asked.activity, others, by=SYSTEM)
    assert "Planned" in said(client.get(home))

    made = advance_arrangement(made, "confirmed", by=SYSTEM)

    page = said(client.get(home))
    assert "Train there and back" in page
    assert "Confirmed" in page
    assert "CT-77" in page
    assert "340" not in page
    assert "Flight of another" not in page
    advance_arrangement(made, "cancelled", reason="Comes by car", by=SYSTEM)
    assert "Train there and back" not in said(client.get(home))


def test_whoever_is_asked_sees_whom_to_ask_back(client, asked, home, organisation):
    asked.activity.owner = member(organisation, "education_lead")
    asked.activity.save()

    assert f"mailto:{asked.activity.owner.email}" in said(client.get(home))

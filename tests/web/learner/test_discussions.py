"""Discussions and shared practice on a phone, without a script, by personal links."""

import uuid

import pytest
from django.urls import reverse

from symposia.activities.faculty_letters import FACULTY
from symposia.activities.models import FacultyInvitation
from symposia.learning.actions.moderation import hide_contribution
from symposia.learning.actions.practice_decisions import return_practice
from symposia.learning.letters import LEARNING
from symposia.learning.models import Adoption, Contribution, Following, Practice
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory
from tests.factories.discussing import discussion_of, published_practice, said_by, sent_practice
from tests.factories.registrations import RegistrationFactory
from tests.factories.team import ContributorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion(organisation):
    return discussion_of(
        kind="journal_club",
        citation="Halloran 2025",
        doi="10.1000/182",
        questions=["Like ours?"],
    )


@pytest.fixture
def place(discussion):
    return RegistrationFactory(activity=discussion.activity)


def ways(organisation, place, purpose=LEARNING):
    token = make_link(purpose, place.pk, organisation.code)
    return lambda name, *args: reverse(name, args=[token, *args])


@pytest.fixture
def to(organisation, place):
    return ways(organisation, place)


def get(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def post(client, address, **values):
    return client.post(address, {"idempotency_key": str(uuid.uuid4())} | values, follow=True)


def test_the_page_of_an_activity_leads_to_the_paper_and_the_box(client, to, discussion):
    assert to("my_discussions") in get(client, to("finish"))
    assert to("my_discussion", discussion.pk) in get(client, to("my_discussions"))

    page = get(client, to("my_discussion", discussion.pk))

    for words in ("Halloran 2025", "https://doi.org/10.1000/182", "Like ours?"):
        assert words in page
    assert "Write nothing that could tell who a patient is" in page
    assert "what promotes one is hidden" in page


def test_words_are_plain_and_their_links_lead_out(client, to, discussion):
    said = "<b>No</b>, see https://example.org/paper"
    page = post(client, to("my_contributions", discussion.pk), text=said, question="1")
    page = page.content.decode()

    assert "&lt;b&gt;No&lt;/b&gt;" in page
    assert '<a href="https://example.org/paper" rel="nofollow">' in page
    assert "on question 1" in page


def test_a_form_without_words_comes_back_as_it_was(client, to, discussion):
    page = post(client, to("my_contributions", discussion.pk), text=" ")

    assert page.status_code == 422
    assert not Contribution.objects.exists()


def test_one_replies_changes_takes_back_and_reports(client, to, discussion, place):
    other = RegistrationFactory(activity=discussion.activity)
    head = said_by(other, discussion, "Why?")
    post(client, to("my_contributions", discussion.pk), text="Becaus.", head=str(head.pk))
    own = Contribution.objects.get(text="Becaus.")
    assert own.head == head

    page = get(client, to("my_contribution", own.pk))
    assert 'name="seen_version" value="1"' in page
    post(client, to("my_contribution", own.pk), text="Because.", seen_version="1")
    assert Contribution.objects.get(pk=own.pk).text == "Because."
    page = post(client, to("my_contribution_report", head.pk), reason="It blames.")
    assert "A moderator looks at it." in page.content.decode()
    page = post(client, to("my_contribution_withdrawal", own.pk)).content.decode()
    assert "It is taken back" in page
    assert "Because." not in page


def test_the_author_reads_why_something_is_hidden_and_others_do_not(
    client, to, organisation, discussion, place
):
    hide_contribution(said_by(place, discussion, "Buy it."), "It names a product.", by=SYSTEM)
    other = ways(organisation, RegistrationFactory(activity=discussion.activity))

    assert "It names a product." in get(client, to("my_discussion", discussion.pk))
    page = get(client, other("my_discussion", discussion.pk))
    assert "Buy it." not in page
    assert "It names a product." not in page


def test_no_form_about_words_shows_what_the_discussion_does_not(
    client, to, organisation, discussion, place
):
    other = ways(organisation, RegistrationFactory(activity=discussion.activity))
    said = said_by(place, discussion, "Bed nine.")
    assert "Bed nine." in get(client, other("my_contribution_report", said.pk))
    assert client.get(other("my_contribution", said.pk)).status_code == 404

    hide_contribution(said, "It tells who a patient is.", by=SYSTEM)

    assert "Bed nine." not in get(client, other("my_contribution_report", said.pk))


def test_whoever_is_not_of_the_activity_finds_nothing(client, organisation, discussion, place):
    said = said_by(place, discussion)
    stranger = ways(organisation, RegistrationFactory(activity=ActivityFactory(state="open")))
    queued = ways(organisation, RegistrationFactory(activity=discussion.activity, state="queued"))

    assert client.get(stranger("my_discussion", discussion.pk)).status_code == 404
    assert client.get(stranger("my_contribution_report", said.pk)).status_code == 404
    page = get(client, queued("my_discussion", discussion.pk))
    assert "Only whoever has a place at the activity takes part here." in page
    assert said.text not in page


def test_a_link_of_another_organisation_opens_nothing(client, discussion, place):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = ways(other, RegistrationFactory())

    assert client.get(foreign("my_discussion", discussion.pk)).status_code == 404
    assert client.get(ways(other, place)("my_discussions")).status_code == 404


def test_one_follows_and_stops(client, to, discussion):
    page = post(client, to("my_following", discussion.pk), follow="yes").content.decode()
    assert "Stop following" in page
    assert Following.objects.count() == 1
    post(client, to("my_following", discussion.pk), follow="no")
    assert not Following.objects.exists()


def test_faculty_speak_by_their_own_link(client, organisation, discussion):
    invitation = FacultyInvitation.objects.create(
        activity=discussion.activity, contributor=ContributorFactory(name="Dr Bose")
    )
    to = ways(organisation, invitation, FACULTY)

    assert to("faculty_discussions") in get(client, to("faculty"))
    page = post(client, to("faculty_contributions", discussion.pk), text="Welcome.")

    assert "Faculty" in page.content.decode()
    said = Contribution.objects.get()
    assert (said.author_name, said.registration, said.speaks_as) == ("Dr Bose", None, "faculty")
    assert client.get(to("faculty_following", discussion.pk)).status_code == 405


FORM = {"kind": "case", "title": "Fever", "done": "Mr Paul Bose was seen.", "specialty": "ICU"}


def test_a_practice_is_written_looked_through_and_sent(client, to):
    page = post(client, to("my_practice_new"), **FORM).content.decode()
    practice = Practice.objects.get()

    assert "<mark>Mr Paul Bose</mark>" in page
    assert "What was done, line 1" in page
    assert "Send it to the editors" not in page
    refused = post(client, to("my_practice_sending", practice.pk)).content.decode()
    assert "Something in it may tell who a patient is: “Mr Paul Bose”." in refused
    named = {"kind": "name", "part": "done", "quoted": "Mr Paul Bose"}
    answers = to("my_practice_answers", practice.pk)
    page = post(client, answers, **named, answer="no_patient", reason="").content.decode()
    assert "Say why this is of no patient." in page
    page = post(client, answers, **named, answer="removed").content.decode()
    assert "[…] was seen." in page
    page = post(client, to("my_practice_sending", practice.pk)).content.decode()
    assert "An editor reads it and writes to you." in page
    assert Practice.objects.get().state == "waiting"


def test_its_author_reads_the_words_of_the_editor_and_writes_on(client, to, place):
    practice = sent_practice(place)
    return_practice(practice, "Say how many.", by=SYSTEM)

    assert "Say how many." in get(client, to("my_practice", practice.pk))
    page = get(client, to("my_practice_edit", practice.pk))
    assert practice.title in page
    old = FORM | {"done": "We did.", "seen_version": "0"}
    page = post(client, to("my_practice_edit", practice.pk), **old)
    assert page.status_code == 422
    assert "Somebody changed this while you were writing." in page.content.decode()


def test_colleagues_find_it_by_specialty_and_activity(client, to, place):
    published = published_practice(specialty="Surgery")
    other = published_practice(title="We count", specialty="ICU")
    mine = to("my_practices")

    titles = {each.title for each in client.get(mine).context["practices"]}
    assert titles == {"We read it aloud", "We count"}
    for query in ({"specialty": "ICU"}, {"activity": str(other.activity_id)}):
        assert [each.title for each in client.get(mine, query).context["practices"]] == ["We count"]
    assert client.get(mine, {"activity": "x", "kind": "y"}).status_code == 200
    assert published.title in get(client, to("my_practice", published.pk))


def test_one_takes_it_up_says_something_and_not_after_all(client, to, organisation):
    practice = published_practice()
    adoption = to("my_practice_adoption", practice.pk)

    assert post(client, adoption, kind="perhaps").status_code == 422
    page = post(client, adoption, kind="trying", note="On Monday").content.decode()
    assert "0 colleagues do this too, 1 will try it." in page
    page = post(client, to("my_practice_comments", practice.pk), text="At night too?")
    assert "At night too?" in page.content.decode()
    author = ways(organisation, practice.registration)
    own = get(client, author("my_practice", practice.pk))
    assert "On Monday" in own
    assert "Take it up" not in own
    post(client, to("my_practice_adoption_end", practice.pk))
    assert not Adoption.objects.exists()


def test_what_a_colleague_has_not_sent_is_not_read(client, to):
    hidden = sent_practice()

    for name in ("my_practice", "my_practice_edit"):
        assert client.get(to(name, hidden.pk)).status_code == 404
    assert post(client, to("my_practice_withdrawal", hidden.pk)).status_code == 404
    assert Practice.objects.get(pk=hidden.pk).state == "waiting"


def test_the_own_is_taken_back(client, to, place):
    practice = published_practice(place)

    post(client, to("my_practice_withdrawal", practice.pk))

    assert Practice.objects.get().state == "withdrawn"
    assert client.get(to("my_practice", practice.pk)).status_code == 404

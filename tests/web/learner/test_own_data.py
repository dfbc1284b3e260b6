import pytest
from django.urls import reverse

from symposia.directory.actions.affiliations import add_affiliation
from symposia.directory.actions.contacts import add_contact
from symposia.directory.actions.merging import merge_clinicians
from symposia.directory.affiliating import AffiliationFacts
from symposia.directory.contacting import ContactFacts
from symposia.directory.letters import own_page_token
from symposia.directory.models import ConsentStatement
from symposia.outreach.actions import stop_invitations
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory

NO = {"purpose": "invitations", "channel": "email", "given": "no"}


@pytest.fixture
def learner(client, organisation):
    user = member(organisation, "learner")
    client.force_login(user)
    return ClinicianFactory(user=user)


def token(organisation, clinician):
    return own_page_token(clinician, organisation.code)


def test_the_signed_in_learner_gives_and_takes_back(client, learner):
    page = client.get(reverse("own_data"))
    assert "You have said nothing; it is used." in page.text
    assert not ConsentStatement.objects.exists()

    client.post(reverse("own_consent"), NO)
    client.post(reverse("own_consent"), NO | {"purpose": "news", "given": "yes"})

    said = ConsentStatement.objects.order_by("pk")
    assert [(each.purpose, each.given, each.source) for each in said] == [
        ("invitations", False, "self"),
        ("news", True, "self"),
    ]
    assert "You said no on" in client.get(reverse("own_data")).text


def test_an_account_that_is_nobody_here_is_told_so(client, organisation):
    client.force_login(member(organisation, "learner"))

    assert "Nothing is kept of you here" in client.get(reverse("own_data")).text
    assert client.post(reverse("own_consent"), NO).status_code == 404


def test_the_personal_link_needs_no_account_and_a_get_changes_nothing(client, organisation):
    one = ClinicianFactory()
    here = token(organisation, one)

    page = client.get(reverse("own_data_link", args=[here]))
    assert page.status_code == 200
    assert client.get(reverse("own_consent_link", args=[here])).status_code == 405
    assert not ConsentStatement.objects.exists()

    client.post(reverse("own_consent_link", args=[here]), NO)
    said = ConsentStatement.objects.get()
    assert (said.clinician, said.recorded_by_name) == (one, one.called)


def test_one_button_stops_everything_once(client, organisation):
    here = token(organisation, ClinicianFactory())
    stop = reverse("own_consent_link", args=[here])

    client.post(stop, {"everything": "1"})
    assert ConsentStatement.objects.filter(given=False).count() == 17

    answer = client.post(stop, {"everything": "1"}, follow=True)
    assert "Everything was already withdrawn." in answer.text


@pytest.mark.parametrize("sent", [{}, {"purpose": "lottery"}, NO | {"channel": "pigeon"}])
def test_what_no_button_sends_is_no_answer(client, organisation, sent):
    here = token(organisation, ClinicianFactory())

    answer = client.post(reverse("own_consent_link", args=[here]), sent, follow=True)

    assert "Choose one of the ways on this page." in answer.text
    assert not ConsentStatement.objects.exists()


def test_a_link_for_something_else_opens_nothing(client, organisation):
    one = ClinicianFactory()

    for wrong in ("invitation", "person"):
        link = make_link(wrong, one.pk, organisation.code)
        assert client.get(reverse("own_data_link", args=[link])).status_code == 404
    right = reverse("own_data_link", args=[token(organisation, one)])
    assert client.get(right).status_code == 200


def test_the_link_ends_with_the_address_it_was_sent_to(client, organisation):
    one = ClinicianFactory(email="old@example.org", phone="+1 617 555 0100")
    before = token(organisation, one)
    one.email = "new@example.org"
    one.save(update_fields=["email"])

    for name in ("own_data_link", "own_change_link"):
        assert client.get(reverse(name, args=[before])).status_code == 404
    assert client.post(reverse("own_consent_link", args=[before]), NO).status_code == 404
    assert not ConsentStatement.objects.exists()
    after = reverse("own_data_link", args=[token(organisation, one)])
    assert "new@example.org" in client.get(after).text


def test_after_a_merge_the_link_opens_while_the_address_is_the_persons(client, organisation):
    kept = ClinicianFactory(email="used@example.org", npi=False)
    same, other = (ClinicianFactory(email=e, npi=False) for e in (kept.email, "lost@example.org"))
    links = [reverse("own_data_link", args=[token(organisation, each)]) for each in (same, other)]
    for each in (same, other):
        merge_clinicians(kept, each, by=SYSTEM)

    assert [client.get(link).status_code for link in links] == [200, 404]


def test_whoever_stops_invitations_has_said_no_to_them(organisation):
    invitation = InvitationFactory()

    for _twice in range(2):
        stop_invitations(invitation, by=SYSTEM)

    said = ConsentStatement.objects.order_by("channel")
    assert [each.channel for each in said] == ["chat", "email", "phone", "post", "sms"]
    assert {(each.purpose, each.given, each.source, each.proof) for each in said} == {
        ("invitations", False, "button", invitation.activity.number)
    }


def test_one_reads_where_one_works_and_how_else_one_is_reached(client, learner):
    add_affiliation(learner, AffiliationFacts("Tara Clinic", role="Consultant"), by=SYSTEM)
    add_contact(learner, ContactFacts("phone", "+1 617 555 0100", "Practice"), by=SYSTEM)

    page = client.get(reverse("own_data")).text

    assert "Tara Clinic, Boston, Consultant" in page
    assert "Practice +1 617 555 0100" in page
    assert 'value="affiliation"' not in client.get(reverse("own_change")).text


def test_the_signed_in_learner_says_as_whom_boards_know_them(client, learner):
    page = reverse("own_identity")
    said = {"given": "Avery", "family": "Example", "born": "31 March"}
    assert "Write the day of birth as" in client.post(page, said).text

    client.post(page, said | {"born": "1970-03-31"})

    assert "Avery Example 1970-03-31" in client.get(reverse("own_data")).text
    assert 'value="Avery"' in client.get(page).text

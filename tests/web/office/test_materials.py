"""Materials in the office, and the personal page where one is opened."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.engagement.actions.handing import take_adverse_event
from symposia.engagement.actions.materials import withdraw_material
from symposia.engagement.actions.sharing import share_material
from symposia.engagement.letters import MATERIAL
from symposia.engagement.models import ApprovedMaterial, MaterialOpening, SafetyMailbox
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from tests.factories.accounts import day_here, member
from tests.factories.engagement import PDF, AfterMeeting, approved


@pytest.fixture
def medical(organisation, client):
    user = member(organisation, "medical_affairs")
    client.force_login(user)
    return user


def filled(**facts):
    return {
        "name": "Summary",
        "kind": "summary",
        "wording": "Here is what was shown.",
        "modes": ["scientific"],
        "valid_until": (day_here() + timedelta(days=30)).isoformat(),
        **facts,
    }


def test_one_person_proposes_and_another_approves(client, organisation, medical):
    sent = filled(file=SimpleUploadedFile("ninety.pdf", PDF))

    page = client.post(reverse("material_new"), sent, follow=True)
    made = ApprovedMaterial.objects.get()
    assert "somebody else approves it" in page.text
    client.post(reverse("material_approval", args=[made.pk]))
    assert ApprovedMaterial.objects.get().state == "proposed"

    client.force_login(member(organisation, "medical_affairs"))
    client.post(reverse("material_approval", args=[made.pk]))
    assert ApprovedMaterial.objects.get().state == "approved"
    client.post(reverse("material_withdrawal", args=[made.pk]), {"reason": "A figure was wrong."})
    assert "A figure was wrong." in client.get(reverse("material", args=[made.pk])).text


def test_what_is_not_right_is_said_on_the_form(client, medical):
    answer = client.post(reverse("material_new"), filled())

    assert answer.status_code == 422
    assert "https://" in answer.text


def test_a_representative_proposes_nothing(client, organisation):
    client.force_login(member(organisation, "field_representative"))

    assert client.get(reverse("material_new")).status_code == 403
    assert client.get(reverse("materials")).status_code == 403


@pytest.fixture
def given(organisation):
    after = AfterMeeting(organisation)
    after.make()
    after.agrees(after.came)
    material = approved(address="", content=PDF)
    return share_material(after.of(after.came), material, "email", by=SYSTEM).share


def page_of(share, organisation, name="given_material"):
    return reverse(name, args=[make_link(MATERIAL, share.pk, organisation.code)])


def test_following_the_link_opens_nothing_and_the_button_does(client, organisation, given):
    """A program that looks at every link of a message is not the person."""
    shown = client.get(page_of(given, organisation))
    client.head(page_of(given, organisation))
    assert client.get(page_of(given, organisation, "given_material_opening")).status_code == 405
    assert "Here is what was shown." in shown.text
    assert not MaterialOpening.objects.exists()

    led = client.post(page_of(given, organisation, "given_material_opening"))

    assert "/g/" in led["Location"]
    assert MaterialOpening.objects.get().share == given


def test_a_withdrawn_version_opens_no_more(client, organisation, given):
    withdraw_material(given.material, reason="Old.", by=SYSTEM)

    client.post(page_of(given, organisation, "given_material_opening"))

    assert "not given any more" in client.get(page_of(given, organisation)).text
    assert not MaterialOpening.objects.exists()


def test_the_person_says_on_the_page_that_they_want_no_more(client, organisation, given):
    answer = client.post(page_of(given, organisation, "given_material_end"), follow=True)

    assert "Nothing of this kind comes to you any more" in answer.text


def test_an_administrator_names_the_mailbox_of_drug_safety(client, organisation):
    client.force_login(member(organisation, "administrator"))

    client.post(reverse("safety_mailbox"), {"address": "safety@example.org"})

    assert SafetyMailbox.objects.get().address == "safety@example.org"


def test_medical_affairs_reads_adverse_events_and_the_field_does_not(client, organisation, medical):
    after = AfterMeeting(organisation)
    event = take_adverse_event(after.make(), "Corvalan", "Bled for two days.", by=SYSTEM)

    assert "No mailbox of drug safety is set" in client.get(reverse("adverse_events")).text
    assert "Bled for two days." in client.get(reverse("adverse_event", args=[event.pk])).text
    assert "Corvalan" in client.get(reverse("adverse_events"), {"sent": "waits"}).text
    assert "Corvalan" not in client.get(reverse("adverse_events"), {"sent": "late"}).text
    client.force_login(after.user)
    assert client.get(reverse("adverse_event", args=[event.pk])).status_code == 403

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.timezone import now

from symposia.notifications.models import Delivery
from symposia.outreach.actions.campaigns import WaveFacts, make_campaign, release_wave
from symposia.outreach.models import Campaign, Recipient, Wave
from symposia.outreach.selection import sort_out
from symposia.outreach.tasks import print_wave, send_wave
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", mode="scientific")


@pytest.fixture
def coordinator(client, organisation):
    client.user = member(organisation, "coordinator")
    client.force_login(client.user)
    return client


def campaign_for(activity, *people, **facts):
    return make_campaign(activity, people=people, by=SYSTEM, **facts)


def out(campaign):
    """A wave of the campaign to everybody who may be asked."""
    audience = sort_out(campaign.activity, [*ClinicianFactory._meta.model.objects.all()])
    return release_wave(campaign, audience, WaveFacts(), by=SYSTEM)


def address(name, campaign, *args):
    return reverse(f"campaign_{name}", args=[campaign.pk, *args])


def page_rows(page, caption):
    """What a table says of each thing it names, by its caption."""
    found = BeautifulSoup(page, "html.parser").find("caption", string=caption).parent
    return {row.th.text: row.td.text for row in found.tbody.find_all("tr")}


def test_the_page_names_the_count_the_reasons_and_the_letter(coordinator, activity):
    fine = ClinicianFactory()
    before = InvitationFactory(activity=activity).clinician
    campaign = campaign_for(activity, fine, ClinicianFactory(email=""), before)

    page = coordinator.get(reverse("campaign", args=[campaign.pk])).text

    assert "1 person will receive it" in page
    assert "2 are skipped:" in page
    rows = page_rows(page, "Why people are skipped")
    assert rows == {"Has no e-mail address": "1", "Was invited before: No answer yet": "1"}
    assert "Send 1 invitation" in page
    assert f"{fine.called}, you are invited to" in page
    assert "/r/" not in page
    assert not Delivery.objects.exists()


def test_the_reader_of_answers_is_chosen_on_a_page(coordinator, activity):
    campaign = campaign_for(activity, ClinicianFactory())
    to = address("answers", campaign)
    assert coordinator.user.email in coordinator.get(to).text

    page = coordinator.post(to, {"reader": str(coordinator.user.pk)}, follow=True).text

    assert f"Answers go to {coordinator.user}" in page
    assert coordinator.post(to, {"reader": "nobody"}).status_code == 422
    coordinator.post(to, {"reader": ""})
    campaign.refresh_from_db()
    assert campaign.answers_to is None


def test_a_wave_by_post_is_released_and_its_letters_are_offered(coordinator, activity):
    campaign = campaign_for(activity, ClinicianFactory(email="", city="Pune"))
    address = reverse("campaign", args=[campaign.pk])
    shown = page_rows(coordinator.get(address).text, "Why people are skipped")
    assert shown == {"Has no e-mail address": "1"}

    page = coordinator.get(f"{address}?aim=new&channel=post").text
    assert "1 person will receive it" in page
    assert "one PDF to print" in page
    data = {"aim": "new", "channel": "post", "seen": 1}
    coordinator.post(reverse("campaign_release", args=[campaign.pk]), data)
    wave = Wave.objects.get()
    assert wave.channel == "post"
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        send_wave.run(str(wave.organisation_id), wave_id=str(wave.pk))
        print_wave.run(str(wave.organisation_id), wave_id=str(wave.pk))
    assert "Letters (PDF)" in coordinator.get(address).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_few_questions_for_any_length(
    coordinator, activity, count, django_assert_max_num_queries
):
    campaign = campaign_for(activity, *ClinicianFactory.create_batch(count))
    out(campaign)
    coordinator.get(reverse("campaign", args=[campaign.pk]))

    with django_assert_max_num_queries(40):
        coordinator.get(reverse("campaign", args=[campaign.pk]))


def test_a_wave_is_released_to_as_many_as_were_named(coordinator, activity):
    campaign = campaign_for(activity, *ClinicianFactory.create_batch(2))
    to = address("release", campaign)

    refused = coordinator.post(to, {"aim": "new", "channel": "email", "seen": 3})
    assert refused.status_code == 422
    assert "2 would receive it now, not 3" in refused.text
    assert not Wave.objects.exists()

    page = coordinator.post(to, {"aim": "new", "channel": "email", "seen": 2}, follow=True).text
    assert "2 people will receive wave 1. You have a minute to recall it." in page
    assert "Recall wave 1" in page


def test_a_day_without_an_hour_is_asked_for_again(coordinator, activity):
    campaign = campaign_for(activity, ClinicianFactory())

    answer = coordinator.post(
        address("release", campaign),
        {"aim": "new", "channel": "email", "seen": 1, "day": "2027-02-01"},  # no hour,
    )

    assert answer.status_code == 422
    assert "Give the day and the hour, or neither." in answer.text
    assert 'value="2027-02-01"' in answer.text


def test_a_recall_says_what_was_kept_back(coordinator, activity):
    campaign = campaign_for(activity, ClinicianFactory())
    out(campaign)

    page = coordinator.post(address("recall", campaign, 1), follow=True).text

    assert "Kept back: 1. Had left already: 0." in page
    again = coordinator.post(address("recall", campaign, 1), follow=True).text
    assert "This wave was recalled before." in again


def test_a_test_goes_to_oneself(coordinator, activity):
    clinician = ClinicianFactory()
    campaign = campaign_for(activity, clinician)

    coordinator.post(address("test", campaign), {"as": str(clinician.pk)})
    coordinator.post(address("test", campaign), {"as": "nobody"})

    assert Delivery.objects.get().to_address == coordinator.user.email


def test_the_words_are_kept_or_refused_with_everything_written(coordinator, activity):
    campaign = campaign_for(activity, ClinicianFactory())
    to = address("words", campaign, "en")

    refused = coordinator.post(to, {"subject": "Come", "body": "Words without a button"})
    assert refused.status_code == 422
    assert "The message needs its button" in refused.text
    assert "Words without a button" in refused.text

    coordinator.post(to, {"subject": "Come", "body": "Dear {name}\n\n[Yes]({reply_link})"})
    campaign.refresh_from_db()
    assert campaign.subject == "Come"
    assert coordinator.get(address("words", campaign, "xx")).status_code == 404


def test_a_draft_is_discarded(coordinator, activity):
    campaign = campaign_for(activity, ClinicianFactory())

    coordinator.post(address("discarding", campaign))

    campaign.refresh_from_db()
    assert campaign.state == "discarded"


def test_the_report_names_each_person_and_goes_home_as_a_file(coordinator, activity):
    person = ClinicianFactory()
    wave = out(campaign_for(activity, person))
    Recipient.objects.filter(wave=wave).update(due_at=now() - timedelta(minutes=1))
    send_wave.run(str(wave.organisation_id), wave_id=str(wave.pk))
    campaign = Campaign.objects.get()

    page = coordinator.get(address("people", campaign)).text
    file = b"".join(coordinator.get(address("people_csv", campaign)).streaming_content).decode()

    assert person.full_name in page
    assert person.email in file
    assert "Sent" in file


def test_anothers_campaign_of_other_territories_is_not_there(client, organisation, activity):
    mine = TerritoryFactory()
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    person = member(organisation, "field_representative", **scope)
    client.force_login(person)
    theirs = campaign_for(activity, ClinicianFactory())
    own = make_campaign(activity, people=[ClinicianFactory(territory=mine)], by=person.actor())

    assert client.get(reverse("campaign", args=[theirs.pk])).status_code == 404
    assert client.post(address("release", theirs), {"aim": "new"}).status_code == 404
    assert "1 person will receive it" in client.get(reverse("campaign", args=[own.pk])).text


def test_another_organisations_campaign_is_not_there(coordinator, organisation):
    other = OrganisationFactory()
    with acting_in(other.pk):
        campaign = campaign_for(ActivityFactory(state="open"), ClinicianFactory())

    for name, args in (("release", ()), ("recall", (1,)), ("test", ()), ("discarding", ())):
        assert coordinator.post(address(name, campaign, *args)).status_code == 404
    assert coordinator.get(reverse("campaign", args=[campaign.pk])).status_code == 404
    assert coordinator.get(address("people", campaign)).status_code == 404


def test_who_may_not_invite_sees_the_waves_and_no_button(client, organisation, activity):
    client.force_login(member(organisation, "compliance_officer"))
    campaign = campaign_for(activity, ClinicianFactory())
    out(campaign)

    page = client.get(reverse("campaign", args=[campaign.pk])).text

    assert "Recall wave" not in page
    assert client.post(address("release", campaign), {"aim": "new"}).status_code == 403

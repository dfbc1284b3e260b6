"""A representative at a phone, without script: the day, choosing, the dry run, sending."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.directory.models import Clinician
from symposia.outreach.actions.campaigns import SEND_WAVE
from symposia.outreach.models import Invitation, Wave
from symposia.shared.jobs import AWAITED
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory
from tests.factories.registrations import RegistrationFactory
from tests.outreach.test_candidates import allot, says_no


class Field:
    """A territory with its representative, an open meeting and some doctors."""

    def __init__(self, organisation):
        self.territory = TerritoryFactory()
        scope = {"scope_kind": "territory", "scope_id": self.territory.pk}
        self.user = member(organisation, "field_representative", **scope)
        self.activity = ActivityFactory(state="open", mode="scientific", title="Ninety days")
        self.doctors = ClinicianFactory.create_batch(3, territory=self.territory)

    def page(self, name, *more):
        return reverse(name, args=[self.activity.pk, *more])


@pytest.fixture
def field(organisation, client):
    made = Field(organisation)
    client.force_login(made.user)
    return made


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def test_my_day_has_places_and_what_is_left_of_my_invitations(client, field):
    allot(field.activity, field.user, 5)
    RegistrationFactory(activity=field.activity, clinician=field.doctors[0])

    said = client.get(reverse("field_day")).text

    assert "Ninety days" in said
    assert "1 of 90 places taken" in said
    assert "5 of 5 invitations left" in said
    assert len(said.encode()) <= 40_000


def test_my_doctors_are_those_of_the_territory_with_the_reason(client, field):
    elsewhere = ClinicianFactory(territory=TerritoryFactory())
    says_no(field.doctors[0])

    said = client.get(reverse("field_doctors")).text

    assert all(each.full_name in said for each in field.doctors)
    assert elsewhere.full_name not in said
    assert "said no to invitations to activities" in said


def test_files_of_my_doctors_call_them_as_the_page_does(client, field):
    ClinicianFactory(full_name="MORENO, ADA", display_name="Ada Moreno", territory=field.territory)

    page = client.get(reverse("field_doctors"), {"q": "moreno"})

    (line,) = page.context["rows"]
    assert "Ada Moreno" in page.text
    assert page.context["list"].column("name").value(line["row"]) == "Ada Moreno"


def test_one_who_may_not_be_asked_has_no_box_and_says_why(client, field):
    says_no(field.doctors[1])

    page = page_of(client.get(field.page("field_invite")))

    boxes = {box["value"]: box.has_attr("disabled") for box in page.select("[name=clinician]")}
    assert boxes == {str(each.pk): each == field.doctors[1] for each in field.doctors}
    assert "said no to" in page.select_one("[data-off]").get_text()


def ticked(page):
    boxes = {box["value"] for box in page.select("input[type=checkbox]:checked")}
    elsewhere = page.select_one("[data-elsewhere]")
    return boxes | set(elsewhere["value"].split(",") if elsewhere else ())


def press(client, page, button, **said):
    """Send the form by one of its buttons, as a browser without script does."""
    form = page.select_one("[data-queue=invite]")
    values = {"q": form.select_one("#q")["value"], "clinician": sorted(ticked(page))} | said
    if button.get("name"):
        values[button["name"]] = button["value"]
    return page_of(client.post(button.get("formaction", form["action"]), values))


def test_who_is_ticked_stays_ticked_through_a_search(client, field):
    zelda = ClinicianFactory(full_name="Zelda Quill", territory=field.territory, npi=False)
    first, second, third = map(str, (field.doctors[0].pk, zelda.pk, field.doctors[2].pk))
    page = page_of(client.get(field.page("field_invite")))
    search = page.select_one("[role=search] button")
    assert page.select_one("[data-chosen]").text == "0"

    found = press(client, page, search, q="zelda", clinician=[first])
    assert [box["value"] for box in found.select("input[type=checkbox]")] == [second]
    assert (ticked(found), found.select_one("[data-chosen]").text) == ({first}, "1")

    nobody = press(client, found, search, q="Xyzzy", clinician=[first, second])
    assert (ticked(nobody), nobody.select_one("[data-chosen]").text) == ({first, second}, "2")
    everybody = press(client, nobody, nobody.select_one(".empty button"), q="")
    assert ticked(everybody) == {first, second}
    assert everybody.select_one(f"[value='{first}']").has_attr("checked")

    looked = press(client, everybody, everybody.select_one(".field-send .btn-primary"))
    assert "2 of 2 will get it" in looked.text
    again = looked.select_one(".post-button")
    values = {each["name"]: each["value"] for each in again.select("input")}
    assert ticked(page_of(client.post(again["action"], values))) == {first, second}
    assert third not in values["clinician"]


def test_who_is_ticked_stays_ticked_on_the_next_page(client, field):
    ClinicianFactory.create_batch(50, territory=field.territory, npi=False)
    page = page_of(client.get(field.page("field_invite")))
    first = page.select_one("input[type=checkbox]")["value"]

    following = press(client, page, page.select_one(".pager button"), clinician=[first])
    assert len(following.select("input[type=checkbox]")) == 3
    assert (ticked(following), following.select_one("[data-chosen]").text) == ({first}, "1")
    before = press(client, following, following.select_one(".pager button[name=before]"))
    assert before.select_one(f"[value='{first}']").has_attr("checked")
    assert before.select_one("[data-elsewhere]") is None


def test_the_dry_run_sends_nothing_and_the_next_press_does(client, field):
    says_no(field.doctors[0])

    looked = client.post(field.page("field_review"), {"scope": "all", "q": ""})
    assert "2 of 3 will get it" in looked.text
    assert not Wave.objects.exists()
    form = page_of(looked).select_one("[data-queue=invite]")
    sent = {each["name"]: each["value"] for each in form.select("input")}
    answer = client.post(form["action"], sent, follow=True)

    assert "2 of 3 invitations leave in a minute." in answer.text
    assert Wave.objects.get().released_by_id == field.user.pk
    assert "Recall" in answer.text


def test_another_number_is_said_and_nothing_is_sent(client, field):
    chosen = ",".join(str(each.pk) for each in field.doctors)

    answer = client.post(field.page("field_invitations"), {"clinician": chosen, "seen": "2"})

    assert answer.status_code == 422
    assert "3 would receive it now, not 2" in answer.text
    assert not Wave.objects.exists()


def test_nobody_chosen_is_said_where_one_chooses(client, field):
    answer = client.post(field.page("field_review"), {"clinician": "nonsense"})

    assert answer.status_code == 422
    assert "Choose at least one person." in answer.text


def test_a_doctor_of_another_territory_is_not_asked(client, field):
    other = ClinicianFactory(territory=TerritoryFactory())

    answer = client.post(field.page("field_invitations"), {"clinician": str(other.pk)})

    assert answer.status_code == 422
    assert not Wave.objects.exists()


def test_with_a_list_approved_for_me_i_choose_from_it_alone(client, field):
    allot(field.activity, field.user, 5, field.doctors[2])

    page = page_of(client.get(field.page("field_invite")))

    assert [box["value"] for box in page.select("[name=clinician]")] == [str(field.doctors[2].pk)]


def test_a_wave_is_recalled_by_whoever_sent_it(client, field, organisation):
    client.post(field.page("field_invitations"), {"clinician": str(field.doctors[0].pk)})
    wave = Wave.objects.get()
    back = reverse("field_recall", args=[wave.campaign_id, wave.number])

    client.post(back)

    wave.refresh_from_db()
    assert wave.state == "recalled"
    assert not Invitation.objects.exists()


def test_whoever_has_not_answered_is_reminded_after_a_look_at_the_numbers(client, field):
    for doctor, days in ((field.doctors[0], 2), (field.doctors[1], 0)):
        sent_at = now() - timedelta(days=days)
        InvitationFactory(
            activity=field.activity, clinician=doctor, invited_by_id=field.user.pk, sent_at=sent_at
        )

    page = client.get(field.page("field_event"))
    assert "Remind 1 person" in page.text
    before = client.get(field.page("field_reminders")).text
    assert "1 of 2 will be reminded" in before
    assert "was invited or reminded within the last day" in before
    assert not Wave.objects.exists()
    answer = client.post(field.page("field_reminders"), {"seen": "1"}, follow=True)
    assert "1 person is reminded in a minute." in answer.text
    assert "1 reminder leaves in a minute." in answer.text
    again = client.post(field.page("field_reminders"), {"seen": "1"}, follow=True)
    assert "Whoever you invited has answered" in again.text


def test_nobody_to_remind_is_no_number(client, field):
    InvitationFactory(
        activity=field.activity, clinician=field.doctors[0], invited_by_id=field.user.pk
    )

    page = client.get(field.page("field_event")).text

    assert "Remind 0" not in page
    assert "was invited or reminded within the last day" in page
    assert "0 of 1 will be reminded" in client.get(field.page("field_reminders")).text


def test_those_who_are_on_the_way_are_named_while_they_can_be_recalled(client, field):
    ids = [str(each.pk) for each in field.doctors[:2]]

    page = client.post(
        field.page("field_invitations"), {"clinician": ",".join(ids), "seen": "2"}, follow=True
    ).text

    assert "2 invitations leave in a minute." in page
    assert all(each.called in page for each in field.doctors[:2])
    assert "I have invited nobody yet." not in page


def test_whoever_was_released_and_waits_longer_than_the_minute_can_still_be_recalled(
    client, organisation, field
):
    ids = [str(each.pk) for each in field.doctors[:2]]
    data = {"clinician": ",".join(ids), "seen": "2"}
    client.post(field.page("field_invitations"), data, follow=True)
    Wave.objects.update(leaves_from=now() - timedelta(seconds=1))

    page = client.get(field.page("field_event")).text

    assert "2 people: waiting to leave; it can still be recalled." in page
    assert "leave in a minute" not in page
    assert "Recall" in page
    [job] = ProcrastinateJob.objects.filter(task_name=SEND_WAVE)
    assert job.priority == AWAITED  # ahead of the mail to thousands that another campaign sends


def test_an_activity_whose_invitations_others_hold_says_so_before_anybody_is_chosen(
    client, organisation, field
):
    allot(field.activity, member(organisation, "field_representative"), 5)

    day, event = client.get(reverse("field_day")), client.get(field.page("field_event"))
    choice = client.get(field.page("field_invite"))

    why = "invitations of this activity are allotted, and none to you"
    assert why in day.text
    assert why in page_of(day).select_one(".field-why").text  # a phone has no hover
    assert why in event.text
    assert f'href="{field.page("field_invite")}"' not in day.text + event.text
    assert not page_of(choice).select(".field-send")


def test_a_name_that_nobody_has_leads_back_to_all(client, field):
    none = client.get(field.page("field_invite"), {"q": "zzyzx"})
    Clinician.objects.update(territory=None)
    nobody = client.get(field.page("field_invite")).text

    assert "Nobody is called so" in none.text
    back = page_of(none).select_one(".empty button")
    assert (back["formaction"], back["name"], back["value"]) == (
        field.page("field_invite"),
        "q",
        "",
    )
    assert "Nobody to choose from" in nobody
    assert "Show all" not in nobody


def test_the_search_leads_back_to_the_choice_after_nobody_was_ticked(client, field):
    answer = client.post(field.page("field_review"), {"scope": "chosen"})

    [search] = page_of(answer).select("[role=search] button")
    assert answer.status_code == 422
    assert search["formaction"] == field.page("field_invite")


def test_share_gives_text_and_link_to_this_phone(client, field):
    here = field.page("field_share", field.doctors[0].pk)

    assert "/r/" not in client.get(here).text
    assert "https://wa.me/" in client.post(here, {"channel": "chat"}).text


@pytest.mark.parametrize("name", ["field_event", "field_invite", "field_sign_in"])
def test_what_the_wall_keeps_is_not_there(client, field, name):
    independent = ActivityFactory(state="open", mode="independent")

    assert client.get(reverse(name, args=[independent.pk])).status_code in {403, 404}


def test_who_invites_nobody_has_no_field(client, organisation):
    client.force_login(member(organisation, "brand_manager"))

    assert client.get(reverse("field_day")).status_code == 403


def test_three_activities_ask_as_much_as_one(client, field):
    def asked():
        client.get(reverse("field_day"))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("field_day"))
        return len(found)

    allot(field.activity, field.user, 3, field.doctors[0])
    one = asked()
    for each in ActivityFactory.create_batch(2, state="open", mode="scientific"):
        allot(each, field.user, 3, field.doctors[0])

    assert asked() == one

"""The field in Chromium: read without a network, written without one, sent when it is back."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from symposia.activities.models import Activity
from symposia.attendance.models import PresenceEvidence
from symposia.finance.models import Expense
from symposia.outreach.models import Wave
from symposia.shared.tenancy import acting_in
from symposia.web.field import day as my_day
from symposia.work.files import open_stored
from tests.factories.accounts import OrganisationFactory
from tests.factories.registrations import RegistrationFactory
from tests.outreach.test_candidates import says_no
from tests.web.browsing import PHONE, page_of, violations
from tests.web.field.test_inviting import Field
from tests.work.pictures import as_jpeg, photo, receipt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000
LARGE = receipt(size=(2400, 3200))
# What lies in the browser's database, as anybody would read it who has the phone.
KEPT = """(async () => {
    const done = asked => new Promise(answer => { asked.onsuccess = () => answer(asked.result) });
    const known = await indexedDB.databases();
    if (!known.some(one => one.name === "symposia-field-pages")) return {names: [], text: ""};
    const base = await done(indexedDB.open("symposia-field-pages", 1));
    const all = how => done(base.transaction("kept").objectStore("kept")[how]());
    const [names, rows] = await Promise.all([all("getAllKeys"), all("getAll")]);
    base.close();
    return {names, text: rows.map(one => new TextDecoder().decode(one.data)).join("")};
})()"""


class Evening:
    """A representative, one doctor with a place, one who may not be asked."""

    def __init__(self):
        self.organisation = OrganisationFactory()
        with acting_in(self.organisation.pk):
            self.field = Field(self.organisation)
            self.place = RegistrationFactory(
                activity=self.field.activity, clinician=self.field.doctors[0]
            )
            says_no(self.field.doctors[1])
        self.client = Client()
        self.client.force_login(self.field.user)

    def count(self, model):
        with acting_in(self.organisation.pk):
            return model.objects.count()


@pytest.fixture
def evening(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return Evening()


@pytest.fixture
def phone(evening, live_server):
    with page_of(live_server, evening.client, viewport=PHONE) as page:
        page.set_default_timeout(WAIT)
        yield page


def kept(page, *paths):
    """Until the phone has kept these pages."""
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    for _look in range(100):
        found = page.evaluate(KEPT)
        if set(paths) <= set(found["names"]):
            return found
        page.wait_for_timeout(200)
    raise AssertionError(f"{paths} are not among {found['names']}")


def test_what_was_read_is_read_without_a_network_with_its_age(phone, evening):
    day, choose = reverse("field_day"), evening.field.page("field_invite")
    phone.goto(day)

    found = kept(phone, day, choose)
    assert "Ninety days" not in found["text"]
    phone.context.set_offline(True)
    phone.goto(choose)

    expect(phone.locator("#field-age")).to_contain_text("You read what this phone kept just now")
    expect(phone.locator("[data-off]")).to_contain_text("said no to")
    assert violations(phone) == []
    phone.goto(reverse("field_doctors") + "?q=never-opened")
    expect(phone.get_by_role("heading", name="No network")).to_be_visible()
    assert phone.complaints == []


def test_a_slow_network_is_said_to_be_slow_and_its_answer_is_shown(phone, evening, monkeypatch):
    day = reverse("field_day")
    phone.goto(day)
    kept(phone, day)
    answer = my_day.field_events

    def slowly(*args, **kwargs):
        time.sleep(8)  # longer than the phone waits for a page it has kept
        return answer(*args, **kwargs)

    monkeypatch.setattr(my_day, "field_events", slowly)
    with acting_in(evening.organisation.pk):
        Activity.objects.update(title="A new title")
    phone.goto(day)

    age = phone.locator("#field-age")
    expect(age).to_have_text("Slow network. You read what this phone kept just now.")
    expect(phone.get_by_role("heading", name="A new title")).to_be_visible()
    expect(age).to_be_hidden()
    assert phone.complaints == []


def test_who_is_ticked_is_counted_at_once_and_outlives_a_search(phone, evening):
    phone.goto(evening.field.page("field_invite"))
    chosen, box = (
        phone.locator("[data-chosen]"),
        phone.locator("input[type=checkbox]:enabled").first,
    )
    box.check()
    expect(chosen).to_have_text("1")

    phone.get_by_role("searchbox").fill("zzyzx")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Nobody is called so")).to_be_visible()
    expect(chosen).to_have_text("1")
    phone.get_by_role("button", name="Show all").click()
    expect(box).to_be_checked()
    assert violations(phone) == []

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Search").click()
    expect(phone.locator("#field-said")).to_have_text("This needs a network.")
    assert phone.complaints == []


def test_invitations_and_a_check_in_wait_and_are_sent_once(phone, evening):
    page, field = phone, evening.field
    page.goto(reverse("field_day"))
    kept(page, field.page("field_invite"), field.page("field_sign_in"), reverse("field_waiting"))

    page.context.set_offline(True)
    page.goto(field.page("field_invite"))
    page.get_by_role("button", name="Look at the chosen").click()
    expect(page.locator("#field-said")).to_have_text("Choose at least one person.")
    page.get_by_role("button", name="All 3").click()
    expect(page.locator("#field-said")).to_contain_text("it waits on this phone")
    page.goto(field.page("field_sign_in"))
    page.get_by_role("button", name="Check in").click()
    expect(page.locator("#field-said")).to_contain_text("it waits on this phone")
    page.goto(reverse("field_waiting"))
    expect(page.locator("#field-waiting li")).to_have_count(2)
    expect(page.locator("#field-count")).to_have_text("2")
    assert (evening.count(Wave), evening.count(PresenceEvidence)) == (0, 0)

    page.context.set_offline(False)
    expect(page.locator("#field-waiting .state[data-tone=ok]")).to_have_count(2)
    page.reload()
    assert (evening.count(Wave), evening.count(PresenceEvidence)) == (1, 1)
    page.get_by_role("button", name="Put away").first.click()
    expect(page.locator("#field-waiting li")).to_have_count(1)
    assert page.complaints == []


def test_a_receipt_waits_with_its_photograph_and_is_sent_once(phone, evening):
    page, field = phone, evening.field
    page.goto(field.page("field_event"))
    kept(page, field.page("field_receipts"))
    page.goto(field.page("field_receipts"))
    kept(page, field.page("field_receipt_new"), reverse("field_waiting"))

    page.context.set_offline(True)
    page.goto(field.page("field_receipt_new"))
    page.get_by_role("button", name="Hand it in").click()
    expect(page.locator("#field-said")).to_have_text("Fill in what is marked first.")
    sent = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": as_jpeg(LARGE, place=True)}
    page.get_by_label("Receipt", exact=True).set_input_files(sent)
    page.get_by_label("Paid to").fill("Bay Hotels")
    page.get_by_label("Amount").fill("90.00")
    assert violations(page) == []
    page.get_by_role("button", name="Hand it in").click()
    expect(page.locator("#field-said")).to_contain_text("it waits on this phone")
    page.goto(reverse("field_waiting"))
    expect(page.locator("#field-waiting li")).to_contain_text("Receipt Bay Hotels USD 90.00")
    assert evening.count(Expense) == 0

    page.context.set_offline(False)
    # The server looks at a photograph of twelve megapixels meanwhile.
    expect(page.locator("#field-waiting .state[data-tone=ok]")).to_have_count(1, timeout=20_000)
    expect(page.locator("#field-waiting small")).to_contain_text("USD 90.00 a person")
    page.reload()
    assert evening.count(Expense) == 1
    with acting_in(evening.organisation.pk):
        expense = Expense.objects.get()
        with open_stored(expense.file) as stored:
            assert max(Image.open(stored).size) == 2200
    assert expense.faults == []
    assert page.complaints == []


def test_with_a_network_the_amount_is_divided_while_one_writes(phone, evening):
    page, field = phone, evening.field
    page.goto(field.page("field_receipt_new"))
    page.evaluate("navigator.serviceWorker.ready")

    page.get_by_label("Amount").fill("90.00")

    expect(page.locator("#divided")).to_contain_text("USD 90.00 a person")
    sent = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo(light=0.3)}
    page.get_by_label("Receipt", exact=True).set_input_files(sent)
    page.get_by_label("Paid to").fill("Bay Hotels")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("It is too dark to read").first).to_be_visible()
    expect(page.get_by_text("Waits for finance").first).to_be_visible()
    assert violations(page) == []
    assert evening.count(Expense) == 1


def test_a_refusal_is_said_in_words_and_stays_until_it_is_put_away(phone, evening):
    page, field = phone, evening.field
    page.goto(reverse("field_day"))
    kept(page, field.page("field_invite"), reverse("field_waiting"))

    page.context.set_offline(True)
    page.goto(field.page("field_invite"))
    page.get_by_role("button", name="All 3").click()
    expect(page.locator("#field-said")).to_contain_text("it waits on this phone")
    with acting_in(evening.organisation.pk):
        type(field.activity).objects.filter(pk=field.activity.pk).update(state="cancelled")
    page.context.set_offline(False)
    page.goto(reverse("field_waiting"))

    item = page.locator("#field-waiting li")
    expect(item.locator(".state")).to_have_text("Not done")
    expect(item.locator("small")).to_contain_text("once the activity is open")


def test_with_a_network_a_form_goes_its_own_way(phone, evening):
    page, field = phone, evening.field
    page.goto(field.page("field_invite"))
    page.evaluate("navigator.serviceWorker.ready")

    page.get_by_role("button", name="All 3").click()

    expect(page.get_by_role("heading", name="2 of 3 will get it")).to_be_visible()
    page.get_by_role("button", name="Send 2 invitations").click()
    expect(page.get_by_text("2 of 3 invitations leave in a minute.").first).to_be_visible()
    assert violations(page) == []


def test_whoever_signs_out_leaves_nothing_to_read(phone):
    day = reverse("field_day")
    phone.goto(day)
    kept(phone, day)

    phone.locator(".public-bar details.menu > summary").click()
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_url(lambda url: "/field/" not in url)
    phone.context.set_offline(True)
    phone.goto(day)

    expect(phone.get_by_role("heading", name="No network")).to_be_visible()

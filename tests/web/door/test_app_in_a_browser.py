"""The app of the door in Chromium: paired by a code, without a network, killed, cleared, ended."""

import itertools
import json
from contextlib import contextmanager

import pytest
from django.urls import reverse
from playwright.sync_api import Error, expect

from symposia.attendance.actions.devices import Post, make_pairing_code, revoke_device
from symposia.attendance.models import DoorDevice, PresenceEvidence, UnmatchedPerson
from symposia.registrations.tickets import ticket_text
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import SessionFactory
from tests.factories.registrations import RegistrationFactory
from tests.web.browsing import PHONE, chromium, violations
from tests.web.door.test_in_a_browser import SMALL, film

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WAIT = 20_000
# What lies in the browser's database, as anybody would read it who has the phone.
KEPT = """(async () => {
    const done = asked => new Promise(answer => { asked.onsuccess = () => answer(asked.result) });
    const known = await indexedDB.databases();
    if (!known.some(one => one.name === "symposia-door")) {
        return { rows: [], text: "", extractable: [] };
    }
    const asked = indexedDB.open("symposia-door", 1);
    asked.onupgradeneeded = () => {
        for (const name of ["kept", "keys", "events"]) asked.result.createObjectStore(name);
    };
    const base = await done(asked);
    const all = (name, how) => done(base.transaction(name).objectStore(name)[how]());
    const [rows, kept, keys] = await Promise.all(
        [all("kept", "getAllKeys"), all("kept", "getAll"), all("keys", "getAll")]
    );
    const text = kept.map(one => new TextDecoder().decode(one.data)).join("");
    base.close();
    return { rows, text, extractable: keys.map(key => key.extractable) };
})()"""
KILLS_AT_NIGHT = 200


class Evening:
    """An activity with two people, and a code for a phone at its door."""

    def __init__(self):
        self.organisation = OrganisationFactory()
        user = member(self.organisation, "coordinator")
        with acting_in(self.organisation.pk):
            self.place = RegistrationFactory(
                clinician__full_name="Radhika Iyer", activity__title="Stroke update"
            )
            self.other = RegistrationFactory(
                activity=self.place.activity, clinician__full_name="Nilima Rao"
            )
            self.gone = RegistrationFactory(
                activity=self.place.activity,
                clinician__full_name="Vikram Deshmukh",
                state="cancelled",
            )
            self.code = make_pairing_code(
                self.place.activity, Post("Hall A", "Kiran"), on_duty=user.pk, by=SYSTEM
            )[1]
        self.ticket = ticket_text(self.organisation.code, self.place.pk)

    def kept(self):
        with acting_in(self.organisation.pk):
            rows = PresenceEvidence.objects.order_by("sequence")
            return list(rows.values_list("kind", "source", "by_name"))

    def revoke(self):
        with acting_in(self.organisation.pk):
            revoke_device(DoorDevice.objects.get(), by=SYSTEM)


@pytest.fixture
def evening(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return Evening()


@contextmanager
def phone_of(live_server, *arguments):
    with chromium(*arguments) as browser:
        context = browser.new_context(base_url=live_server.url, viewport=PHONE)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page


@pytest.fixture
def phone(evening, live_server):
    with phone_of(live_server) as page:
        page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', {value: undefined})")
        yield page


def paired(page, code):
    page.goto(f"{reverse('door_app')}#pair={code}")
    expect(page.get_by_role("button", name="Start scanning")).to_be_visible(timeout=WAIT)


def ready_alone(page):
    """The worker has kept page and files."""
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.get_by_role("button", name="Test without a network").click()
    expect(page.locator("[data-check=test]")).to_contain_text("Works without a network")


def scanning(page):
    page.get_by_role("button", name="Start scanning").click()


def typed(page, code, verdict="Checked in"):
    page.get_by_label("Code on the ticket").fill(code)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#verdict-title")).to_have_text(verdict)


def onwards(page):
    page.get_by_role("button", name="Next person").click()


def synced(page):
    expect(page.locator("#sync")).to_have_text("All synced", timeout=WAIT)


def looks_well(page):
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(SMALL.replace("input, select", "input")) == []
    assert page.complaints == []


def test_a_phone_is_paired_by_the_code_in_its_address_and_looks_around(phone, evening):
    paired(phone, evening.code)

    expect(phone.locator("[data-check=people]")).to_contain_text("3 people, ready")
    expect(phone.locator("[data-check=clock]")).to_contain_text("Clock within")
    assert "pair" not in phone.url
    ready_alone(phone)
    looks_well(phone)


def test_the_camera_reads_a_ticket_and_the_office_hears_of_it(evening, live_server, tmp_path):
    film(tmp_path / "ticket.y4m", evening.ticket)
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'ticket.y4m'}",
    ]
    with phone_of(live_server, *camera) as phone:
        paired(phone, evening.code)
        scanning(phone)

        expect(phone.locator("#verdict-title")).to_have_text("Checked in", timeout=WAIT)
        expect(phone.locator("#verdict-who")).to_have_text("Radhika Iyer")
        looks_well(phone)
        onwards(phone)
        synced(phone)
        assert evening.kept() == [("in", "scan", "Kiran")]
        looks_well(phone)


def test_without_a_network_everything_goes_on_and_is_sent_later(phone, evening):
    paired(phone, evening.code)
    ready_alone(phone)
    scanning(phone)
    phone.context.set_offline(True)

    typed(phone, evening.place.ticket_code)
    onwards(phone)
    typed(phone, evening.place.ticket_code, "Already in")
    expect(phone.locator("#verdict-lines")).to_contain_text("this door")
    onwards(phone)
    typed(phone, evening.gone.ticket_code, "See desk")
    expect(phone.locator("#verdict-lines")).to_contain_text("This place was given up.")
    onwards(phone)
    phone.get_by_role("button", name="Search").click()
    phone.get_by_label("At least three letters").fill("rad")
    expect(phone.locator("#search-found")).to_contain_text("In since")
    phone.get_by_label("At least three letters").fill("nil")
    phone.get_by_role("button", name="Check Nilima Rao").click()
    expect(phone.locator("#verdict-who")).to_have_text("Nilima Rao")
    phone.get_by_role("button", name="Undo").click()
    expect(phone.locator("#counts")).to_have_text("1 in of 2")
    phone.get_by_role("button", name="Walk-in").click()
    phone.get_by_label("Name as on the licence").fill("Wei Chen")
    phone.get_by_role("button", name="Check in", exact=True).click()
    expect(phone.locator("#verdict-who")).to_have_text("Wei Chen")
    onwards(phone)

    expect(phone.locator("#sync")).to_contain_text("5 to sync")
    assert evening.kept() == []
    phone.reload()
    scanning(phone)
    expect(phone.locator("#sync")).to_contain_text("5 to sync")
    phone.context.set_offline(False)
    synced(phone)
    kinds = [kind for kind, _source, _by in evening.kept()]
    assert kinds == ["in", "in", "in", "undo", "walk_in"]
    with acting_in(evening.organisation.pk):
        assert UnmatchedPerson.objects.get().name == "Wei Chen"
    looks_well(phone)


def test_a_reading_before_the_door_opens_is_a_trial_wherever_it_is_said(phone, evening):
    with acting_in(evening.organisation.pk):
        SessionFactory(activity=evening.place.activity)
    paired(phone, evening.code)
    scanning(phone)

    typed(phone, evening.place.ticket_code, "Not open yet")
    onwards(phone)

    expect(phone.locator("#last-what")).to_contain_text("Not open yet")
    expect(phone.locator("#last-mark")).to_be_hidden()
    expect(phone.locator("#counts")).to_have_text("0 in of 2")
    looks_well(phone)


def crash(page):
    """Kill the tab as a phone does that has no memory left, and open the app anew."""
    context = page.context
    with pytest.raises(Error):
        page.goto("chrome://crash", timeout=2_000)
    page.close()
    return context.new_page()


def killed(phone, evening, times):
    """After each verdict the tab is killed; whatever was said is kept."""
    paired(phone, evening.code)
    ready_alone(phone)
    page, codes = phone, itertools.cycle([evening.place.ticket_code, evening.other.ticket_code])
    page.context.set_offline(True)
    for number in range(1, times + 1):
        page.get_by_role("button", name="Start scanning").click()
        page.get_by_label("Code on the ticket").fill(next(codes))
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator("#verdict")).to_be_visible()
        page = crash(page)
        page.goto(reverse("door_app"))
        page.get_by_role("button", name="Start scanning").click()
        expect(page.locator("#sync")).to_contain_text(f"{number} to sync")
        page.locator("#scan-ready").click()
    page.context.set_offline(False)
    page.get_by_role("button", name="Start scanning").click()
    synced(page)
    assert len(evening.kept()) == times


def test_a_killed_tab_loses_nothing_that_was_said(phone, evening):
    killed(phone, evening, 3)


@pytest.mark.nightly
def test_two_hundred_killed_tabs_lose_nothing_that_was_said(phone, evening):
    killed(phone, evening, KILLS_AT_NIGHT)


def test_a_browser_that_cleared_its_data_is_found_out_and_said(phone, evening):
    paired(phone, evening.code)
    scanning(phone)
    phone.context.set_offline(True)
    typed(phone, evening.place.ticket_code)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.wait_for_timeout(2_500)
    phone.context.set_offline(False)

    phone.goto("/healthz")
    phone.evaluate(
        "new Promise(done => { const asked = indexedDB.deleteDatabase('symposia-door');"
        " asked.onsuccess = done })"
    )
    phone.route("**/door/devices/**", lambda route: route.abort())
    phone.goto(reverse("door_app"))

    expect(phone.locator("#pairing-said")).to_contain_text("cleared what the app had kept")


def test_a_revoked_phone_wipes_itself_and_says_why(phone, evening):
    paired(phone, evening.code)
    scanning(phone)
    evening.revoke()
    phone.evaluate("dispatchEvent(new Event('focus'))")

    expect(phone.locator("#pairing-said")).to_contain_text("The office ended", timeout=WAIT)
    rows = phone.evaluate(KEPT)
    assert (rows["rows"], rows["text"]) == ([], "")


def test_nothing_on_the_phone_can_be_read_without_the_app(phone, evening):
    paired(phone, evening.code)

    rows = phone.evaluate(KEPT)

    assert sorted(rows["rows"]) == ["clock", "device", "pack", "secret"]
    assert "Radhika" not in rows["text"]
    assert evening.place.ticket_code not in json.dumps(rows)
    assert rows["extractable"] == [False]


def test_whoever_ends_the_work_leaves_nothing_behind(phone, evening):
    paired(phone, evening.code)

    phone.get_by_role("button", name="End the work").click()

    expect(phone.locator("#pairing-said")).to_contain_text("Everything was wiped", timeout=WAIT)
    with acting_in(evening.organisation.pk):
        assert DoorDevice.objects.get().revoked_by_name == "Kiran"


def test_a_used_code_is_refused_in_words(phone, evening, live_server):
    paired(phone, evening.code)

    other = phone.context.browser.new_context(base_url=live_server.url, viewport=PHONE).new_page()
    other.complaints = []
    other.goto(reverse("door_app"))
    other.get_by_label("Pairing code").fill(evening.code)
    other.get_by_role("button", name="Pair", exact=True).click()

    expect(other.locator("#pairing-said")).to_contain_text("Another phone used")
    looks_well(other)

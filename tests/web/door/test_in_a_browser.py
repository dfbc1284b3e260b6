"""The door in Chromium, with a camera that films a real ticket."""

from datetime import timedelta

import pytest
import segno
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from symposia.attendance.models import PresenceEvidence
from symposia.registrations.letters import TICKET
from symposia.registrations.tickets import ticket_text
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import SessionFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTH, HEIGHT, FRAMES = 640, 480, 8
# Whatever can be pressed at the door and is smaller than a thumb in a glove.
SMALL = """[...document.querySelectorAll("main :is(a, button, input, select)")].filter(each => {
    const box = each.getBoundingClientRect();
    return each.checkVisibility() && each.type !== "hidden" && box.height < 64;
}).map(each => each.outerHTML)"""


def film(path, text):
    """A camera that sees nothing but this code, in black and white (YUV4MPEG2)."""
    matrix = [list(row) for row in segno.make(text, error="m").matrix]
    scale = 400 // (len(matrix) + 8)
    side = scale * len(matrix)
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    luma = bytearray(b"\xeb" * (WIDTH * HEIGHT))
    for y, row in enumerate(matrix):
        line = b"".join((b"\x10" if dark else b"\xeb") * scale for dark in row)
        for step in range(scale):
            start = (top + y * scale + step) * WIDTH + left
            luma[start : start + side] = line
    frame = b"FRAME\n" + bytes(luma) + b"\x80" * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + frame * FRAMES)


class Evening:
    """An activity with its door, a person with a ticket, and a telephone at the door."""

    def __init__(self):
        self.organisation = OrganisationFactory()
        self.user = member(self.organisation, "door_staff")
        with acting_in(self.organisation.pk):
            self.registration = RegistrationFactory(
                clinician__full_name="Radhika Iyer", activity__title="Stroke update"
            )
            begins = now() + timedelta(hours=1)
            SessionFactory(activity=self.registration.activity, starts_at=begins)
            ClinicianFactory(full_name="Nilima Rao")
        self.ticket = ticket_text(self.organisation.code, self.registration.pk)

    def kept(self):
        with acting_in(self.organisation.pk):
            return list(PresenceEvidence.objects.order_by("pk").values_list("kind", "source"))


@pytest.fixture
def evening(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return Evening()


@pytest.fixture
def phone(evening, live_server, client, tmp_path):
    film(tmp_path / "ticket.y4m", evening.ticket)
    client.force_login(evening.user)
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'ticket.y4m'}",
    ]
    with page_of(live_server, client, arguments=camera, viewport=PHONE) as page:
        page.on("console", lambda said: _hear(page, said))
        yield page


def _hear(page, said):
    if said.type == "error" and "ERR_INTERNET_DISCONNECTED" not in said.text:
        page.complaints.append(said.text)


def looks_well(page):
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.complaints == []


def door(evening):
    return reverse("door_of_activity", args=[evening.registration.activity_id])


def typed(phone, code):
    phone.get_by_label("Code on the ticket").fill(code)
    phone.get_by_role("button", name="Check", exact=True).click()


def test_the_camera_reads_the_ticket_and_the_screen_says_who_it_is(phone, evening):
    phone.goto(door(evening))

    expect(phone.locator("#verdict-title")).to_have_text("Checked in", timeout=20_000)
    expect(phone.locator("#verdict-who")).to_have_text("Radhika Iyer")
    assert evening.kept() == [("in", "scan")]
    assert phone.evaluate(SMALL) == []
    looks_well(phone)

    phone.get_by_role("button", name="Next person").click()
    expect(phone.locator("#door-inside")).to_have_text("1")
    expect(phone.locator("#door-last-who")).to_have_text("Radhika Iyer")
    # The same code still in front of the camera is not read a second time.
    phone.wait_for_timeout(1500)
    assert evening.kept() == [("in", "scan")]
    assert phone.evaluate(SMALL) == []
    looks_well(phone)


def test_a_ticket_typed_after_it_was_scanned_was_already_seen(phone, evening):
    phone.goto(door(evening))
    expect(phone.locator("#verdict-title")).to_have_text("Checked in", timeout=20_000)
    phone.get_by_role("button", name="Next person").click()

    typed(phone, evening.registration.ticket_code)
    expect(phone.locator("#verdict-title")).to_have_text("Already seen")
    looks_well(phone)
    phone.get_by_role("button", name="Next person").click()
    expect(phone.locator("#door-inside")).to_have_text("1")


def test_after_a_reload_the_last_reading_is_still_taken_back(phone, evening):
    phone.goto(door(evening))
    expect(phone.locator("#verdict-title")).to_have_text("Checked in", timeout=20_000)
    phone.add_init_script("Object.defineProperty(navigator, 'mediaDevices', {value: undefined})")
    phone.goto(reverse("door_search", args=[evening.registration.activity_id]))

    phone.get_by_role("link", name="Back to the door").click()
    expect(phone.locator("#door-last-who")).to_have_text("Radhika Iyer")
    assert phone.evaluate(SMALL) == []
    looks_well(phone)
    phone.locator("#door-last-undo").click()

    expect(phone.locator("#door-inside")).to_have_text("0")
    expect(phone.locator("#door-last")).to_be_hidden()
    assert [kind for kind, _source in evening.kept()][-1] == "undo"


def test_without_a_connection_the_door_says_that_nothing_was_kept(phone, evening):
    phone.goto(door(evening))
    expect(phone.locator("#verdict-title")).to_have_text("Checked in", timeout=20_000)
    phone.get_by_role("button", name="Undo").click()
    expect(phone.locator("#door-inside")).to_have_text("0")
    assert [kind for kind, _source in evening.kept()][-1] == "undo"

    phone.context.set_offline(True)
    typed(phone, evening.registration.ticket_code)
    expect(phone.locator("#verdict-title")).to_have_text("No connection")
    before = evening.kept()
    looks_well(phone)
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Try again").click()
    expect(phone.locator("#verdict-title")).to_have_text("Checked in")
    assert len(evening.kept()) == len(before) + 1


def test_without_script_somebody_is_found_by_name_and_let_in(phone, evening, live_server):
    plain = phone.context.browser.new_context(
        java_script_enabled=False,
        base_url=live_server.url,
        storage_state=phone.context.storage_state(),
    )
    page = plain.new_page()
    page.goto(door(evening))
    page.get_by_role("link", name="Search").click()
    page.get_by_label("At least three letters of the name").fill("nil")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Walk-in Nilima Rao").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Checked in")
    expect(page.get_by_role("alert")).to_contain_text("Nilima Rao")
    page.get_by_role("button", name="Undo").click()
    assert [kind for kind, _source in evening.kept()] == ["walk_in", "undo"]
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_search_walk_in_and_ticket_are_accessible(phone, evening, scheme):
    phone.emulate_media(color_scheme=scheme)
    activity = evening.registration.activity_id
    token = make_link(TICKET, evening.registration.pk, evening.organisation.code)
    addresses = [
        reverse("door"),
        reverse("door_search", args=[activity]) + "?q=rad",
        reverse("door_search", args=[activity]) + "?q=nil",
        reverse("door_walk_in", args=[activity]),
        reverse("ticket", args=[token]),
        reverse(
            "public_activity",
            args=[evening.organisation.code, evening.registration.activity.number],
        ),
    ]
    for address in addresses:
        phone.goto(address)
        looks_well(phone)
        if "/door/" in address:
            assert phone.evaluate(SMALL) == []


def test_the_code_of_the_ticket_page_is_read_from_the_screen(phone, evening):
    token = make_link(TICKET, evening.registration.pk, evening.organisation.code)
    phone.goto(reverse("ticket", args=[token]))

    drawn = phone.locator(".qr-code path").get_attribute("d")

    dark = {
        tuple(map(int, cell.split(" "))) for cell in drawn.replace("h1v1h-1z", "")[1:].split("M")
    }
    expected = {
        (x + 4, y + 4)
        for y, row in enumerate(segno.make(evening.ticket, error="m", micro=False).matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    }
    assert dark == expected

"""The pages of the directory and its import in Chromium: usable, accessible, nothing sideways."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.directory import tasks
from symposia.shared.tenancy import acting_in
from symposia.work.models import Import, ImportState, Job
from tests.directory.imports import nppes_path, nppes_row, table_path
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.directory import ClinicianFactory, InstitutionFactory, TerritoryFactory
from tests.web.browsing import page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A folder in which each visited page is drawn, for somebody who wants to look.
PICTURES = os.environ.get("SYMPOSIA_PICTURES", "")
LOOKS = [("light", 1280), ("dark", 1280), ("light", 360)]


class Directory:
    """An organisation with a few people in it and a coordinator."""

    def __init__(self):
        self.organisation = OrganisationFactory(slug="harbour")
        self.user = member(self.organisation, "coordinator")
        with acting_in(self.organisation.pk):
            self.one = ClinicianFactory(
                full_name="KATHERINE JOHNSON",
                display_name="Katherine Johnson",
                institution=InstitutionFactory(),
                territory=TerritoryFactory(),
                npi="1234567893",
            )
            ClinicianFactory.create_batch(8)

    def work(self):
        """Do what was asked for last, as a worker would."""
        with acting_in(self.organisation.pk):
            job, made = Job.objects.latest("requested_at"), Import.objects.latest("made_at")
        task = tasks.check if made.state == ImportState.CHECKING else tasks.bring_in
        task.run(str(self.organisation.pk), job_id=str(job.pk), import_id=str(made.pk))


@pytest.fixture
def directory(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return Directory()


@pytest.fixture
def browser(directory, live_server, client):
    client.force_login(directory.user)
    with page_of(live_server, client, reduced_motion="reduce") as page:
        page.on("console", lambda said: _hear(page, said))
        yield page


def _hear(page, said):
    # An answer of 422 is a page that says what is wrong with a form.
    if said.type == "error" and "422" not in said.text:
        page.complaints.append(said.text)


def looks_well(page, name, looks=LOOKS):
    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{scheme}-{width}.png", full_page=True)
        assert violations(page) == [], (name, scheme, width)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (
            name,
            width,
        )
    assert page.complaints == []


def test_the_pages_of_a_person_are_accessible(browser, directory):
    one = directory.one.pk
    addresses = {
        "clinicians": reverse("clinicians"),
        "no-match": reverse("clinicians") + "?q=nobody",
        "clinician": reverse("clinician", args=[one]),
        "history": reverse("clinician_history", args=[one]),
        "edit": reverse("clinician_edit", args=[one]),
        "new": reverse("clinician_new"),
        "search": reverse("search") + "?q=exam",
        "nothing-found": reverse("search") + "?q=zzzz",
    }
    for name, address in addresses.items():
        browser.goto(address)
        looks_well(browser, name)


def test_the_search_box_opens_a_person_by_number(browser, directory):
    browser.goto(reverse("clinicians"))
    box = browser.get_by_label("Search or paste an id, mail, licence or name")
    box.fill("1234567893")
    box.press("Enter")

    expect(browser.get_by_role("heading", level=1)).to_have_text("Katherine Johnson")


def test_a_wrong_number_is_said_beside_its_field(browser, directory):
    browser.goto(reverse("clinician_new"))
    browser.get_by_label("Full name").fill("Avery New")
    browser.get_by_label("Number", exact=False).last.fill("1234567890")
    browser.get_by_role("button", name="Add person").click()

    expect(browser.get_by_role("alert")).to_contain_text("check digit does not hold")
    looks_well(browser, "new-wrong", LOOKS[:1])


def test_the_register_file_goes_in_step_by_step(browser, directory, tmp_path):
    rows = [nppes_row(n) for n in range(5)] + [nppes_row(9, NPI="1234567890")]
    browser.goto(reverse("imports"))
    looks_well(browser, "imports-empty")
    browser.get_by_role("link", name="Hand in a file").click()
    looks_well(browser, "import-new")
    browser.get_by_label("File").set_input_files(nppes_path(tmp_path, rows))
    browser.get_by_role("button", name="Read the file").click()
    expect(browser.get_by_text("It is safe to leave this page.")).to_be_visible()
    looks_well(browser, "import-working", LOOKS[:1])

    directory.work()
    expect(browser.get_by_role("button", name="Import 5 rows")).to_be_visible(timeout=10_000)
    browser.reload()
    looks_well(browser, "import-checked")
    browser.get_by_role("button", name="Import 5 rows").click()
    directory.work()
    expect(browser.get_by_role("link", name="To the directory")).to_be_visible(timeout=10_000)
    browser.reload()
    looks_well(browser, "import-done")
    browser.goto(reverse("imports"))
    looks_well(browser, "imports")


def test_columns_of_an_own_file_are_matched(browser, directory, tmp_path):
    path = table_path(
        tmp_path, ("Doctor name", "Reg no", "Mail"), ("Asha Rao", "MH/1", "asha@example.org")
    )
    browser.goto(reverse("import_new"))
    browser.get_by_label("File").set_input_files(path)
    browser.get_by_role("button", name="Read the file").click()
    looks_well(browser, "import-columns")
    browser.get_by_label("Full name").select_option("")
    browser.get_by_label("Profession of rows that do not say it").select_option("physician")
    browser.get_by_role("button", name="Check rows").click()

    expect(browser.get_by_role("alert")).to_contain_text("Say which column holds the name")
    looks_well(browser, "import-columns-wrong", LOOKS[:1])

"""Learning and credit in a browser: a module on a phone, its certificate, two boards, an audit.

What learners and offices find is made beside an empty product; what they do is done on its pages.
"""

import sys
import time

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.factories.credits import PDF
from tests.journeys import audit, auditing, boards, empty, module, renewing, studying
from tests.journeys.afterwards import answer_evaluation, evaluate, read_certificate, verify
from tests.journeys.effort import Effort
from tests.journeys.stage import LAUNCH, SCREENS, come

pytestmark = [pytest.mark.browser, pytest.mark.nightly]
product = empty.shared
TAPS, SECONDS = 4, 60


@pytest.fixture
def chromium():
    SCREENS.mkdir(exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=list(LAUNCH))
        yield browser
        browser.close()


@pytest.fixture
def address(product):
    return f"http://localhost:{product.port}"


def test_a_module_is_studied_on_a_phone_and_passed_once_more_is_allowed(chromium, product, address):
    made = product.asks(module.make_module)
    phone, link = studying.on_a_phone(chromium, address), made["link"]

    studying.begin(phone, link)
    left, found = studying.watch_on_two_devices(chromium, phone, link)
    studying.read_and_decide(phone, link)
    studying.fail_three_times(phone, link)
    studying.what_is_open_then(phone, link)

    office = come(chromium, address, made["session"])
    studying.allow_one_more(office, made["activity"])
    studying.pass_at_last(phone, link)
    evaluate(phone.open(link), way="Continue: Evaluation")
    phone.sees("Claim your credit").shoot("module-done")
    _tell(f"A film left on a phone at {left:.1f} s went on at a desk at {found:.1f} s")
    for each in (phone, office):
        each.close()


def test_the_certificate_is_four_taps_and_a_minute_from_the_last_answer(
    chromium, product, address, tmp_path
):
    phone = studying.on_a_phone(chromium, address)
    phone.open(product.asks(module.make_studied)["link"]).press("Continue: Evaluation")
    answer_evaluation(phone)

    taps, begun = Effort(), time.monotonic()
    with taps.click():
        phone.press("Send my answers").sees("Claim your credit")
    with taps.click():
        phone.page.locator("main [name=attested]").check()
    with taps.click():
        phone.press("Claim 1.00 and get certificate")
        download = phone.page.get_by_role("link", name="Download PDF")
        expect(download).to_be_visible(timeout=SECONDS * 1000)
    with taps.click():
        link, printed = read_certificate(phone, tmp_path)
    taken = time.monotonic() - begun
    _tell(f"A certificate after {taken:.1f} s: {taps}")

    assert taps.clicks <= TAPS
    assert taken <= SECONDS, f"{taken:.1f} s"
    assert module.READY in printed
    assert "1.00" in printed
    phone.shoot("taps-certificate", whole=True)
    stranger = verify(chromium, address, link)
    stranger.sees("Riverside Medical School").sees(module.TITLE).shoot("taps-verified", fresh=True)
    for each in (phone, stranger):
        each.close()


def test_a_doctor_with_two_boards_plans_and_proves_what_is_missing(
    chromium, product, address, tmp_path
):
    made = product.asks(boards.make_boards)
    doctor = come(chromium, address, made["doctor"])
    office = come(chromium, address, made["office"])
    proof = tmp_path / "certificate.pdf"
    proof.write_bytes(PDF)

    renewing.track(doctor, made)
    renewing.see_what_is_missing(doctor)
    renewing.plan(doctor, made)
    renewing.prove(doctor, office, made, proof)
    renewing.see_the_figures_change(doctor)
    for each in (doctor, office):
        each.close()


def test_fifteen_activities_are_shown_to_an_accreditor(chromium, product, address):
    made = product.asks(audit.make_years)
    office = come(chromium, address, made["office"])
    officer = come(chromium, address, made["officer"])

    begun = time.monotonic()
    binder, numbers = auditing.draw(office, product)
    gathered = time.monotonic() - begun
    auditing.anybody_draws_the_same(office, numbers)
    before, after = auditing.mend_one(office, binder)
    files = auditing.take_home(office, numbers)
    auditing.invite(office, binder)
    assert auditing.read_as_a_guest(chromium, office, numbers) == files
    auditing.is_noted(office, officer, numbers)
    _tell(
        f"Fifteen activities drawn and bound in {gathered:.1f} s with their pictures; "
        f"{before} gaps, {after} after one was mended; {files} files with their hashes"
    )
    for each in (office, officer):
        each.close()


def _tell(figure):
    sys.stdout.write(f"{figure}\n")

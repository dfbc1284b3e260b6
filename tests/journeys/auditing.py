"""An accreditor's audit in the office: drawn, gathered, mended, taken home, read by a guest."""

import csv
import hashlib
import io
import re
from contextlib import contextmanager
from datetime import timedelta
from zipfile import ZipFile

import pypdfium2
from playwright.sync_api import expect

from tests.factories.accounts import day_here
from tests.journeys import audit
from tests.journeys.stage import Person, link_in_mail

NUMBER = re.compile(r"ACT-\d{4}-\d+")
UNDER_WAY = re.compile(rf"\d+ of {audit.SAMPLE + 1} are done")
GUEST, ADDRESS = "Dr. Lena Marsh", "lena.marsh@reviewers.example"
WAIT = 120_000


@contextmanager
def worker_holding_still(product):
    """Once some of the work is done, for a picture of what lasts a moment only."""
    held = product.named("worker")

    def is_under_way(office):
        for _look in range(400):
            if UNDER_WAY.search(office.page.request.get(office.page.url).text()):
                break
            office.page.wait_for_timeout(50)
        for each in held:
            each.suspend()
        office.page.reload()
        expect(office.page.get_by_text(UNDER_WAY)).to_be_visible()

    try:
        yield is_under_way
    finally:
        for each in held:
            each.resume()


def draw(office, product):
    """A sample from a seed; the page tells how far the gathering is, and fills itself."""
    office.open("/binders/").press("Draw a sample")
    ask_for(office, audit.TITLE).shoot("audit-draw")
    office.page.locator("main form button[type=submit]").last.click()
    office.sees("The evidence is being gathered")
    with worker_holding_still(product) as is_under_way:
        is_under_way(office)
        office.shoot("audit-under-way")
    is_made(office)
    binder = office.page.url
    numbers = numbers_in(office)
    assert len(numbers) == audit.SAMPLE
    office.sees(audit.SEED).shoot("audit-made", whole=True)
    return binder, numbers


def ask_for(office, title):
    """The sample of the seed, under that title."""
    return office.fill(
        title=title,
        from_year=audit.YEARS[0],
        until_year=audit.YEARS[-1],
        size=audit.SAMPLE,
        seed=audit.SEED,
    )


def is_made(office):
    """Without anybody asking again."""
    expect(office.page.get_by_role("link", name="Archive")).to_be_visible(timeout=WAIT)
    expect(office.page.get_by_text("The evidence is being gathered")).to_have_count(0, timeout=WAIT)


def numbers_in(office):
    table = office.page.locator("main table", has_text="Number").first
    return _numbers(table.inner_text())


def _numbers(said):
    return list(dict.fromkeys(NUMBER.findall(said)))


def anybody_draws_the_same(office, numbers):
    """The seed and the rule are all that is needed."""
    ask_for(office.open("/binders/draw/"), "The same once more")
    office.page.locator("main form button[type=submit]").last.click()
    office.sees("The same once more")
    assert _numbers(office.says()) == numbers


def mend_one(office, binder):
    """A gap says in words what is missing and whose it is, and leads to where it is mended."""
    office.open(binder)
    before = gaps(office)
    office.page.locator("main table a").first.click()
    notice = office.page.locator("main .notice", has_text="whether a company supported it")
    expect(notice.first).to_contain_text("Theirs to mend: CME coordinator.")
    office.shoot("audit-gap", at=notice.first)
    notice.first.get_by_role("link", name="Mend it").click()
    office.press("What bodies ask of it").choose(has_support="No").press("Keep it")
    office.open(binder).press("Make it anew")
    is_made(office)
    expect(office.page.get_by_text(re.compile(r"^2 · "))).to_be_visible(timeout=WAIT)
    after = gaps(office)
    assert 0 < after < before, f"{before} gaps became {after}"
    office.shoot("audit-mended", whole=True)
    return before, after


def gaps(office):
    facts = office.page.locator("main dl.fact-list > div", has_text="Criteria that lack something")
    return int(re.search(r"\d+", facts.first.inner_text())[0])


def take_home(person, numbers):
    """The archive: its paper has an index of all, and every file is what the manifest says."""
    with person.download() as coming:
        person.press("Archive")
    archive = ZipFile(io.BytesIO(coming.value.path().read_bytes()))
    assert archive.testzip() is None
    manifest = archive.read("manifest.csv").decode("utf-8-sig")
    lines = {line["path"]: line for line in csv.DictReader(io.StringIO(manifest))}
    assert set(archive.namelist()) == {*lines, "manifest.csv"}
    assert any(path.endswith(".pdf") and path.startswith("files/") for path in lines)
    for path, line in lines.items():
        assert hashlib.sha256(archive.read(path)).hexdigest() == line["sha256"], path
        assert line["state"] == "whole"
    _index_of(archive.read("binder.pdf"), numbers)
    return len(lines)


def _index_of(paper, numbers):
    document = pypdfium2.PdfDocument(paper)
    texts = [page.get_textpage().get_text_range() for page in document]
    first = next(place for place, text in enumerate(texts) if "What is in it" in text)
    # A number may go over the end of a line, after its hyphen.
    listed = "".join("".join(texts[first : first + 3]).replace("\ufffe", "-").split())
    assert [each for each in numbers if each not in listed] == []


def invite(office, binder):
    """One person, by a letter, for a while."""
    office.open(binder).press("Invite a reviewer")
    until = day_here() + timedelta(days=30)
    office.fill(name=GUEST, email=ADDRESS, until=until.isoformat())
    office.page.locator("main form button[type=submit]").last.click()
    office.sees("The invitation is on its way.")


def read_as_a_guest(browser, office, numbers):
    """Without an account; this binder, its activities and its files, and nothing else."""
    guest = Person(browser, office.address)
    guest.open(link_in_mail(guest, ADDRESS, "lets you read", "/b/"))
    guest.sees(f"For {GUEST}, to read and not to change.").shoot("audit-guest", fresh=True)
    guest.press(numbers[1]).sees("Each page and file that is opened is noted.")
    assert "Mend it" not in guest.says()
    guest.shoot("audit-guest-activity")
    guest.page.go_back()
    files = take_home(guest, numbers)
    guest.page.goto("/binders/")
    assert not guest.page.url.startswith(f"{guest.address}/binders/"), "a guest sees the office"
    guest.close()
    return files


def is_noted(office, officer, numbers):
    """Each page and the archive, for the office and in the journal."""
    office.open("/binders/openings/").sees(GUEST)
    said = office.says()
    for what in ("the index", numbers[1], "the whole binder as an archive"):
        assert what in said, f"{what} is not noted"
    office.shoot("audit-openings", fresh=True)
    officer.open("/journal/?what=binder.opened").sees(GUEST)
    assert officer.page.locator("main tbody tr", has_text=GUEST).count() >= 3
    officer.shoot("audit-journal", fresh=True)

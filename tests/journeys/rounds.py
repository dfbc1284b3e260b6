"""A year of grand rounds: planned, read, kept free of industry, and copied to the next."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

TITLE = "Neurology grand rounds"
FACULTY = {
    "Dr. Helene Marsh": ("Northwind Biologics", "Consultant"),
    "Dr. Tomas Eklund": ("Northwind Biologics", "Employee"),
    "Dr. Priya Raman": ("Cardinal Imaging Systems", "Employee"),
}
TAUGHT, EMPLOYED, EXCEPTED = FACULTY
SESSION = 3
PAINTED = "The hall is being painted"
ROW = "each => each.closest('tr').sectionRowIndex"
TO = re.compile(r"hold it on \w+ (\d+ \w+ \d+)")


def mondays(year):
    """The first and the last of a year."""
    first = date(year, 1, 1) + timedelta(days=-date(year, 1, 1).weekday() % 7)
    last = date(year, 12, 31)
    return first, last - timedelta(days=last.weekday())


def plan_the_year(lead, year):
    """Weekly on Mondays at noon, with what it is to change."""
    first, last = mondays(year)
    lead.open("/series/").press("New series")
    lead.fill(title=TITLE).choose(type="grand rounds")
    box = lead.page.locator("main [name=objectives]").first
    lead.click(box).check("repeats", "weekly")
    lead.fill(first_on=first.isoformat(), until_on=last.isoformat(), clock="12:00", minutes=60)
    lead.check("delivery", "in_person")
    lead.fill(venue_name="Harbor Learning Center", city="Boston", expected_attendance=60)
    lead.fill(summary="Cases of the week, discussed by those who saw them.")
    lead.shoot("rounds-new", whole=True)
    lead.press("Plan the series").sees("Days that meet a public holiday")
    return lead.page.url


def keep_holidays_free(lead, year):
    """What meets a public holiday goes where the product proposes; one Monday more by hand."""
    page = lead.page
    notice = page.locator(".notice", has_text="Days that meet a public holiday")
    days = TO.findall(notice.inner_text())
    assert len(days) >= 4, notice.inner_text()
    lead.shoot("rounds-holidays")
    lead.press("Keep these holidays free")
    expect(notice).to_have_count(0)
    for each in days:
        lead.sees(re.compile(rf"moved to \w+ {each}"))

    monday = mondays(year)[0] + timedelta(weeks=8)
    lead.press("Skip or move a day").choose(day=f"{monday:%-d %b %Y}")
    lead.fill(moved_to=(monday + timedelta(days=1)).isoformat(), reason=PAINTED)
    lead.press("Save").sees(PAINTED)


def make_sessions(lead, year):
    """An activity for each day that takes place; a second time there is nothing to make."""
    first, last = mondays(year)
    count = (last - first).days // 7 + 1
    lead.press(re.compile(r"^Make 5\d sessions$"), exact=False).sees("Sessions are being made")
    made = lead.page.locator(".series-board tbody tr td:first-of-type a")
    expect(made).to_have_count(count, timeout=90_000)
    expect(lead.page.get_by_role("button", name=re.compile("^Make"))).to_have_count(0)


def read_by_keyboard(lead, board):
    """From a mark that blocks, down its column and into the place that mends it."""
    page = lead.page
    lead.open(board)
    page.locator(".series-board td[data-state=blocked] a").first.focus()
    here = page.locator(".series-board a:focus")
    was, row = said(here), here.evaluate(ROW)
    lead.type("ArrowDown", "ArrowDown")
    assert (said(here), here.evaluate(ROW)) == (was, row + 2)
    lead.type("ArrowRight", "ArrowLeft", "Enter")
    page.wait_for_url("**/activities/**")


def assign(lead, board):
    """Three who teach one session, and what each of them says aloud."""
    page = lead.page
    lead.open(board).click(row_of(lead, SESSION).locator("td a").first)
    page.wait_for_url("**/activities/**")
    lead.click(tab(lead, "Faculty"))
    for name in FACULTY:
        lead.fill(person=name).press("Assign").sees(name)
    lead.click(tab(lead, "Disclosures")).sees(TAUGHT)
    path = page.url
    for name, (company, nature) in FACULTY.items():
        lead.click(person(lead, name).get_by_role("link", name="Write down a spoken disclosure"))
        lead.check("answer", "some").fill(company0=company).choose(nature0=nature)
        lead.check_box("attested").press("Confirm the disclosure")
        page.wait_for_url(path)
    lead.shoot("rounds-disclosed", whole=True)
    return path


def a_related_colleague_may_not_decide(colleague, path):
    """Who has a relationship with the company is refused, and told why."""
    colleague.open("/disclosures/mine/")
    company, _nature = FACULTY[TAUGHT]
    colleague.check("answer", "some").fill(company0=company).choose(nature0="Advisor")
    colleague.check_box("attested").press("Confirm the disclosure")
    colleague.open(path)
    colleague.click(person(colleague, TAUGHT).get_by_role("link", name=f"Decide {company}"))
    colleague.check("relevant", "yes").fill(reason="Its drug is discussed.").press("Save")
    colleague.sees(f"You have a relationship with {company}.")
    colleague.shoot("rounds-related")


def decide_and_mitigate(lead, path):
    """One is mitigated from the fixed list, one stays out, one is let in by a coded exception."""
    lead.open(path)
    decide(lead, TAUGHT, "yes", "Its drug is discussed in the second case.")
    company, _nature = FACULTY[TAUGHT]
    lead.click(person(lead, TAUGHT).get_by_role("link", name=f"Mitigate {company}"))
    lead.shoot("rounds-mitigation").check("step", "content_review")
    lead.press("Save").sees("Content reviewed by persons without a relevant relationship")

    decide(lead, EMPLOYED, "no", "Only unpublished research is shown.", refused=True)
    lead.sees("An owner or employee stays out").shoot("rounds-excluded")
    lead.press("Cancel")

    exception = "The content is not related"
    decide(lead, EXCEPTED, "no", "The company makes scanners; none is discussed.", exception)
    for name, standing in ((TAUGHT, "Clear"), (EMPLOYED, "Excluded"), (EXCEPTED, "Clear")):
        expect(person(lead, name)).to_contain_text(standing)
    lead.shoot("rounds-decided", whole=True)


def decide(lead, name, relevant, reason, exception="", *, refused=False):
    """Whether what somebody disclosed is related to what they teach here."""
    company, _nature = FACULTY[name]
    lead.click(person(lead, name).get_by_role("link", name=f"Decide {company}"))
    lead.check("relevant", relevant)
    if exception:
        lead.choose(exception=exception)
    lead.fill(reason=reason).press("Save")
    if not refused:
        lead.page.wait_for_url("**/disclosures/")


def the_board_shows_it(lead, board, path):
    """The session is held back by name until who is excluded no longer teaches it."""
    mark = disclosures_of(lead.open(board))
    expect(mark).to_have_attribute("data-state", "blocked")
    expect(mark).to_contain_text(f"without a ground for admission: {EMPLOYED}")
    lead.shoot("rounds-board-excluded", at=mark)
    lead.click(mark.locator("a"))
    lead.page.wait_for_url(path)
    lead.click(tab(lead, "Faculty")).press(f"Remove {EMPLOYED}")
    expect(disclosures_of(lead.open(board))).to_have_attribute("data-state", "done")


def read_on_a_phone(lead, board):
    """What is blocked or next is named in words; nothing is wider than the phone."""
    page = lead.page
    lead.open(board)
    expect(row_of(lead, SESSION)).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, wide
    open_one = page.locator(".series-board td[data-state=blocked] a").first
    expect(open_one).to_be_visible()
    lead.click(open_one)
    page.wait_for_url("**/activities/**")


def look_around(lead, year):
    """The year in the calendar and in the portfolio."""
    lead.open(f"/calendar/?view=month&on={mondays(year)[0]}").sees(TITLE)
    lead.shoot("rounds-month", fresh=True)
    lead.open(f"/portfolio/?year={year}").shoot("rounds-portfolio", fresh=True)


def copy_to_next_year(lead, board, year):
    """Next year's series is not made before everything that was taken over was looked at."""
    page = lead.page
    lead.open(board).press("Copy to next year").sees("This is next year's series.")
    make = page.get_by_role("button", name=re.compile("^Make 5[0-9] sessions"))
    expect(make).to_have_attribute("aria-disabled", "true")
    lead.shoot("rounds-next-year")
    links = page.get_by_role("link", name="Look at it")
    for left in range(links.count(), 0, -1):
        lead.click(links.first).fill(note="Read; it still holds.").press("I looked at it")
        expect(links).to_have_count(left - 1)
    lead.sees("Taken over and looked at").sees(f"{year + 1}")
    expect(make).not_to_have_attribute("aria-disabled", "true")


def tab(lead, name):
    return lead.page.locator("nav.tabs a, .tabs a").filter(has_text=name).first


def person(someone, name):
    """What the page of disclosures says of one person."""
    heading = someone.page.get_by_role("heading", name=name)
    return someone.page.locator("main section", has=heading)


def row_of(lead, number):
    return lead.page.locator(".series-board tbody tr").nth(number)


def disclosures_of(lead):
    return row_of(lead, SESSION).locator("td[data-label=Disclosures]")


def said(mark):
    """Of which condition a mark speaks."""
    return mark.evaluate("each => each.closest('td').dataset.label")

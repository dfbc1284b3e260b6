"""A module on a phone: told, watched on two devices, decided, tested until it is passed."""

import re

from playwright.sync_api import expect

from tests.journeys import module
from tests.journeys.stage import Person, link_in_mail

WAIT = 60_000
PLACE = "document.querySelector('video').currentTime"
CARD = "main section[data-position]"


def on_a_phone(browser, address):
    """Somebody with a phone in the hand, by touch."""
    return Person(browser, address, phone=True, has_touch=True)


def begin(phone, link):
    """What must be told is told before anything opens."""
    phone.open(link).press("Continue: Lessons").sees("Before you begin")
    told = phone.says()
    for words in ("Provider", "Disclos", "Credit", "Objectives", "How to take part"):
        assert words.lower() in told.lower(), f"{words} is not told before the start"
    assert "Go on:" not in told
    phone.shoot("module-told", whole=True)
    phone.press("I have read this; begin").sees(f"Go on: {module.FILM_TITLE}")
    phone.shoot("module-lessons")


def watch_on_two_devices(browser, phone, link):
    """A film that is left on the phone goes on at that second at a desk."""
    phone.press(f"Go on: {module.FILM_TITLE}")
    _play(phone, until=18)
    with phone.page.expect_response("**/progress/"):
        phone.page.evaluate("document.querySelector('video').pause()")
    left = phone.page.evaluate(PLACE)
    phone.shoot("module-film")

    desk = Person(browser, phone.address)
    desk.open(link).press("Continue: Lessons").press(f"Go on: {module.FILM_TITLE}")
    _until(desk.page, f"{PLACE} > 0")
    found = desk.page.evaluate(PLACE)
    assert abs(found - left) <= 1, f"left at {left:.1f} s, found at {found:.1f} s"
    expect(desk.page.locator("#said")).to_have_text("You go on where you stopped.")
    desk.shoot("module-resumed")
    _play(desk)
    expect(desk.page.locator("#study-percent")).to_have_text(
        re.compile(r"^(9\d|100) % watched"), timeout=WAIT
    )
    desk.press("Done with this lesson").sees(f"Go on: {module.PAGE_TITLE}")
    desk.close()
    return left, found


def _play(person, *, until=None):
    """To a second of it, or to its end; at twice the speed, which counts as any other."""
    page = person.page
    page.locator("video").wait_for()
    _until(page, "document.querySelector('video').readyState > 0")
    page.locator("#study-speed").select_option("2")
    page.evaluate("document.querySelector('video').play()")
    there = "document.querySelector('video').ended" if until is None else f"{PLACE} >= {until}"
    _until(page, there)


def _until(page, there):
    """Looked at from outside: what would look inside the page is kept out by its policy."""
    for _look in range(600):
        if page.evaluate(there):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {there}")


def read_and_decide(phone, link):
    """A page, then a case: something asked for, each decision answered with why and where from."""
    phone.open(link).press("Continue: Lessons").press(f"Go on: {module.PAGE_TITLE}")
    phone.press("Done with this lesson").press(f"Go on: {module.CASE_TITLE}")
    phone.press("Begin the case").sees("What do you do?")
    page = phone.page
    page.get_by_role("button", name=re.compile("^Blood gas")).click()
    phone.sees("What you know").shoot("module-case")
    for number, (step, option) in enumerate(module.WAY):
        assert page.locator("main input[name=step]").last.get_attribute("value") == step
        page.locator(f"main input[name=option][value={option}]").check()
        phone.press("Decide").sees("Right").sees("Reference:")
        if number == 1:
            phone.shoot("module-decided")
    phone.sees("This lesson is done.").shoot("module-case-ends")


def fail_three_times(phone, link):
    """The third time nothing is left: what was right is shown, what to do next is said."""
    phone.open(link)
    for attempt in range(1, module.ATTEMPTS + 1):
        _take(phone, link, right=1)
        phone.sees("Not there yet")
        is_last = attempt == module.ATTEMPTS
        assert ("Right is:" in phone.says()) == is_last, "what was right is shown too early"
    phone.sees(module.WHAT_NEXT).shoot("module-third-attempt", whole=True)
    assert not phone.page.get_by_role("button", name="Try again").count()


def what_is_open_then(phone, link):
    """The lessons stay open; the claim and the evaluation wait, and say for what."""
    phone.open(link).sees("1 min")
    said = phone.says()
    assert "25 % · 0 attempts left" in said, said
    assert not phone.page.get_by_role("link", name=re.compile("^Continue: Evaluation")).count()
    phone.shoot("module-used-up", whole=True)
    course = phone.page.get_by_role("link", name=re.compile("^Lessons"))
    course.first.click()
    phone.sees("You are done with the lessons.")
    phone.press(module.CASE_TITLE).sees("Go through it again")


def allow_one_more(office, activity):
    """The office gives another attempt, with the reason."""
    office.open(f"/{activity}/tests/post/").press("Allow one learner more")
    office.choose(person=module.LEARNER)
    office.fill(attempts=1, reason="Went through the lessons again, by letter of today")
    office.press("Allow it").sees("by letter of today")
    office.shoot("module-allowed", at=office.page.get_by_text("by letter of today"))


def pass_at_last(phone, link):
    """The letter says that the test may be taken again, and leads there."""
    again = link_in_mail(phone, module.EMAIL, "You may take the test again", "/test/post/")
    phone.open(again).sees("1 of 4")
    _take(phone, link, right=len(module.ASKED))
    expect(phone.page.get_by_role("heading", name="Passed", exact=True)).to_be_visible()
    phone.shoot("module-passed")


def _take(phone, link, *, right):
    """So many right answers, then wrong ones."""
    page = phone.page
    phone.open(f"{link}test/post/")
    page.get_by_role("button", name=re.compile("^(Begin|Try again)$")).click()
    cards = page.locator(CARD)
    expect(cards).to_have_count(len(module.ASKED))
    for place, (_text, yes, no) in enumerate(module.ASKED):
        cards.nth(place).get_by_label(yes if place < right else no).check()
    phone.press("Hand in")

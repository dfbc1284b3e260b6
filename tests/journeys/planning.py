"""From an empty organisation to an approved activity."""

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import expect

from tests.journeys.papers import LISTED, doctors, own_file, register_file
from tests.journeys.stage import Person, link_in_mail

COLLEAGUES = {
    "coordinator": ("Asha Kulkarni", "CME coordinator"),
    "lead": ("Anita Sen", "Education lead"),
    "compliance": ("Meera Whitfield", "Compliance officer"),
    "finance": ("Frank Gomes", "Finance officer"),
    "publisher": ("Paula Stone", "Publisher"),
    "door": ("Kiran Joyce", "Door staff"),
}
IMPORT = re.compile(r"^Import \d+ rows?$")
TITLE = "Stroke in the first hour"
SESSIONS = (
    ("18:00", "Welcome and what we want to change", 15, 0, None),
    ("18:15", "Reading the first scan in ten minutes", 45, 45, "Dr. Helene Marsh"),
    ("19:00", "Break", 15, 0, None),
    ("19:15", "Treat or transfer: five cases", 45, 45, "Dr. Tomas Eklund"),
)
ESTIMATE = (
    ("Venue", "Auditorium and reception", "1800"),
    ("Meals", "Supper for twelve", "540"),
    ("Faculty fees", "Two speakers", "1600"),
)


def gather(browser, address, sign_in_link, domain):
    """The administrator invites colleagues; each accepts by the link of the mail."""
    admin = Person(browser, address)
    admin.open(sign_in_link).shoot("signin").press("Sign in")
    team = {"admin": admin}
    for name, (person, role) in COLLEAGUES.items():
        admin.open("/access/").fill(full_name=person, email=f"{name}@{domain}")
        admin.page.locator("main form:has(input[name=full_name]) select[name=role]").select_option(
            label=role
        )
        admin.press("Send the offer").sees("The offer is on its way")
    for name in COLLEAGUES:
        someone = Person(browser, address)
        email = f"{name}@{domain}"
        someone.open(link_in_mail(someone, email, "offers you a role", "/membership/"))
        someone.press("Accept and sign in")
        someone.page.wait_for_url(lambda url: "/membership/" not in url)
        team[name] = someone
    admin.open("/access/").shoot("access", whole=True)
    return team


def fill_directory(coordinator, folder):
    """The register's file first, then the school's own list that knows the addresses."""
    page = coordinator.page
    coordinator.open("/imports/new/")
    page.locator("input[type=file]").set_input_files(register_file(folder / "npidata.csv"))
    coordinator.press("Read the file").waits_for(IMPORT)
    coordinator.press(IMPORT, exact=False).waits_for("To the directory")
    coordinator.open("/imports/new/")
    page.locator("input[type=file]").set_input_files(own_file(folder / "colleagues.csv"))
    coordinator.press("Read the file").sees("Say what the columns mean")
    coordinator.choose(full_name="Colleague", number="NPI no.", email="Writes from")
    coordinator.choose(profession="Works as", institution="Works at", scheme="NPI")
    coordinator.choose(for_all_profession="Physician")
    coordinator.press("Check rows").waits_for(IMPORT)
    coordinator.sees("The check digit of the NPI does not hold")
    coordinator.shoot("import")
    coordinator.press(IMPORT, exact=False).waits_for("To the directory")
    coordinator.open("/clinicians/").shoot("people", fresh=True)


def agree_to_names(steward):
    """The own list writes the names of those whom the register knows otherwise than it does; a
    second person looks at each."""
    steward.open("/changes/").press("Decide the next one")
    page = steward.page
    for doctor in doctors()[:LISTED]:
        expect(page.locator("main .diff")).to_contain_text(doctor.name)
        page.locator("main [name=verdict][value=accept]").check()
        with page.expect_navigation():
            steward.press("Decide")
        steward.sees("Agreed to.")
    assert not page.get_by_role("link", name="Decide the next one").count()


def record_gap(lead):
    """Why there should be an activity: the gap, its evidence, two objectives."""
    lead.open("/gaps/new/").fill(
        title="Treatment of acute stroke starts too late",
        statement="In our network the first scan is read 34 minutes after arrival. "
        "Good practice asks for 20.",
        population="Emergency physicians and neurologists of the network",
        measure="Median minutes from arrival to the reading of the scan",
        baseline="34",
        target="20",
    )
    lead.tick("Performance").press("Save")
    lead.page.locator("summary", has_text="Add evidence").click()
    lead.choose(kind="Quality or safety data")
    lead.fill(
        citation="Stroke registry of the network, annual report 2025.",
        figure="34 minutes, median of 612 patients",
    )
    lead.press("Add evidence")
    for text in (
        "Decide on treatment within ten minutes of the first scan",
        "Arrange a transfer by one call, with the scan already sent",
    ):
        lead.page.locator("summary", has_text="Add an objective").click()
        lead.fill(text=text)
        lead.choose(competency="Patient care and procedural skills")
        lead.press("Add the objective").sees(text)
    lead.shoot("gap", whole=True)


def plan(lead, day):
    """The draft with its agenda, faculty, credit and estimate; the path of its page."""
    lead.press("Plan an activity")
    page = lead.page
    page.locator("main [name=mode]").first.check()
    lead.choose(type="Live course")
    for box in page.locator("main [name=objectives]").all():
        box.check()
    lead.fill(title=TITLE, day=day, starts="18:00", ends="20:00")
    page.locator("main [name=zone]").select_option("America/New_York")
    page.locator("main [name=delivery][value=in_person]").check()
    lead.fill(
        venue_name="Lakeside Auditorium",
        venue_address="12 Harbor Street",
        city="Boston",
        country="US",
        capacity=4,
        expected_attendance=5,
        summary="An evening for those who read the first scan and those who decide what follows.",
    )
    lead.press("Create the draft")
    page.wait_for_url("**/activities/*/**")
    return "/".join(page.url.split("/")[3:5])


def fill_agenda(lead, activity):
    for starts, title, minutes, creditable, _who in SESSIONS:
        lead.open(f"/{activity}/sessions/new/")
        lead.fill(
            title=title,
            starts=starts,
            minutes=minutes,
            creditable_minutes=creditable,
            room="Hall A",
        )
        lead.press("Save the session")
        lead.page.wait_for_url("**/agenda/")
    for starts, title, _minutes, _creditable, who in SESSIONS:
        if who:
            lead.open(f"/{activity}/faculty/").choose(session=f"{starts} {title}")
            lead.fill(person=who).press("Assign").sees(who)
    lead.open(f"/{activity}/agenda/").shoot("agenda", fresh=True)


def disclose(lead, activity):
    """Everybody who teaches says aloud that there is nothing; the lead writes it down."""
    lead.open(f"/{activity}/disclosures/")
    here = lead.page.locator("main a", has_text="Disclosure").all()
    people = [each.get_attribute("href") for each in here]
    for path in sorted({p for p in people if p and p.startswith("/disclosures/")}):
        lead.open(f"{path}spoken/")
        lead.page.locator("main [name=answer][value=none]").check()
        lead.page.locator("main [name=attested]").check()
        lead.press("Confirm the disclosure").sees("No financial relationship")
    lead.open(f"/{activity}/disclosures/").sees("Clear")


def offer_credit(lead, activity):
    lead.open(f"/{activity}/credits/")
    options = lead.page.locator("main select[name=system] option").all_inner_texts()
    lead.choose(system=next(each for each in options if "AMA PRA" in each))
    lead.press("Offer this credit").sees("1.50")


def estimate(lead, activity):
    lead.open(f"/{activity}/money/estimate/")
    for place, (category, what, amount) in enumerate(ESTIMATE):
        lead.choose(**{f"form-{place}-category": category})
        lead.fill(**{f"form-{place}-description": what, f"form-{place}-amount": amount})
    lead.press("Save estimate").sees("The estimate is kept.")


def add_passkey(person):
    """A passkey of the browser's own virtual authenticator."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    person.open("/account/factors/webauthn/add/")
    person.fill(name="Laptop")
    person.page.locator("#mfa_webauthn_add").click()
    person.page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    return session  # the authenticator lives as long as it


def add_totp(person):
    """A secret for codes of an app."""
    person.open("/account/factors/totp/activate/")
    secret = person.page.locator("#authenticator_secret").input_value()
    person.fill(code=code_of(secret)).press("Set it up")
    person.page.wait_for_url(lambda url: "/activate/" not in url)
    return secret


def code_of(secret):
    """What an authenticator app shows now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def decide(person, verdict, reason, *, secret=None, picture=None):
    """Open what waits, write the decision, give the factor if asked, sign."""
    person.open("/approvals/?state=open")
    person.page.locator("main table a", has_text=TITLE).or_(
        person.page.locator("main table tbody a")
    ).first.click()
    person.page.locator(f"main [name=verdict][value={verdict}]").check()
    person.fill(reason=reason)
    if picture:
        person.shoot(picture)
    person.press("Review and sign")
    person.page.wait_for_url("**/signature/")
    if person.page.get_by_role("link", name="Use your second factor").count():
        person.press("Use your second factor")
        if secret:
            person.fill(code=code_of(secret)).press("Confirm")
        else:
            person.page.locator("#mfa_webauthn_reauthenticate").click()
        person.page.wait_for_url("**/signature/")
    person.page.locator("main .sign-form button[type=submit]").click()
    person.sees("Signed and sealed.")


def approve(team, activity):
    """Compliance sends it back once; changed and submitted again it gets its three signatures."""
    lead, compliance = team["lead"], team["compliance"]
    key = add_passkey(compliance)
    decide(compliance, "return", "Say in the summary that no product is discussed.")
    lead.open(f"/{activity}/edit/")
    lead.fill(
        summary="An evening for those who read the first scan and those who decide what follows. "
        "No product is discussed."
    )
    lead.press("Save").press("Submit again").sees("Submitted.")
    reason = "Independent of industry; objectives, faculty and minutes are complete."
    decide(compliance, "approve", reason, picture="approve")
    key.detach()
    decide(team["finance"], "approve", "Within the budget of the quarter.")
    publisher = team["publisher"]
    decide(publisher, "approve", "Agenda and statements are complete.", secret=add_totp(publisher))
    lead.open(f"/{activity}/").sees("Approved")

"""Two boards on a doctor's page: what is missing, what fills it, what is planned and proven."""

import re

from tests.journeys import boards
from tests.journeys.stage import link_in_mail

OHIO, JERSEY = "Ohio", "New Jersey"
PROOF = "Reporting duties of physicians"


def track(doctor, made):
    """Both licences with their cycles; what a board asks of others only is ticked away."""
    for board, number, leaves_out in ((OHIO, "35.104411", "Pain medicine"), (JERSEY, "25MA77", "")):
        doctor.open("/requirements/").press("Track a licence").choose(asks=board).press("Next")
        doctor.fill(number=number, cycle_starts_on=made["began"])
        if leaves_out:
            doctor.page.get_by_label(re.compile(f"^{leaves_out}")).check()
        doctor.press("Track it").sees(number)


def see_what_is_missing(doctor):
    """Of each board every line of the arithmetic, and what of the catalogue fills which."""
    doctor.open("/requirements/")
    ohio, jersey = panel(doctor, OHIO), panel(doctor, JERSEY)
    says(ohio, "47.00 of 50.00 hours", "0.00 of 1.00 hours")
    says(jersey, "47.00 of 100.00 hours", "47.00 of 40.00 hours", "0.00 of 2.00 hours")
    for each in (ohio, jersey):
        each.locator("summary", has_text="The arithmetic").click()
    says(ohio, "47.00 held, 50.00 asked, 3.00 left", "Update in internal medicine: 41.00")
    says(jersey, "47.00 held, 100.00 asked, 53.00 left", "0.00 held, 2.00 asked, 2.00 left")
    doctor.shoot("boards-missing", whole=True)
    goals, opioids, heart = (title for title, *_more in boards.COMING)
    says(jersey, goals, "End of life", opioids, "up to 1.50")
    says(ohio, heart, "up to 3.00")


def plan(doctor, made):
    """From what would help to a place, and back: it is planned, and counts for nothing yet."""
    title = boards.COMING[0][0]
    panel(doctor, JERSEY).get_by_role("link", name=title).click()
    doctor.sees("Register").shoot("boards-activity", whole=True)
    doctor.fill(full_name=boards.DOCTOR, email=boards.EMAIL)
    doctor.choose(profession="Physician")
    doctor.press("Register").sees("Thank you. Look into your mail.")
    doctor.open(link_in_mail(doctor, boards.EMAIL, title, "/t/")).sees("Show this at the door.")
    doctor.open("/requirements/")
    says(panel(doctor, JERSEY), "Planned", "0.00 of 2.00 hours")
    doctor.shoot("boards-planned", whole=True)
    doctor.open(f"/e/{made['code']}/").sees(title).shoot("boards-catalogue")


def prove(doctor, office, made, proof):
    """What was earned elsewhere is entered with its paper, and counts once the office saw it."""
    doctor.open("/transcript/").press("Credit from elsewhere")
    doctor.page.locator("main input[type=file]").set_input_files(proof)
    doctor.fill(title=PROOF, provider="State Medical Society", earned_on=made["earned"])
    doctor.choose(system="AMA PRA Category 1").fill(amount="3.00")
    doctor.page.locator("main select[name=subjects]").select_option(label="Duty to report")
    doctor.shoot("boards-proof", whole=True)
    doctor.page.locator("main form button[type=submit]").last.click()
    doctor.sees("Waits for the office")
    doctor.open("/requirements/")
    says(panel(doctor, OHIO), "47.00 of 50.00 hours")

    office.open("/external-credits/").page.locator("main tbody a", has_text=PROOF).first.click()
    office.shoot("boards-office").press("Accept").sees("counts from now on")


def see_the_figures_change(doctor):
    """One board is complete, the other three hours nearer."""
    doctor.open("/requirements/")
    says(panel(doctor, OHIO), "Complete", "50.00 of 50.00 hours", "3.00 of 1.00 hours")
    says(panel(doctor, JERSEY), "50.00 of 100.00 hours", "Planned")
    assert "What would help" not in panel(doctor, OHIO).inner_text()
    doctor.shoot("boards-changed", whole=True)


def panel(doctor, board):
    heading = doctor.page.get_by_role("heading", name=board, exact=True)
    return doctor.page.locator("main section.panel", has=heading)


def says(part, *words):
    said = " ".join(part.inner_text().split())
    for each in words:
        assert each in said, f"{each!r} is not said in {said!r}"

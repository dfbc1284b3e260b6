"""From the evaluation to the certificate, its public check and the figures."""

import csv
import io
from zipfile import ZipFile

import pypdfium2
import zxingcpp

from tests.journeys.evening import INVITED
from tests.journeys.stage import Person, link_in_mail


def open_steps(browser, address, doctor):
    """The learner's own page, from the mail."""
    person = Person(browser, address, phone=True)
    return person.open(link_in_mail(person, doctor.email, "Finish and get your", "/l/"))


def evaluate(person, *, way="Continue to the evaluation"):
    person.press(way)
    answer_evaluation(person)
    person.press("Send my answers").sees("Thank you.")


def answer_evaluation(person):
    """Six questions: three ratings, yes or no, a choice, own words."""
    page = person.sees("Question 6 of 6").page
    cards = page.locator("main .evaluation .sheet-card")
    assert cards.count() == 6
    for place in range(3):
        cards.nth(place).locator("input[type=radio]").nth(4 - place % 2).check()
    cards.nth(3).locator("input[type=radio]").first.check()
    cards.nth(4).locator("input[type=radio]").first.check()
    cards.nth(5).locator("textarea").fill("The five cases. Show more early signs next time.")


def claim(person, credit, *, picture=None):
    """What the minutes allow, attested; the certificate follows."""
    person.sees("Claim your credit").page.locator("main [name=attested]").check()
    if picture:
        person.shoot(picture, whole=True)
    person.press(f"Claim {credit} and get certificate").waits_for("Download PDF")


def participate(person):
    """Of a profession this credit is not awarded to."""
    person.press("Get my certificate").waits_for("Download PDF")


def read_certificate(person, folder):
    """Download the PDF, and the address its square code says."""
    with person.download() as coming:
        person.press("Download PDF")
    path = folder / "certificate.pdf"
    coming.value.save_as(path)
    page = pypdfium2.PdfDocument(path)[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=4).to_pil())
    return code.text, page.get_textpage().get_text_range()


def verify(browser, address, link):
    """Anybody, without a session."""
    stranger = Person(browser, address)
    stranger.open(link)
    assert not stranger.context.cookies()
    return stranger


def numbers_of(coordinator, activity):
    """The activity's figures; each that links opens the rows it counts."""
    coordinator.open(f"/{activity}/insights/").shoot("insights", fresh=True)
    hrefs = coordinator.page.locator("main .sums a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    for href in hrefs:
        coordinator.open(href)
    return len(hrefs)


def exports_of(coordinator, path):
    """The list as CSV rows, and whether the XLSX is one."""
    coordinator.open(path)
    files = {}
    for kind in ("CSV", "XLSX"):
        with coordinator.download() as coming:
            coordinator.press(kind)
        files[kind] = coming.value.path().read_bytes()
    rows = list(csv.reader(io.StringIO(files["CSV"].decode("utf-8-sig"))))
    with ZipFile(io.BytesIO(files["XLSX"])) as book:
        assert "xl/workbook.xml" in book.namelist()
    return rows


def finish(browser, address, team, activity, clock, folder):
    """Learners claim, the office closes the books, everybody may check."""
    coordinator, finance = team["coordinator"], team["finance"]
    physician, second, _left, nurse, _fifth, _no = INVITED
    learner = open_steps(browser, address, physician)
    evaluate(learner)
    claim(learner, "1.50", picture="claim")
    learner.shoot("certificate", whole=True)
    link, printed = read_certificate(learner, folder)
    assert physician.last in printed
    assert "1.50" in printed
    stranger = verify(browser, address, link)
    stranger.sees("Lakeside Medical School").shoot("verify", fresh=True)
    stranger.close()

    for doctor in (second, nurse):
        other = open_steps(browser, address, doctor)
        evaluate(other)
        participate(other) if doctor == nurse else claim(other, "1.50")
        other.close()
    learner.close()

    post_bill(finance, activity)
    finance.shoot("money", fresh=True)
    assert numbers_of(coordinator, activity) >= 3
    rows = exports_of(coordinator, f"/{activity}/people/")
    assert any(physician.name in row for row in rows)
    coordinator.open("/insights/").sees("3.00")


def post_bill(finance, activity):
    finance.open(f"/{activity}/money/")
    finance.page.locator("summary", has_text="Post what was spent").click()
    finance.choose(line="Auditorium and reception")
    finance.fill(amount="1750", paid_to="Harbor Street Halls", evidence="INV-2201")
    finance.fill(reason="Rent of the evening")
    finance.press("Post amount").sees("The amount is posted.")

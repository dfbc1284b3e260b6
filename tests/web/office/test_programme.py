from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from django.urls import reverse

from symposia.activities.models import DisclosureStatement
from symposia.activities.printing import print_programme
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory

pytestmark = pytest.mark.django_db
TEXT = "Dr Meera Rao is a consultant of Corvalan.\n\nAll others have none."


@pytest.fixture
def activity(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    made = ActivityFactory(title="Acute stroke", summary="What to do first.", minutes=24 * 60 + 60)
    session = SessionFactory(activity=made, title="Who benefits?", room="Hall A", minutes=30)
    SessionFacultyFactory(session=session, name="Dr Meera Rao", role="chair")
    SessionFactory(activity=made, title="Next morning", minutes=60, after=24 * 60)
    return made


def statement(activity, number=1, text=TEXT):
    return DisclosureStatement.objects.create(
        activity=activity, number=number, text=text, sha256="9f3c" * 16, by_name="A. Shah"
    )


def printed(client, activity):
    response = client.get(reverse("activity_programme", args=[activity.pk]))
    assert response["Content-Type"] == "application/pdf"
    return response.content


def words(pdf):
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.split())


def test_the_programme_says_day_by_day_who_speaks_when_and_where(client, activity):
    text = words(printed(client, activity))

    for said in (
        "Acute stroke",
        "What to do first.",
        "Thursday 11 March 2027",
        "Friday 12 March 2027",
        "Who benefits?",
        "Dr Meera Rao (Chair)",
        "Hall A",
        "America/New_York",
    ):
        assert said in text, said


def test_it_is_tagged_titled_and_says_its_language(client, activity):
    document = pypdf.PdfReader(BytesIO(printed(client, activity)))

    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en"
    assert document.metadata.title == "Acute stroke"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_same_plan_prints_alike(client, activity):
    assert printed(client, activity) == printed(client, activity)


def test_what_learners_are_told_stands_in_it_once_it_is_locked(client, activity):
    assert "Disclosure" not in words(printed(client, activity))
    statement(activity)
    statement(activity, 2, "Nobody has any relationship.")

    text = words(printed(client, activity))

    assert "Nobody has any relationship." in text
    assert "Corvalan" not in text
    assert "Version 2, locked on" in text
    page = client.get(reverse("activity_agenda_paper", args=[activity.pk])).content.decode()
    assert "Nobody has any relationship." in page


def test_a_company_meeting_shows_no_statement_of_learners(client, activity):
    activity.mode = "scientific"
    activity.save()
    statement(activity)

    assert "Corvalan" not in words(printed(client, activity))


FACTS = {
    **dict.fromkeys(("provider", "number", "summary", "when", "place", "note"), "Words"),
    **dict.fromkeys(("disclosure_title", "disclosure_note"), ""),
    "title": "Stroke",
    "offers": [],
    "days": [],
    "disclosure": [],
    "heads": ["T", "S", "R"],
}


def test_it_reads_from_the_right_where_the_language_does():
    pdf = print_programme(FACTS | {"language": "ar", "rtl": True}, datetime.now(UTC))

    assert pypdf.PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"] == "ar"
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil()
    left, right = page.crop((0, 0, 297, 200)), page.crop((298, 0, 595, 200))
    dark = [sum(side.convert("L").histogram()[:128]) for side in (left, right)]
    assert dark[1] > 0
    assert dark[0] == 0


def test_a_script_without_a_font_prints_all_the_same(client, activity):
    activity.title = "脳卒中"
    activity.save()

    document = pypdf.PdfReader(BytesIO(printed(client, activity)))

    assert document.metadata.title == "脳卒中"
    assert document.trailer["/Root"]["/StructTreeRoot"]["/K"]


def test_an_activity_without_sessions_prints_too(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    assert "Acute stroke" in words(printed(client, ActivityFactory(title="Acute stroke")))


def test_markup_in_a_title_is_only_text(client, activity):
    activity.title = '#sys.inputs "quoted" *bold* <b>'
    activity.save()

    assert "#sys.inputs" in words(printed(client, activity))

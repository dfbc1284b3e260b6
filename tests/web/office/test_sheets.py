import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.attendance.actions.sheets import print_sheet
from symposia.attendance.models import PresenceEvidence, SheetRow, SignInSheet
from symposia.attendance.sheets import NO_PHOTO, NO_ROWS, row_text
from symposia.shared.actors import SYSTEM
from tests.api.test_self_check_in import token_of
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def activity(organisation):
    activity = ActivityFactory(state="open")
    for name in ("Wei Chen", "Asha Rao", "李娜"):
        RegistrationFactory(activity=activity, clinician__full_name=name)
    return activity


@pytest.fixture
def sheet(activity):
    return print_sheet(activity, None, by=SYSTEM)


def photo():
    return SimpleUploadedFile("page.jpg", b"\xff\xd8\xff\xe0 a page", content_type="image/jpeg")


def enter(client, sheet, **values):
    return client.post(reverse("sign_in_sheet_entry", args=[sheet.pk]), values)


def test_a_sheet_is_made_for_a_session_and_printed(client, coordinator, activity):
    session = SessionFactory(activity=activity)

    answer = client.post(reverse("sign_in_sheet_new", args=[activity.pk]), {"session": session.pk})

    sheet = SignInSheet.objects.get()
    assert answer.url == reverse("sheet_rows", args=[sheet.pk])
    assert sheet.session == session
    paper = client.get(reverse("sign_in_sheet_pdf", args=[sheet.pk]))
    assert paper.content.startswith(b"%PDF")
    assert f"sheet-{sheet.number}.pdf" in paper["Content-Disposition"]
    assert "Wei Chen" in client.get(answer.url).text


def test_rows_are_ticked_and_scanned(client, coordinator, sheet):
    answer = enter(client, sheet, row=["1"], scanned=row_text(sheet, 2), photo=photo())

    assert answer.status_code == 302
    page = client.get(answer.url, follow=True)
    assert "2 signatures count." in page.text
    assert PresenceEvidence.objects.filter(source="sheet").count() == 2
    assert page.text.count('name="row"') == 1


def test_without_the_page_it_is_asked_for_and_the_ticks_stay(client, coordinator, sheet):
    page = enter(client, sheet, row=["2"])

    assert page.status_code == 422
    assert str(NO_PHOTO) in page.text
    assert 'value="2" checked' in page.text
    assert str(NO_ROWS) in enter(client, sheet, photo=photo()).text


def test_whoever_only_looks_enters_nothing(client, organisation, sheet):
    client.force_login(member(organisation, "education_lead"))

    assert client.get(reverse("sheet_rows", args=[sheet.pk])).status_code == 200
    assert enter(client, sheet, row=["1"], photo=photo()).status_code == 403
    assert not SheetRow.objects.signed().exists()


def test_a_sheet_nobody_made_is_not_found(client, coordinator, activity):
    assert client.get(reverse("sheet_rows", args=[activity.pk])).status_code == 404


def test_the_api_makes_and_enters_a_sheet(client, organisation, activity):
    token = token_of(organisation, ["manage_registrations", "view_attendance"])

    made = client.post(
        "/api/v1/sign-in-sheets",
        {"activity": str(activity.pk)},
        content_type="application/json",
        headers=token,
    )
    pk, code = made.json()["id"], made.json()["code"]
    entered = client.post(
        f"/api/v1/sign-in-sheets/{pk}/entries",
        {"scanned": f"S.{code}.1", "page": photo()},
        headers=token,
    )

    assert made.status_code == 201
    assert entered.json() == {"entered": 1}
    rows = client.get("/api/v1/sign-in-sheets/rows", headers=token).json()["items"]
    assert sum(bool(row["entered_at"]) for row in rows) == 1

import io
from datetime import UTC, datetime

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.accounts.actions import end_membership
from symposia.accounts.models import Grant, Membership, User
from symposia.audit.models import Entry
from symposia.directory import tasks
from symposia.directory.models import Territory
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work.models import Import, ImportRow, ImportState, Job, StoredFile
from tests.factories.accounts import OrganisationFactory, key_of, member

FILE = (
    "E-mail,Full name,Position,Roles,Territory,Manager\n"
    "meera@example.org,Meera Joshi,Regional lead,area_manager,west,\n"
    "ravi@example.org,Ravi Kale,Representative,field_representative 2031-12-31,pune,"
    "meera@example.org\n"
    "wrong,Nobody,,coordinator,,\n"
)


@pytest.fixture
def administrator(client, organisation):
    user = member(organisation, "administrator")
    west = Territory.objects.create(name="West", code="west")
    Territory.objects.create(name="Pune", code="pune", parent=west)
    client.force_login(user)
    return user


def hand_in(client, content, name="people.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    client.post(reverse("colleague_import_new"), {"file": file})
    return Import.objects.latest("made_at")


def test_a_file_that_is_refused_is_kept_nowhere(
    client, administrator, files, tmp_path, monkeypatch
):
    empty = client.post(
        reverse("colleague_import_new"), {"file": SimpleUploadedFile("a.csv", b" ")}
    )
    monkeypatch.setattr("symposia.web.office.colleagues.LARGEST_OF_COLLEAGUES", 10)
    large = client.post(
        reverse("colleague_import_new"), {"file": SimpleUploadedFile("a.csv", FILE.encode())}
    )

    assert (empty.status_code, large.status_code) == (422, 422)
    assert "larger than 10 MB" in large.text
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def look(client, made):
    form = client.get(reverse("colleague_import_columns", args=[made.pk])).context["form"]
    first = {name: form.get_initial_for_field(f, name) or "" for name, f in form.fields.items()}
    return client.post(reverse("colleague_import_columns", args=[made.pk]), first)


def work(organisation, user):
    """Do what was asked for last, as a worker would."""
    job, made = Job.objects.latest("requested_at"), Import.objects.latest("made_at")
    looks = made.state == ImportState.CHECKING
    task = tasks.look_at_colleagues if looks else tasks.bring_colleagues_in
    asked = {"import_id": str(made.pk), "person": str(user.pk), "called": str(user)}
    task.run(str(organisation.pk), job_id=str(job.pk), **asked)
    made.refresh_from_db()
    return made


def brought_in(client, organisation, user, content=FILE):
    made = hand_in(client, content)
    look(client, made)
    work(organisation, user)
    client.post(reverse("colleague_import_run", args=[made.pk]))
    return work(organisation, user)


def test_a_file_is_looked_at_first_and_changes_nobody(client, organisation, administrator):
    made = hand_in(client, FILE)
    look(client, made)
    made = work(organisation, administrator)
    shown = client.get(reverse("colleague_import_rows", kwargs={"pk": made.pk})).text

    assert made.state == ImportState.CHECKED
    assert (made.counts["new"], made.counts["rejected"]) == (2, 1)
    assert "gets field_representative@pune; Position; Manager" in shown
    assert "The e-mail address is not one" in shown
    assert "Works here and is not in the file" in shown
    assert "Import these rows" in shown
    assert not User.objects.filter(email="ravi@example.org").exists()


def test_people_come_with_roles_territory_and_manager_and_are_told(
    client, organisation, administrator
):
    made = brought_in(client, organisation, administrator)

    assert made.state == ImportState.DONE
    ravi = Membership.objects.get(user__email="ravi@example.org")
    grant = Grant.objects.get(membership=ravi)
    assert (ravi.title, ravi.manager.user.email) == ("Representative", "meera@example.org")
    assert grant.scope_id == Territory.objects.get(code="pune").pk
    assert grant.valid_until == datetime(2032, 1, 1, 4, 59, 59, tzinfo=UTC)
    assert Delivery.objects.filter(to_address="ravi@example.org").count() == 1
    assert Entry.objects.filter(action="member.taken_in").count() == 2
    assert Entry.objects.get(action="colleagues.imported").details["new"] == 2
    page = client.get(reverse("access")).text
    assert "reports to Meera Joshi" in page


def test_the_same_file_again_changes_nothing(client, organisation, administrator):
    brought_in(client, organisation, administrator)
    made = hand_in(client, FILE)
    look(client, made)
    made = work(organisation, administrator)

    assert made.counts.get("unchanged") == 2
    refused = client.post(reverse("colleague_import_run", args=[made.pk]), follow=True)
    assert "No row of this file would change anything." in refused.text


def test_whoever_lost_the_right_meanwhile_brings_nothing_in(client, organisation, administrator):
    made = hand_in(client, FILE)
    look(client, made)
    work(organisation, administrator)
    client.post(reverse("colleague_import_run", args=[made.pk]))
    member(organisation, "administrator")
    leaver = Membership.objects.get(user=administrator)
    end_membership(leaver, by=SYSTEM, reason="Left.")
    made = work(organisation, administrator)

    assert made.state == ImportState.FAILED
    assert "does not say any more who may do what" in made.problem
    assert not User.objects.filter(email="ravi@example.org").exists()


def test_a_role_that_decides_waits_as_if_given_by_hand(client, organisation, administrator):
    member(organisation, "administrator")
    content = "E-mail,Name,Roles\nfin@example.org,Fin Ance,finance_officer\n"
    brought_in(client, organisation, administrator, content)
    report = ImportRow.objects.get(number="fin@example.org")

    assert report.changes == "?finance_officer"
    assert Grant.objects.get(membership__user__email="fin@example.org").waits_since


def test_a_workbook_is_read_as_well_and_columns_without_an_address_are_refused(
    client, organisation, administrator
):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Login", "Name", "Roles"])
        sheet.write_row(1, 0, ["ana@example.org", "Ana", "executive"])
    made = hand_in(client, file.getvalue(), "people.xlsx")
    bare = client.post(reverse("colleague_import_columns", args=[made.pk]), {"full_name": "1"})
    look(client, made)

    assert bare.status_code == 422
    assert work(organisation, administrator).counts["new"] == 1


def test_the_empty_table_names_the_columns_that_are_understood(client, administrator):
    answer = client.get(reverse("colleague_import_template", args=["csv"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    made = hand_in(client, text + "a@example.org,A,,executive,,,\n")

    assert answer["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert set(made.mapping["columns"]) == {
        *("email", "full_name", "title", "roles", "territory", "manager", "until")
    }
    xlsx = client.get(reverse("colleague_import_template", args=["xlsx"]))
    assert b"".join(xlsx.streaming_content).startswith(b"PK")
    assert client.get(reverse("colleague_import_template", args=["pdf"])).status_code == 404


def test_what_is_no_table_says_so(client, administrator):
    file = SimpleUploadedFile("people.csv", b"")
    empty = client.post(reverse("colleague_import_new"), {"file": file})
    blank = client.post(
        reverse("colleague_import_new"), {"file": SimpleUploadedFile("a.csv", b"  \n")}
    )

    assert (empty.status_code, blank.status_code) == (422, 422)
    assert "The file is empty." in blank.text


def test_files_of_people_are_for_whoever_manages_access_here(client, organisation, administrator):
    made = hand_in(client, FILE)
    pages = [
        reverse("colleague_imports"),
        reverse("colleague_import_rows", kwargs={"pk": made.pk}),
        reverse("colleague_import_columns", args=[made.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    client.force_login(member(organisation, "coordinator"))
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    other = OrganisationFactory()
    with acting_in(other.pk):
        client.force_login(member(other, "administrator"))
    assert [client.get(page).status_code for page in pages[1:]] == [404, 404]


def test_position_and_manager_are_set_by_hand_and_by_a_program(client, organisation, administrator):
    boss, other = member(organisation, "executive"), member(organisation, "coordinator")
    above, below = (Membership.objects.get(user=user) for user in (boss, other))
    page = reverse("member_place", args=[below.pk])
    assert "Reports to" in client.get(page).text
    client.post(page, {"title": "Planner", "manager": str(above.pk)})
    below.refresh_from_db()
    assert (below.title, below.manager) == ("Planner", above)

    circle = client.post(reverse("member_place", args=[above.pk]), {"manager": str(below.pk)})
    assert circle.status_code == 422
    assert "reports to them already" in circle.text
    own = Membership.objects.get(user=administrator)
    assert client.post(reverse("member_place", args=[own.pk]), {}).status_code == 422

    headers = key_of(administrator, organisation, ["manage_access", "use_api"])
    answer = client.put(
        f"/api/v1/members/{below.pk}/place",
        {"title": "Lead"},
        content_type="application/json",
        headers=headers,
    )
    assert answer.json() == {"id": str(below.pk), "title": "Lead", "manager": None}
    files = client.get("/api/v1/members/files", headers=headers)
    assert files.json()["count"] == 0

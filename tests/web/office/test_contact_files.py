"""Ways to reach people by a file: looked at line by line, then taken, all of it or nothing."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.directory.actions.contact_files import import_contacts
from symposia.directory.actions.contacts import add_contact
from symposia.directory.contact_lines import judge_contacts
from symposia.directory.contacting import ContactFacts
from symposia.directory.models import ChangeRequest, ContactPoint
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.directory.test_own_fields import access
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, TerritoryFactory

HEAD = "Person,Kind,What,Called,From,Until,Who says so\n"


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def asha(organisation):
    return ClinicianFactory(full_name="Asha Rao", email="asha@example.org", phone="", npi=False)


def problems(organisation, *lines):
    judged = judge_contacts(access(organisation), HEAD + "\n".join(lines))
    return [line.problem or ("known" if line.is_known else "taken") for line in judged]


def test_each_line_says_what_it_would_add_or_why_not(organisation, asha):
    add_contact(asha, ContactFacts("phone", "+1 617 555 0100"), by=SYSTEM)
    add_contact(asha, ContactFacts("address", "12 Dock Road\nBoston"), by=SYSTEM)

    assert problems(
        organisation,
        "asha@example.org,Telephone,+1 617 555 0199,Ward,2026-01-31,,Her card",
        "asha@example.org,mobile,+1 617 555 0100,,,,",
        'asha@example.org,address,"12 Dock Road, Boston",,,,',
        "asha@example.org,phone,+1 617 555 0199,,,,",
        "nobody@example.org,phone,1,,,,",
        ",phone,1,,,,",
        "asha@example.org,pigeon,1,,,,",
        "asha@example.org,phone,call me,,,,",
        "asha@example.org,email,at home,,,,",
        "asha@example.org,address,,,,,",
        "asha@example.org,phone,2,,31.1.2026,,",
        "asha@example.org,phone,3,,2026-02-01,2026-01-01,",
        f"asha@example.org,phone,4,{'x' * 61},,,",
    ) == [
        "taken",
        "known",
        "known",
        "The same stands earlier in the file",
        "Nobody you may see has this number or address",
        "No number and no e-mail address",
        "The kind is none of: E-mail, Telephone, Postal address",
        "A telephone number has digits, and at most 40 signs.",
        "“at home” is not an e-mail address.",
        "Write the lines of the address.",
        "The day cannot be read: write it as 2026-01-31",
        "The last day lies before the first one.",
        "A value is longer than the directory keeps",
    ]


def test_a_file_is_looked_at_and_then_taken(client, coordinator, asha):
    address = '"1 Work Road\nBoston"'
    text = (
        f"{HEAD}asha@example.org,phone,617 555 0199,Ward,,,\n"
        f"asha@example.org,post,{address},Home,,,\nnobody@example.org,phone,1,,,,\n"
    )
    file = SimpleUploadedFile("ways.csv", text.encode())

    looked = client.post(reverse("contacts_many"), {"file": file})

    assert "2 lines would be taken." in looked.text
    assert "Nobody you may see" in looked.text
    assert not ContactPoint.objects.exists()
    again = {"lines": looked.context["text"], "take": "1", "name": looked.context["name"]}
    taken = client.post(reverse("contacts_many"), again, follow=True)
    assert "2 lines were taken." in taken.text
    rows = {row.kind: row for row in ContactPoint.objects.all()}
    assert rows["address"].value == "1 Work Road\nBoston"
    assert rows["phone"].source == "ways.csv"
    assert Entry.objects.filter(action="contact.imported").get().details["lines"] == 2


def test_what_is_used_stays_in_use(organisation, asha):
    text = f"{HEAD}asha@example.org,email,rao@practice.example,,,,\nasha@example.org,phone,1,,,,\n"

    import_contacts(judge_contacts(access(organisation), text), file_name="a.csv", by=SYSTEM)

    asha.refresh_from_db()
    # The record says again what it said; what it did not say it says now.
    assert (asha.email, asha.phone) == ("asha@example.org", "1")
    assert not ChangeRequest.objects.exists()


def test_nothing_of_a_file_is_taken_where_a_line_no_longer_fits(organisation, asha):
    text = f"{HEAD}asha@example.org,phone,1,,,,\nasha@example.org,phone,2,,,,\n"
    judged = judge_contacts(access(organisation), text)
    add_contact(asha, ContactFacts("phone", "2"), by=SYSTEM)

    with pytest.raises(Refused) as no:
        import_contacts(judged, file_name="a.csv", by=SYSTEM)
    assert str(no.value).startswith("Line 3: This is noted of the person already.")
    with pytest.raises(Refused) as no:
        import_contacts(judge_contacts(access(organisation), HEAD), file_name="a.csv", by=SYSTEM)
    assert no.value.objection.code == "no_contact_to_take"


def test_what_goes_out_comes_in_again(client, coordinator, asha):
    add_contact(asha, ContactFacts("phone", "+1 617 555 0100", "Ward"), by=SYSTEM)
    add_contact(asha, ContactFacts("address", "12 Dock Road\nBoston"), by=SYSTEM)
    file = b"".join(client.get(reverse("contacts_csv")).streaming_content).decode("utf-8-sig")
    assert [row["E-mail"] for row in csv.DictReader(io.StringIO(file))] == ["asha@example.org"] * 2

    looked = client.post(
        reverse("contacts_many"), {"file": SimpleUploadedFile("w.csv", file.encode())}
    )

    assert [line.is_known for line in looked.context["judged"]] == [True, True]


def test_a_refusal_loses_nothing_and_a_line_of_nothing_is_told(client, coordinator):
    answer = client.post(reverse("contacts_many"), {"lines": HEAD})

    assert answer.status_code == 422
    assert "There is no line below a header." in answer.text


def test_whom_one_does_not_see_is_nobody_and_a_right_is_needed(client, organisation):
    ClinicianFactory(email="far@example.org", territory=TerritoryFactory())
    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    near = member(organisation, "field_representative", **scope)
    client.force_login(near)

    assert client.get(reverse("contacts_many")).status_code == 403
    seen = access_of(near, organisation, at=now())
    judged = judge_contacts(seen, f"{HEAD}far@example.org,phone,1,,,,\n")
    assert judged[0].problem == "Nobody you may see has this number or address"

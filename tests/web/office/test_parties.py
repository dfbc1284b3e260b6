import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.registrations.models import Party, Registration
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def activity(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return ActivityFactory(state="open", capacity=2)


@pytest.fixture
def people(activity):
    names = ("Asha Menon", "Bina Rao", "Chitra Iyer")
    return [
        ClinicianFactory(full_name=name, email=f"{name.split()[0].lower()}@example.org")
        for name in names
    ]


def send(client, activity, **values):
    to = reverse("party_new", args=[activity.pk])
    return client.post(to, {"idempotency_key": uuid.uuid4(), **values})


def test_each_line_is_read_before_anybody_is_registered(client, activity, people):
    RegistrationFactory(activity=activity, clinician=people[2])
    pasted = (
        "Dr Asha Menon; ASHA@example.org\nbina@example.org\nchitra@example.org\n"
        "bina@example.org\nnobody@example.org\nDr Without Number"
    )

    page = send(client, activity, people=pasted).content.decode()

    assert "Asha Menon" in page
    assert "There is a place here already." in page
    assert "This person stands in the list already." in page
    assert page.count("Nobody of the directory has this e-mail or number.") == 2
    assert "Register 2 people" in page
    assert Registration.objects.count() == 1


def test_a_department_gets_its_places_together(client, activity, people):
    pasted = "asha@example.org\nbina@example.org"

    answer = send(client, activity, people=pasted, party="Cardiology", confirmed="1")

    assert answer.url == reverse("activity_people", args=[activity.pk])
    assert Party.objects.get().name == "Cardiology"
    assert set(Registration.objects.values_list("state", flat=True)) == {"confirmed"}


def test_each_on_their_own_takes_what_is_left_and_waits(client, activity, people):
    file = SimpleUploadedFile(
        "people.csv", "\ufeffasha@example.org\nbina@example.org\nchitra@example.org\n".encode()
    )

    report = send(client, activity, file=file).content.decode()
    pasted = "asha@example.org\nbina@example.org\nchitra@example.org"
    page = client.get(send(client, activity, people=pasted, confirmed="1").url).content.decode()

    assert "Register 3 people" in report
    assert "2 people have a place. 1 waits." in page
    assert not Party.objects.exists()


def test_a_party_that_is_refused_loses_nothing_that_was_typed(client, activity, people):
    pasted = "asha@example.org\nbina@example.org\nchitra@example.org"

    answer = send(client, activity, people=pasted, party="Ward 3", confirmed="1")

    assert answer.status_code == 422
    assert "The party is 3 people; there are 2 places in all." in answer.content.decode()
    assert "chitra@example.org" in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"people": " "}, "Paste at least one line"),
        ({"file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00")}, "Save the file as UTF-8"),
        ({"people": "x@example.org\n" * 201}, "at most 200 are read at once"),
    ],
    ids=["nothing", "not text", "too long"],
)
def test_what_cannot_be_read_is_said(client, activity, values, says):
    answer = send(client, activity, **values)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_list_of_another_organisation_does_not_exist(client, activity):
    assert client.get(reverse("party_new", args=[uuid.uuid4()])).status_code == 404


def test_somebody_else_of_the_directory_comes_instead(client, activity, people):
    held = RegistrationFactory(activity=activity, clinician=people[0])
    to = reverse("registration_substitution", args=[held.pk])

    unknown = client.post(to, {"idempotency_key": uuid.uuid4(), "person": "nobody@example.org"})
    done = client.post(to, {"idempotency_key": uuid.uuid4(), "person": "bina@example.org"})

    made = Registration.objects.get(clinician=people[1])
    assert "Nobody of the directory has this e-mail or number." in unknown.content.decode()
    assert done.url == reverse("registration", args=[made.pk])
    assert made.is_confirmed

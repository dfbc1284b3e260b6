"""The public register for machines."""

import pytest

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from tests.directory.register import entry, written_by_the_owner
from tests.factories.accounts import key_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client, organisation):
    user = member(organisation, "coordinator")
    wanted = [Permission.VIEW_DIRECTORY, Permission.MANAGE_DIRECTORY]
    headers = key_of(user, organisation, wanted)

    def ask(method, path, body=None):
        if method == "get":
            return client.get(f"/api/v1{path}", body, headers=headers)
        sent = {"content_type": "application/json", "headers": headers}
        return client.post(f"/api/v1{path}", body or {}, **sent)

    with written_by_the_owner():
        yield ask


def test_a_person_is_looked_up_added_compared_and_filled_from_the_register(call):
    made = entry()

    found = call("get", "/registry", {"q": "meera"}).json()
    added = call("post", f"/registry/entries/{made.number}/addition").json()
    here = f"/registry/clinicians/{added['id']}"
    Clinician.objects.filter(pk=added["id"]).update(city="Salem", full_name="Meera Rao")
    told = {each["name"]: each["differs"] for each in call("get", here).json()}
    filled = call("post", here, {"fields": ["city", "full_name"]}).json()

    assert [each["number"] for each in found] == [made.number]
    assert (told["city"], told["specialty"]) == (True, False)
    assert filled["waiting"] == ["full_name"]
    assert Clinician.objects.get(pk=added["id"]).city == "Boston"
    assert call("get", "/registry/clinicians/" + added["id"]).status_code == 200

"""Programs follow up as people do: the same rules, the same rows."""

from symposia.engagement.models import SafetySending
from tests.factories.accounts import key_of, member
from tests.factories.engagement import AfterMeeting, approved, material_facts

AT = "/api/v1/follow-ups"


def test_a_program_of_a_representative_does_what_its_owner_may(organisation, client):
    after = AfterMeeting(organisation)
    owed = after.make()
    after.agrees(after.came, "chat")
    headers = key_of(after.user, organisation, ["invite", "view_directory"])

    def post(where, body):
        return client.post(f"{AT}{where}", body, content_type="application/json", headers=headers)

    listed = client.get(AT, headers=headers).json()
    assert {each["clinician"] for each in listed["items"]} == {
        after.came.called,
        after.missed.called,
    }
    one = {"activity": str(after.activity.pk), "clinician": str(after.came.pk)}
    assert post("", one | {"kind": "material"}).status_code == 201
    refused = post("", one | {"kind": "product"})
    assert (refused.status_code, refused.json()["code"]) == (409, "follow_up_not_in_mode")
    given = post(f"/{owed.pk}/shares", {"material": str(approved().pk), "channel": "chat"})
    assert given.json()["href"].startswith("https://wa.me/")
    assert post(f"/{owed.pk}/questions", {"text": "Safe with juice?"}).status_code == 201
    told = post(f"/{owed.pk}/adverse-events", {"product": "Corvalan", "text": "Bled."})
    assert told.status_code == 201
    assert (
        client.get(f"/api/v1/adverse-events/{told.json()['id']}", headers=headers).status_code
        == 403
    )
    done = post(f"/{owed.pk}/completion", {"way": "call", "said": "Well."})
    assert done.json()["state"] == "done"
    assert post(f"/{owed.pk}/refusal", {"reason": "No."}).status_code == 409
    team = client.get(f"{AT}/team", headers=headers).json()["items"]
    assert [(each["open"], each["done"]) for each in team] == [("2", "1")]


def test_a_program_proposes_and_another_person_approves(organisation, client):
    held = ["manage_curriculum", "decide_approvals", "view_curriculum", "view_evaluations"]
    first, second = (
        key_of(member(organisation, "medical_affairs"), organisation, held) for _each in range(2)
    )
    facts = material_facts()
    body = {
        "name": facts.name,
        "kind": facts.kind,
        "wording": facts.wording,
        "modes": facts.modes,
        "valid_until": facts.valid_until.isoformat(),
        "address": facts.address,
    }

    made = client.post("/api/v1/materials", body, headers=first)

    assert made.status_code == 201, made.text
    own = client.post(f"/api/v1/materials/{made.json()['id']}/approval", headers=first)
    assert own.json()["code"] == "material_own"
    other = client.post(f"/api/v1/materials/{made.json()['id']}/approval", headers=second)
    assert other.json()["state"] == "approved"


def test_an_administrator_s_program_names_the_mailbox(organisation, client):
    after = AfterMeeting(organisation)
    held = key_of(member(organisation, "administrator"), organisation, ["manage_organisation"])

    body = {"address": "safety@example.org"}
    said = client.post(
        "/api/v1/adverse-events/mailboxes", body, content_type="application/json", headers=held
    )

    assert said.status_code == 201
    assert not SafetySending.objects.filter(activity=after.activity).exists()

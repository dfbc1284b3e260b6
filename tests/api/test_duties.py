from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from symposia.activities.models import DocumentSlot
from tests.api.test_activity_types import ask
from tests.factories.activities import ActivityFactory

__all__ = ["ask"]


def test_a_milestone_is_added_and_ticked(ask):
    activity = ActivityFactory(created_at=datetime(2026, 6, 1, tzinfo=UTC))

    made = ask(
        "post", f"/duties/activities/{activity.pk}/milestones", {"title": "Call", "days": -3}
    )
    tick = f"/duties/milestones/{made.json()['id']}/completion"

    assert made.json()["due_on"] == "2027-03-08"
    assert ask("put", tick, {"done": True}).json()["done_at"]
    assert ask("put", tick, {"done": True}).json()["code"] == "done_already"
    assert ask("put", tick, {"done": False}).json()["done_at"] is None


def test_a_document_is_asked_for_and_waived(ask):
    activity = ActivityFactory()
    made = ask(
        "post", f"/duties/activities/{activity.pk}/documents", {"title": "Flyer", "days": -3}
    )

    here = f"/duties/documents/{made.json()['id']}"
    waived = ask("post", f"{here}/waiver", {"reason": "Invited by hand."})

    assert waived.json()["waived_because"] == "Invited by hand."
    assert ask("get", "/duties/documents").status_code == 200


def test_a_version_is_handed_in_as_a_file(ask, client):
    activity = ActivityFactory()
    ask("post", f"/duties/activities/{activity.pk}/documents", {"title": "Flyer", "days": -3})
    slot = DocumentSlot.objects.get()

    file = SimpleUploadedFile("flyer.pdf", b"%PDF-1.7")
    made = ask("post", f"/duties/documents/{slot.pk}/versions", files={"file": file})

    assert made.status_code == 201
    assert made.json()["number"] == 1

from datetime import UTC, datetime, timedelta

import pytest

from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.outreach.models import Invitation
from symposia.outreach.policies import (
    objection_to_inviting,
    objection_to_inviting_clinician,
    objection_to_replying,
    objection_to_withdrawing,
)
from symposia.outreach.queries import Known
from symposia.shared.tenancy import INSTALLATION

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def activity(state="open", starts_in=1):
    start = NOW + timedelta(days=starts_in)
    return Activity(
        organisation_id=INSTALLATION,
        state=state,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
    )


@pytest.mark.parametrize(
    ("state", "starts_in", "code"),
    [
        ("open", 1, None),
        ("open", -1, "over"),
        ("approved", 1, "not_open"),
        ("draft", 1, "not_open"),
        ("cancelled", 1, "not_open"),
    ],
)
def test_people_are_invited_to_open_activities_to_come(state, starts_in, code):
    objection = objection_to_inviting(activity(state, starts_in), at=NOW)

    assert (objection and objection.code) == code


@pytest.mark.parametrize(
    ("facts", "before", "code"),
    [
        ({}, None, None),
        ({"email": ""}, None, "no_address"),
        ({"deactivated_at": NOW}, None, "deactivated"),
        ({"email": "STOP@example.org"}, None, "suppressed"),
        ({}, "sent", "already_invited"),
        ({}, "declined", "already_invited"),
        ({}, "withdrawn", None),
    ],
)
def test_who_is_skipped(facts, before, code):
    clinician = Clinician(**({"organisation_id": INSTALLATION, "email": "ada@example.org"} | facts))
    invited = (
        {clinician.pk: Invitation(organisation_id=INSTALLATION, state=before)} if before else {}
    )

    objection = objection_to_inviting_clinician(
        clinician, Known(invited, {"stop@example.org": "asked"})
    )

    assert (objection and objection.code) == code


@pytest.mark.parametrize(
    ("invitation", "state", "starts_in", "accepted", "code"),
    [
        ("sent", "open", 1, True, None),
        ("sent", "open", 1, False, None),
        ("declined", "open", 1, True, None),
        ("withdrawn", "open", 1, True, "withdrawn"),
        ("withdrawn", "open", 1, False, "withdrawn"),
        ("sent", "cancelled", 1, True, "takes_no_answer"),
        ("accepted", "running", 0, False, None),
        ("accepted", "held", -2, False, "takes_no_answer"),
    ],
)
def test_when_an_answer_counts(invitation, state, starts_in, accepted, code):
    objection = objection_to_replying(
        Invitation(organisation_id=INSTALLATION, state=invitation),
        activity(state, starts_in),
        accepted=accepted,
        at=NOW,
    )

    assert (objection and objection.code) == code


def test_an_invitation_is_withdrawn_once():
    assert objection_to_withdrawing(Invitation(organisation_id=INSTALLATION, state="sent")) is None
    assert (
        objection_to_withdrawing(Invitation(organisation_id=INSTALLATION, state="withdrawn")).code
        == "withdrawn_before"
    )

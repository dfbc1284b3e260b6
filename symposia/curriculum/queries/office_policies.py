from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from symposia.accounts.memberships import members
from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.compliance.queries import packs_on_screen
from symposia.curriculum.models import Acknowledgement, OfficePolicy, PolicyEdition, PolicyKind


@dataclass(frozen=True)
class Reader:
    """A member of the organisation, and when they acknowledged the edition in force."""

    user: User
    acknowledged_at: datetime | None


def latest_edition(policy: OfficePolicy) -> PolicyEdition | None:
    """The words in force."""
    return PolicyEdition.objects.filter(policy=policy).order_by("-edition").first()


def editions_of_policy(policy: OfficePolicy) -> list[PolicyEdition]:
    """Every edition, the latest first."""
    return list(PolicyEdition.objects.filter(policy=policy).order_by("-edition"))


def living_mission() -> OfficePolicy | None:
    return OfficePolicy.objects.living().filter(kind=PolicyKind.MISSION).first()


def has_acknowledged(edition: PolicyEdition | None, user: User) -> bool:
    """Whether somebody has read the edition in force."""
    if edition is None:
        return False
    return Acknowledgement.objects.filter(edition=edition, user=user).exists()


def readers_of(edition: PolicyEdition | None) -> list[Reader]:
    """Every member with the instant they acknowledged, who did not at the end."""
    rows = Acknowledgement.objects.filter(edition=edition)
    known = dict(rows.values_list("user_id", "acknowledged_at"))
    found = [Reader(m.membership.user, known.get(m.membership.user_id)) for m in members()]
    return sorted(found, key=lambda r: (r.acknowledged_at is None, str(r.user)))


def rule_choices() -> list[tuple[str, str]]:
    """The rules that bind this organisation, as a form offers them."""
    return [
        (f"{shown.pack.code}:{rule.code}", f"{rule.code} {rule.title}")
        for shown in packs_on_screen(local_day())
        if shown.binds and shown.in_force
        for rule in shown.pack.rules
    ]


def named_rules(codes: Sequence[str]) -> list[str]:
    """The rules of a policy by their titles; one that is gone keeps its code."""
    known = dict(rule_choices())
    return [known.get(code, code) for code in codes]

"""What a new version of rules would change, as the API shows it."""

import uuid

from ninja import Schema


class HangingRowOut(Schema):
    """A disclosure (of a contributor) or a certificate."""

    id: uuid.UUID
    label: str


class HangingOut(Schema):
    """How many of a kind rest on what is touched, and the first of them."""

    count: int
    first: list[HangingRowOut]


class ImpactOut(Schema):
    """What a version would judge differently."""

    looked_at: int
    touched: int
    changed: int
    counts: dict[str, int]
    changes: list[dict[str, str]]
    # What rests on the activities that are touched: disclosures, certificates.
    hanging: dict[str, HangingOut]

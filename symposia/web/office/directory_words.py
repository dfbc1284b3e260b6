"""What the journal says of the directory, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DIRECTORY: dict[str, Any] = {
    "clinician.added": _("Added to the directory"),
    "clinician.changed": _("Facts changed"),
    "clinician.deactivated": _("Deactivated"),
    "clinician.reactivated": _("Taken up again"),
    "identifier.added": _("Number added"),
    "identifier.removed": _("Number removed"),
    "clinician.own_page_sent": _("Address of the own page sent"),
    "consent.given": _("Consent given"),
    "consent.withdrawn": _("Consent withdrawn"),
    "consent.imported": _("Consents imported"),
    "consent.basis_changed": _("What consent rests on changed"),
    "person.restricted": _("Restricted"),
    "person.letter_noted": _("Letter noted that allows it"),
    "person.restriction_lifted": _("Restriction lifted"),
    "person.restriction_kind_added": _("Reason for restrictions added"),
    "change.proposed": _("Change asked for"),
    "change.accepted": _("Change agreed to"),
    "change.refused": _("Change refused"),
    "change.withdrawn": _("Change taken back"),
    "clinicians.merged": _("Two records found to be one person"),
    "clinicians.unmerged": _("Merge undone"),
    "clinicians.followed": _("What was written meanwhile followed"),
    "clinicians.row_moved": _("Moved to another record of the same person"),
    "clinician.merged": _("Merged into another record"),
    "clinician.took_over": _("Facts taken over from another record"),
    "clinician.unmerged": _("Its own record again"),
    "clinician.comparison_asked": _("Compared with everybody else"),
    "duplicate.found": _("Found to resemble another record"),
    "duplicate.merged": _("Found to be one person"),
    "duplicate.distinct": _("Found to be two people"),
    "duplicate.reopened": _("To be looked at again"),
    "segment.saved": _("Segment saved"),
    "segment.changed": _("Segment changed"),
    "segment.retired": _("Segment retired"),
    "segment.people_added": _("People put on the list"),
    "segment.people_removed": _("People taken off the list"),
}

"""What campaigns and invitations hold of a person, when two records turn out to be one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people

belongs_to_people(
    "outreach.Invitation",
    lambda n: ngettext("%(n)s invitation", "%(n)s invitations", n) % {"n": n},
    both=_("Both were invited to the same activity; a reply to either counts for the one person."),
)
belongs_to_people(
    "outreach.Recipient",
    lambda n: ngettext("%(n)s message of a campaign", "%(n)s messages of campaigns", n) % {"n": n},
    both=_("Both were chosen for the same message; the second is not written to any more."),
)
belongs_to_people(
    "outreach.ApprovedClinician",
    lambda n: ngettext("%(n)s approval for a list", "%(n)s approvals for lists", n) % {"n": n},
    both=_("Both were approved for the same list."),
)
belongs_to_people(
    "outreach.Reminded",
    lambda n: ngettext("%(n)s reminder", "%(n)s reminders", n) % {"n": n},
    both=_("Both were reminded of the same."),
)

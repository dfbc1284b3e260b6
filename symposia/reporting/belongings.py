"""What reports hold of a person, when two records turn out to be one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people

belongs_to_people(
    "reporting.LearnerIdentity",
    lambda n: ngettext("as whom bodies know them", "as whom bodies know them", n),
    both=_("Bodies know both by a name; that of the record that is kept stays."),
)
belongs_to_people(
    "reporting.SubmissionRow",
    lambda n: ngettext("%(n)s report to a body", "%(n)s reports to bodies", n) % {"n": n},
)
belongs_to_people(
    "reporting.LegalHold",
    lambda n: ngettext("%(n)s legal hold", "%(n)s legal holds", n) % {"n": n},
)

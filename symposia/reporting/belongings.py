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
belongs_to_people(
    "reporting.TransferOfValue",
    lambda n: ngettext("%(n)s transfer of value", "%(n)s transfers of value", n) % {"n": n},
)
belongs_to_people(
    "reporting.TransferDispute",
    lambda n: ngettext("%(n)s objection to one", "%(n)s objections to them", n) % {"n": n},
)
belongs_to_people(
    "reporting.RecipientFacts",
    lambda n: ngettext("what files ask of them", "what files ask of them", n),
    both=_("Of both it is said what files ask of them; that of the record that is kept stays."),
)
belongs_to_people(
    "reporting.AttributedShare",
    lambda n: ngettext("%(n)s share of a cost", "%(n)s shares of costs", n) % {"n": n},
)
belongs_to_people(
    "reporting.CostShare",
    lambda n: ngettext("%(n)s cost they had", "%(n)s costs they had", n) % {"n": n},
)

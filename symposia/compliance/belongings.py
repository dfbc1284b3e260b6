"""What the rules hold of a person, when two records turn out to be one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people

belongs_to_people(
    "compliance.Commitment",
    lambda n: ngettext("%(n)s committed engagement", "%(n)s committed engagements", n) % {"n": n},
    both=_("Both are committed to the same engagement; it counts once."),
)
belongs_to_people(
    "compliance.Restriction",
    lambda n: ngettext("%(n)s restriction by rules", "%(n)s restrictions by rules", n) % {"n": n},
)

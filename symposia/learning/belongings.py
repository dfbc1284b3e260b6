"""What learning holds of a person, when two records turn out to be one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people

belongs_to_people(
    "learning.Practice",
    lambda n: ngettext("%(n)s shared practice", "%(n)s shared practices", n) % {"n": n},
)
belongs_to_people(
    "learning.Adoption",
    lambda n: ngettext("%(n)s practice taken up", "%(n)s practices taken up", n) % {"n": n},
    both=_(
        "Both took up the same practice. The second word stays as it was counted, with the record "
        "that goes."
    ),
)
belongs_to_people(
    "learning.AudienceQuestion",
    lambda n: (
        ngettext("%(n)s question after an event", "%(n)s questions after events", n) % {"n": n}
    ),
)

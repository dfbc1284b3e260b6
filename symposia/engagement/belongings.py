"""What engagement holds of a person, when two records turn out to be one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people

belongs_to_people(
    "engagement.FollowUp",
    lambda n: ngettext("%(n)s follow-up", "%(n)s follow-ups", n) % {"n": n},
    both=_("Both are followed up after the same activity; the second stays with its record."),
)
belongs_to_people(
    "engagement.MaterialShare",
    lambda n: ngettext("%(n)s material given", "%(n)s materials given", n) % {"n": n},
)
belongs_to_people(
    "engagement.AdverseEvent",
    lambda n: (
        ngettext("%(n)s adverse event they told of", "%(n)s adverse events they told of", n)
        % {"n": n}
    ),
)

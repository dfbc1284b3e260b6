"""What surveys of needs hold of a person, when two records turn out to be one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.directory.duplicates.belongings import belongs_to_people

belongs_to_people(
    "curriculum.SurveyInvitation",
    lambda n: ngettext("%(n)s survey of needs", "%(n)s surveys of needs", n) % {"n": n},
    both=_("Both were asked in the same survey."),
)

"""The sentence that explains each share of a cost."""

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection

WHO_ATE = Objection(
    "share_of_who_ate",
    _(
        "%(share)s of %(whole)s, which %(heads)s people shared: %(came)s who came, %(taught)s who"
        " taught, %(staff)s of the house."
    ),
)
WHO_WAS_NAMED = Objection(
    "share_of_the_named",
    _("%(share)s of %(whole)s, which %(heads)s people shared, as %(by)s said who they were."),
)
OF_THE_HOUSE = Objection(
    "share_of_the_house",
    _("%(share)s of %(whole)s for %(staff)s of the house, of %(heads)s who shared it."),
)
NOT_KNOWN_WHO = Objection(
    "share_not_known_who",
    _(
        "%(share)s of %(whole)s: fewer shared it than were there, and who they were is not kept."
        " Say who it was."
    ),
)
NOBODY_NAMED = Objection(
    "share_nobody_named", _("%(whole)s, and who had it is not kept. Say who it was.")
)
TO_THE_TRAVELLER = Objection("share_of_the_traveller", _("%(whole)s for the journey of %(name)s."))
TO_THE_SPEAKER = Objection("share_of_the_speaker", _("%(whole)s, the fee of %(name)s."))
TO_THE_ORGANISER = Objection(
    "share_of_the_organiser",
    _("%(whole)s, a grant for independent education to %(name)s, who organises it."),
)
PASSED_ON = Objection(
    "share_passed_on", _("%(share)s that %(name)s was paid out of the grant of %(whole)s.")
)

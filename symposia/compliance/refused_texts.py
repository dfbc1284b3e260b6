"""What is said of a text that cannot be read as a pack, or not be tried out."""

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection

UNREADABLE = Objection("pack_unreadable", _("This cannot be read as a pack: %(problem)s"))
CANNOT_BE_TRIED = Objection(
    "pack_cannot_be_tried",
    _(
        "Trying this out takes too long or asks for too much, so it was given up and nothing is "
        "changed. Make its tables shorter or its expressions simpler."
    ),
)

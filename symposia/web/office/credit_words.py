"""What the journal says of certificates and what they are signed with, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

CREDITS: dict[str, Any] = {
    "certificate.issued": _("Certificate issued"),
    "certificate.made": _("File of a certificate made"),
    "certificate.replaced": _("Certificate issued anew"),
    "certificate.revoked": _("Certificate revoked"),
    "certificates.taken": _("Papers of an activity taken home together"),
    "certificate_term.set": _("How long certificates are good was said"),
    "certificate_design.made": _("Look of certificates changed"),
    "issuer_key.made": _("Key of badges made"),
    "paper_key.made": _("Signature of papers made or brought"),
}

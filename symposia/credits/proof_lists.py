from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.credits.models import CertificateDesign, IssuerKey, PaperKey
from symposia.shared.lists import Column, ListOf


def _keys(access: Any, **_kwargs: Any) -> Any:
    return IssuerKey.objects.visible_to(access)


def _paper_keys(access: Any, **_kwargs: Any) -> Any:
    return PaperKey.objects.visible_to(access)


PAPER_KEYS = ListOf(
    name="paper_keys",
    title=_("Signatures of papers"),
    permission=Permission.MANAGE_ORGANISATION,
    rows=_paper_keys,
    columns=(
        Column("number", _("Certificate"), "number", sort="number", kind="n"),
        Column("subject", _("Signs as"), "subject"),
        Column("issuer", _("Issued by"), "issuer"),
        Column("valid_until", _("Valid until"), "valid_until", sort="valid_until", kind="moment"),
        Column("sha256", _("Fingerprint (SHA-256)"), "sha256"),
        Column("made_at", _("Since"), "made_at", sort="made_at", kind="moment"),
        Column("made_by", _("By"), "made_by_name"),
        Column("reason", _("Why"), "reason"),
    ),
    sort="-number",
    empty=_("Our own certificate is made when the first certificate is issued."),
)


def _designs(access: Any, **_kwargs: Any) -> Any:
    return CertificateDesign.objects.visible_to(access)


DESIGNS = ListOf(
    name="certificate_designs",
    title=_("Versions of the look of certificates"),
    permission=Permission.MANAGE_ORGANISATION,
    rows=_designs,
    columns=(
        Column("number", _("Version"), "number", sort="number", kind="n"),
        Column("colour", _("Colour"), "colour"),
        Column("paper", _("Paper"), "paper"),
        Column("language", _("Language"), "language"),
        Column("said", _("Sentence"), "said"),
        Column("made_at", _("Since"), "made_at", sort="made_at", kind="moment"),
        Column("made_by", _("By"), "made_by_name"),
    ),
    sort="-number",
    empty=_("Certificates look as the product has them."),
)

ISSUER_KEYS = ListOf(
    name="issuer_keys",
    title=_("Keys of badges"),
    permission=Permission.MANAGE_ORGANISATION,
    rows=_keys,
    columns=(
        Column("number", _("Key"), "number", sort="number", kind="n"),
        Column("kind", _("Signs"), lambda each: each.signs),
        Column("public_key", _("Public half"), lambda each: each.public_half),
        Column("made_at", _("Since"), "made_at", sort="made_at", kind="moment"),
        Column("made_by", _("By"), "made_by_name"),
        Column("reason", _("Why"), "reason"),
    ),
    sort="-number",
    empty=_("The first key is made when the first certificate is issued."),
)

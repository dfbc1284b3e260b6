"""Lists of the statement store: what was sent, and who may send."""

from django.db.models import F, Func, Q, TextField, Value
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, since_day, until_day
from symposia.statements.identities import verb_key
from symposia.statements.models import ProviderKey, Scope, Statement
from symposia.statements.models.statements import BESIDE_LAST_WORD


def _of_verb(rows: Rows, text: str) -> Rows:
    """The whole address of a verb finds by the index, a word of it by looking."""
    return (
        rows.filter(verb_key=verb_key(text)) if ":" in text else rows.filter(verb__icontains=text)
    )


# What `Statement.did` says, worked out where the file of a list is written.
_DID = Func(
    F("verb"),
    Value(BESIDE_LAST_WORD),
    Value(""),
    Value("g"),
    function="regexp_replace",
    output_field=TextField(),
)
STATEMENTS = ListOf(
    name="statements",
    title=_("Statements"),
    permission=Permission.MANAGE_ACCESS,
    rows=Statement.objects.visible_to,
    columns=(
        Column(
            "stored_at",
            _("Stored"),
            "stored_at",
            sort="stored_at",
            kind="moment",
            url=lambda row: ("statement", [row.pk]),
        ),
        Column("actor", _("Who"), "actor"),
        Column("did", _("Did"), _DID),
        Column("object", _("What"), "object"),
        Column("sent_by", _("Told by"), "sent_by_name"),
        Column("happened_at", _("Happened"), "happened_at", kind="moment", in_page=False),
        Column("registration", _("Registration"), "registration", kind="id", in_page=False),
        Column("verb", _("Verb"), "verb", in_page=False),
        Column("version", _("Version"), "version", in_page=False),
        Column("statement", _("Statement"), "id", kind="id", in_page=False),
        Column("body", _("As it was sent"), "body", in_page=False),
    ),
    filters=(
        Search(
            "q",
            _("Who or what"),
            find=lambda rows, text: rows.filter(
                Q(actor__icontains=text) | Q(object__icontains=text)
            ),
        ),
        Search("verb", _("Verb"), find=_of_verb),
        Search(
            "told_by", _("Told by"), find=lambda r, text: r.filter(sent_by_name__icontains=text)
        ),
        Search("from", _("From"), find=since_day("stored_at"), kind="date"),
        Search("until", _("Until"), find=until_day("stored_at"), kind="date"),
    ),
    sort="-stored_at",
    of_all=True,
    empty=_("Nothing has been told yet."),
)

PROVIDER_KEYS = ListOf(
    name="provider_keys",
    title=_("Keys of activity providers"),
    permission=Permission.MANAGE_ACCESS,
    rows=ProviderKey.objects.visible_to,
    columns=(
        Column("name", _("Who holds it"), "name", sort="name"),
        Column("username", _("User name"), "username", kind="id"),
        Column("scope", _("It may"), "scope"),
        Column("expires_at", _("Good until"), "expires_at", sort="expires_at", kind="moment"),
        Column("last_used_at", _("Last used"), "last_used_at", kind="moment"),
        Column("revoked_at", _("Revoked"), "revoked_at", kind="moment"),
        Column("made_at", _("Made"), "made_at", sort="made_at", kind="moment", in_page=False),
        Column("made_by", _("Made by"), "made_by_name", in_page=False),
    ),
    filters=(
        Search("q", _("Who holds it"), find=lambda rows, text: rows.filter(name__icontains=text)),
        Choice("scope", _("It may"), "scope", Scope.choices),
    ),
    sort="-made_at",
    of_all=True,
    empty=_("No key yet: a tool or a course signs in with one."),
)

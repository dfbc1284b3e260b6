from django.utils.translation import gettext_lazy as _

from symposia.audit.models import Entry
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search


def _find(rows: Rows, text: str) -> Rows:
    """Entries of an action, of a person or about a record, by the beginning of its name."""
    by_action = rows.filter(action__startswith=text)
    by_actor = rows.filter(actor_name__istartswith=text)
    return by_action | by_actor | rows.filter(subject_name__istartswith=text)


ENTRIES = ListOf(
    name="journal",
    title=_("Journal"),
    permission="view_journal",
    rows=lambda _access: Entry.objects.all(),
    columns=(
        Column("at", _("When"), "at", sort="at", kind="moment"),
        Column("actor", _("Who"), "actor_name"),
        Column("action", _("What"), "action", sort="action", kind="id"),
        Column("subject", _("About"), "subject_name"),
        Column("reason", _("Why"), "reason"),
        Column("row_hash", _("Hash of the record"), "row_hash", in_page=False),
        Column("request_id", _("Request"), "request_id", in_page=False),
    ),
    filters=(
        Search("q", _("Action, person or record"), _find),
        Choice(
            "actor_kind",
            _("Acted as"),
            "actor_kind",
            [
                ("person", _("a person")),
                ("link", _("a personal link")),
                ("token", _("a token")),
                ("job", _("a job")),
                ("system", _("the product")),
            ],
        ),
    ),
    sort="-at",
    empty=_("Everything people do in this organisation is written here."),
)

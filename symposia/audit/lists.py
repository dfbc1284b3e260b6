import uuid

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from symposia.audit.models import Entry, Result, Verification
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, since_day, until_day


def _find(rows: Rows, text: str) -> Rows:
    """Entries of an action, of a person or about a record, by the beginning of its name."""
    by_action = rows.filter(action__startswith=text)
    by_actor = rows.filter(actor_name__istartswith=text)
    return by_action | by_actor | rows.filter(subject_name__istartswith=text)


def _who(rows: Rows, text: str) -> Rows:
    """By a person's name, whether they acted themselves or somebody acted for them."""
    return rows.filter(Q(actor_name__icontains=text) | Q(on_behalf_of__icontains=text))


def _what(rows: Rows, text: str) -> Rows:
    return rows.filter(action__startswith=text.lower())


def _record(rows: Rows, text: str) -> Rows:
    """By what a record is called, its number above all; or by its id."""
    try:
        return rows.filter(subject_id=uuid.UUID(text))
    except ValueError:
        return rows.filter(subject_name__icontains=text)


def _words(rows: Rows, text: str) -> Rows:
    """By the reason somebody gave, or a value that was written."""
    said: Rows = rows.annotate(said=Cast("details", TextField()))
    return said.filter(Q(reason__icontains=text) | Q(said__icontains=text))


# Who else than a person at the screen may have acted.
ACTED_AS = [
    ("person", _("a person")),
    ("link", _("a personal link")),
    ("token", _("a token")),
    ("device", _("a phone at the door")),
    ("job", _("a job")),
    ("system", _("the product")),
]

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
        Search("who", _("Who"), _who),
        Search("what", _("What: the beginning of an action"), _what),
        Search("record", _("Record: its number, name or id"), _record),
        Search("text", _("Words of a reason or value"), _words),
        Search("since", _("From"), since_day("at"), kind="date"),
        Search("until", _("To"), until_day("at"), kind="date"),
        Choice(
            "actor_kind",
            _("Acted as"),
            "actor_kind",
            ACTED_AS,
        ),
    ),
    sort="-at",
    empty=_("Everything people do in this organisation is written here."),
)


VERIFICATIONS = ListOf(
    name="journal_verifications",
    title=_("Verifications of the journal"),
    permission="view_journal",
    rows=lambda _access: Verification.objects.all(),
    columns=(
        Column("at", _("When"), "at", sort="at", kind="moment"),
        Column("asked_by", _("Asked by"), "asked_by_name"),
        Column(
            "result",
            _("Result"),
            "result",
            sort="result",
            kind="state",
            tone=lambda row: "ok" if row.holds else "stop",
            url=lambda row: ("journal_verification_found", [row.pk]),
        ),
        Column("first_position", _("First broken position"), "first_position", kind="n"),
        Column("first_sentence", _("What was found"), "first_sentence"),
        Column("links", _("Links"), "links", kind="n"),
        Column("rows", _("Records compared"), "rows", kind="n"),
        Column("unsealed", _("Not yet chained"), "unsealed", kind="n", in_page=False),
    ),
    filters=(Choice("result", _("Result"), "result", Result.choices),),
    sort="-at",
    empty=_("Nobody has verified the journal yet."),
)

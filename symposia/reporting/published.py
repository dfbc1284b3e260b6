"""What is told of one person's transfers of value: what, when, to whom, and their objections."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from symposia.accounts.queries import this_organisation
from symposia.directory.models import Clinician
from symposia.reporting.bodies.efpia import key_of, who_had
from symposia.reporting.bodies.events import TEMPLATE
from symposia.reporting.models import (
    OF_MONEY,
    RowState,
    SubmissionRow,
    Telling,
    TransferDispute,
    TransferOfValue,
)
from symposia.reporting.transfers.judging import SCHEME_NAMES
from symposia.shared.money import Money, total
from symposia.shared.paper import print_paper

GONE_OUT = (RowState.SENT, RowState.ACCEPTED)


@dataclass(frozen=True)
class Told:
    """A transfer as its recipient sees it: files that told of it, and what they objected."""

    transfer: TransferOfValue
    files: list[SubmissionRow]
    dispute: TransferDispute | None

    @property
    def is_told(self) -> bool:
        """Whether a file tells of it by name; of sums and of events none says whose they are."""
        return self.transfer.outcome == Telling.INDIVIDUAL or bool(self.files)

    @property
    def scheme(self) -> str:
        return SCHEME_NAMES.get(self.transfer.scheme, "")

    @property
    def may_object(self) -> bool:
        return self.dispute is None or not self.dispute.can_move("withdrawn")


@dataclass(frozen=True)
class ToldYear:
    """What a person had in a calendar year, and what it comes to by currency."""

    year: int
    told: list[Told]

    @property
    def sums(self) -> list[Money]:
        currencies = sorted({each.transfer.currency for each in self.told})
        return [
            total((e.transfer.amount for e in self.told if e.transfer.currency == one), one)
            for one in currencies
        ]


def told_of(clinician: Clinician) -> list[ToldYear]:
    """Everything of one person and of nobody else, the latest year first; three statements."""
    rows = TransferOfValue.objects.of_clinician(clinician.pk).standing()
    found = list(rows.select_related("activity").order_by("-given_on", "number"))
    files, disputes = _files(found), _disputes(found)
    years: dict[int, list[Told]] = defaultdict(list)
    for each in found:
        told = Told(each, _of_row(each, files), disputes.get(each.pk))
        years[each.given_on.year].append(told)
    return [ToldYear(year, told) for year, told in years.items()]


def _files(found: Sequence[TransferOfValue]) -> dict[str, list[SubmissionRow]]:
    keys = {key for each in found for key in (each.pk.hex, _year_key(each))}
    rows = SubmissionRow.objects.filter(kind__in=OF_MONEY, source_key__in=keys, state__in=GONE_OUT)
    by_key: dict[str, list[SubmissionRow]] = defaultdict(list)
    for row in rows.select_related("submission").order_by("pk"):
        by_key[row.source_key].append(row)
    return by_key


def _year_key(each: TransferOfValue) -> str:
    return key_of(who_had(each), each.year)


def _of_row(each: TransferOfValue, files: dict[str, list[SubmissionRow]]) -> list[SubmissionRow]:
    summed = [
        row for row in files[_year_key(each)] if each.number in row.facts.get("transfers", ())
    ]
    return [*files[each.pk.hex], *summed]


def _disputes(found: Sequence[TransferOfValue]) -> dict[uuid.UUID, TransferDispute]:
    rows = TransferDispute.objects.filter(transfer__in=found).order_by("opened_at", "pk")
    return {row.transfer_id: row for row in rows}


def own_transfer(clinician: Clinician, pk: uuid.UUID) -> TransferOfValue | None:
    """One's own, by its key; of others there is none."""
    rows = TransferOfValue.objects.of_clinician(clinician.pk).filter(pk=pk)
    return rows.select_related("share").first()


def own_dispute(clinician: Clinician, pk: uuid.UUID) -> TransferDispute | None:
    """The open objection of somebody to their own transfer."""
    transfer = own_transfer(clinician, pk)
    rows = TransferDispute.objects.open()
    return rows.filter(transfer=transfer).first() if transfer else None


def transfer_told(row: SubmissionRow) -> uuid.UUID | None:
    """The transfer that a record tells of, or the first of several."""
    numbers = row.facts.get("transfers") or [row.facts.get("number", "")]
    rows = TransferOfValue.objects.filter(number=numbers[0])
    return rows.values_list("pk", flat=True).first()


def statement_of(clinician: Clinician, year: ToldYear) -> dict[str, object]:
    """The letter of a year, as its template reads it."""
    head = [_("Date"), _("For"), _("Amount"), _("Reported"), _("Activity")]
    rows = [
        [
            each.transfer.given_on.isoformat(),
            str(each.transfer.get_kind_display()),
            str(each.transfer.amount),
            " ".join(filter(None, (each.transfer.get_outcome_display(), each.scheme))),
            each.transfer.activity.title,
        ]
        for each in year.told
    ]
    return {
        "title": _("What you were given in %(year)s") % {"year": year.year},
        "provider": this_organisation().name,
        "number": str(year.year),
        "about": clinician.full_name,
        "rows": [{"name": _("Together"), "said": str(each)} for each in year.sums],
        "parts": [{"title": _("Entries"), "head": head, "rows": rows, "empty": ""}],
        "note": _(
            "Something is not right? Object on your own page; you are answered, and what was"
            " reported is corrected."
        ),
    }


def print_statement(paper: Mapping[str, object], at: datetime) -> bytes:
    """The letter as PDF."""
    return print_paper(TEMPLATE, paper, at)

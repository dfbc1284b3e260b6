"""Whether a transfer is told to its scheme, by name or in a sum, and why; pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.reporting.models.kinds import Party, Telling, TransferKind
from symposia.reporting.transfers.schemes import (
    SchemeRule,
    categories,
    scheme_for,
    threshold_for,
)
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

NOT_A_COMPANY = Objection(
    "tov_not_a_company",
    _("A provider of education reports nothing of this; a company that supports it may have to."),
)
NO_COUNTRY = Objection(
    "tov_no_country", _("In which country the recipient practises is not known. Enter it.")
)
NO_SCHEME = Objection(
    "tov_no_scheme", _("No scheme that the product knows asks for recipients in %(country)s.")
)
NOT_DIRECTED = Objection(
    "tov_not_directed",
    _(
        "Paid by the organiser out of a grant for independent education; the company neither"
        " directed it nor learned of it by %(until)s."
    ),
)
LEARNED_LATE = Objection(
    "tov_learned_late",
    _(
        "Paid by the organiser out of a grant; the company learned of it on %(learned)s, after"
        " %(until)s."
    ),
)
NOT_COVERED = Objection(
    "tov_not_covered", _("%(scheme)s does not cover recipients like this one: %(what)s.")
)
NOT_ASKED = Objection("tov_not_asked", _("%(scheme)s does not ask for this kind of transfer."))
IN_THE_EVENT = Objection(
    "tov_in_the_event",
    _("Told in the expenditure of the event as “%(words)s”; the form names no professional."),
)
NO_THRESHOLD = Objection(
    "tov_no_threshold", _("What is too small in %(year)s to be told is not known here yet.")
)
OTHER_MONEY = Objection(
    "tov_other_money", _("%(scheme)s takes amounts in %(wanted)s; this one is in %(currency)s.")
)
TOO_SMALL = Objection(
    "tov_too_small",
    _("%(amount)s is less than %(single)s, and the year comes to %(total)s: not above %(yearly)s."),
)
SMALL_BUT_MANY = Objection(
    "tov_small_but_many",
    _("Less than %(single)s, but the year comes to %(total)s: above %(yearly)s, so all are told."),
)
LARGE_ENOUGH = Objection("tov_large_enough", _("%(amount)s is at least %(single)s."))
AGREED = Objection("tov_agreed", _("The recipient agreed to be named."))
NOT_AGREED = Objection(
    "tov_not_agreed",
    _("The recipient has not agreed to be named: told in a sum, with all else they had."),
)
OF_AN_ORGANISATION = Objection(
    "tov_of_an_organisation", _("Organisations are named; no agreement is asked for.")
)


@dataclass(frozen=True)
class Known:
    """What is known of a transfer and of whoever had it."""

    kind: str
    party: str
    amount: Money
    on: date
    country: str = ""
    # The profession of a person, the kind of an organisation.
    what: str = ""
    # The same in words.
    what_words: str = ""
    is_company: bool = True
    # All that the recipient had in the year, in the same money.
    year_total: Money | None = None
    agreed: bool = False
    directed: bool | None = None
    learned_on: date | None = None


@dataclass(frozen=True)
class Verdict:
    """What becomes of a transfer: how it is told, to whom, where, and why."""

    outcome: str
    reason: Objection
    scheme: str = ""
    category: str = ""
    year: int = 0


SCHEME_NAMES = {
    "open_payments": "Open Payments",
    "efpia": "EFPIA",
    "ucpmp": "UCPMP",
}


def judge(known: Known) -> Verdict:
    """What becomes of a transfer, by the rules of the day on which it was given."""
    rule = scheme_for(known.country, known.on)
    if rule is None:
        unknown = Verdict(Telling.UNCLEAR, NO_COUNTRY, year=known.on.year)
        reason = NO_SCHEME.about(country=known.country)
        elsewhere = Verdict(Telling.LEFT_OUT, reason, year=known.on.year)
        return _unless_provider(known, elsewhere if known.country else unknown)
    category = categories().get((rule.code, known.kind))
    place = (rule.code, category.category if category else "", rule.year_of(known.on))
    outcome, reason = _judged(known, rule, category.words if category else "", place[1])
    return _unless_provider(known, Verdict(outcome, reason, *place))


def _unless_provider(known: Known, verdict: Verdict) -> Verdict:
    if known.is_company:
        return verdict
    place = (verdict.scheme, verdict.category, verdict.year)
    return Verdict(Telling.LEFT_OUT, NOT_A_COMPANY, *place)


def _judged(  # noqa: PLR0911  # one answer per rule
    known: Known, rule: SchemeRule, words: str, category: str
) -> tuple[str, Objection]:
    scheme = SCHEME_NAMES[rule.code]
    if known.kind == TransferKind.PASSED_ON and (left_out := _not_ours(known, rule)):
        return Telling.LEFT_OUT, left_out
    if not category:
        return Telling.LEFT_OUT, NOT_ASKED.about(scheme=scheme)
    if rule.by_event:
        return Telling.EVENT, IN_THE_EVENT.about(words=words)
    covered = rule.institutions if known.party == Party.ORGANISATION else rule.professions
    if known.what not in covered:
        return Telling.LEFT_OUT, NOT_COVERED.about(scheme=scheme, what=known.what_words)
    if rule.currency and known.amount.currency != rule.currency:
        facts = {"wanted": rule.currency, "currency": known.amount.currency}
        return Telling.UNCLEAR, OTHER_MONEY.about(scheme=scheme, **facts)
    if rule.by_consent:
        return _by_consent(known)
    return _by_amount(known, rule)


def _not_ours(known: Known, rule: SchemeRule) -> Objection | None:
    """Why what an organiser passed on is not the company's to tell."""
    until = rule.aware_until(rule.year_of(known.on))
    if known.directed or (known.learned_on and known.learned_on <= until):
        return None
    if known.learned_on:
        facts = {"learned": known.learned_on.isoformat(), "until": until.isoformat()}
        return LEARNED_LATE.about(**facts)
    return NOT_DIRECTED.about(until=until.isoformat())


def _by_consent(known: Known) -> tuple[str, Objection]:
    if known.party == Party.ORGANISATION:
        return Telling.INDIVIDUAL, OF_AN_ORGANISATION
    if known.agreed:
        return Telling.INDIVIDUAL, AGREED
    return Telling.AGGREGATE, NOT_AGREED


def _by_amount(known: Known, rule: SchemeRule) -> tuple[str, Objection]:
    limit = threshold_for(rule.code, known.on)
    if limit is None:
        return Telling.UNCLEAR, NO_THRESHOLD.about(year=known.on.year)
    total = known.year_total or known.amount
    said = {"single": str(limit.single), "yearly": str(limit.yearly), "total": str(total)}
    if not known.amount < limit.single:
        amount = str(known.amount)
        return Telling.INDIVIDUAL, LARGE_ENOUGH.about(amount=amount, single=said["single"])
    if limit.yearly < total:
        return Telling.INDIVIDUAL, SMALL_BUT_MANY.about(**said)
    return Telling.LEFT_OUT, TOO_SMALL.about(amount=str(known.amount), **said)

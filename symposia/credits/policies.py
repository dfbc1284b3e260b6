from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.models import Activity
from symposia.credits.awarding import LearningFormat, fits_grammar
from symposia.credits.designs import MOST_SIGNERS, Design, wrong_placeholders
from symposia.credits.explaining import Explanation
from symposia.credits.models import AwardedBy, CertificateKind, CreditOffer, CreditSystem
from symposia.credits.paper_keys import NewPaperKey
from symposia.shared.refusals import Objection

COMPANY = Objection(
    "company_awards_no_credit",
    _("A company cannot award an accreditor's credit; its certificates confirm attendance."),
)
NOT_INDEPENDENT = Objection(
    "not_independent", _("Only an independent, accredited activity can offer credit.")
)
TOO_LATE_TO_OFFER = Objection(
    "too_late_to_offer", _("Credit is certified before an activity is approved, never afterwards.")
)
OFFERED = Objection("offered", _("The activity already offers this credit."))
NOT_IN_FORCE = Objection(
    "system_not_in_force", _("The rules of this credit system do not apply on that day.")
)
NOTHING_COUNTS = Objection(
    "nothing_counts", _("No session has creditable minutes. Enter them in the agenda first.")
)
OTHER_FORMAT = Objection(
    "system_without_format", _("%(system)s gives no credit for this learning format.")
)
LESS_THAN_MINIMUM = Objection(
    "less_than_minimum",
    _("%(system)s asks for at least %(minimum)s; the agenda comes to %(maximum)s."),
)
NOT_PROVIDERS = Objection(
    "body_awards_itself", _("A provider does not designate this credit: %(how)s.")
)
NUMBER_GRAMMAR = Objection(
    "activity_number_grammar",
    _("%(system)s numbers each activity. Write its number as the body does, all of it."),
)
DESIGNATED = Objection("designated", _("This credit is designated and cannot be withdrawn."))

NO_PLACE = Objection("no_place", _("This place was given up."))
NOT_OVER = Objection("not_over", _("The activity is not over yet. Come back when it has ended."))
NOT_THERE = Objection(
    "not_there",
    _("You were not seen at the door. If you took part, ask the organiser to enter it."),
)
EVALUATION_FIRST = Objection("evaluation_first", _("Please answer the evaluation first."))
POST_TEST_FIRST = Objection("post_test_first", _("Please pass the post-test first."))
HAS_CERTIFICATE = Objection("has_certificate", _("The certificate was issued already."))
OTHER_PROFESSION = Objection(
    "other_profession",
    _("This credit is awarded to other professions. You get a certificate of participation."),
)
CLAIM_INSTEAD = Objection("claim_instead", _("Claim your credit to get its certificate."))
TOO_SHORT = Objection(
    "too_short",
    ngettext_lazy(
        "%(minutes)s minute is less than the smallest step of %(step)s: nothing to claim.",
        "%(minutes)s minutes are less than the smallest step of %(step)s: nothing to claim.",
        "minutes",
    ),
)
SAME_HOUR = Objection(
    "same_hour",
    _(
        "You hold this credit for “%(title)s” at the same time. One hour is credited once: "
        "claim for one of the two, or ask the organiser to look at your attendance."
    ),
)
NOT_ATTESTED = Objection(
    "claim_not_attested", _("Confirm that you claim only the credit for the time you took part.")
)
NOT_A_STEP = Objection("not_a_step", _("Credit is claimed in steps of %(step)s."))
TOO_MUCH = Objection(
    "too_much", _("You may claim up to %(allowed)s: that is what your minutes allow.")
)
REVOKED = Objection("revoked", _("This certificate was revoked."))
SUPERSEDED = Objection("superseded", _("There is a later version of this certificate."))
NO_AWARD = Objection("no_award", _("This certificate stands for no credit."))
SAME_AMOUNT = Objection("same_amount", _("This is the credit that was awarded already."))
TERM_STANDS = Objection(
    "certificate_term_stands",
    _("Certificates of this activity were issued already; how long they are good stands."),
)
NO_PAPERS = Objection("no_papers", _("No certificate of this activity has its file yet."))
NO_SUCH_FACT = Objection(
    "no_such_placeholder",
    _(
        "There is nothing to fill in for %(facts)s. "
        "Use {name}, {title}, {date} and {provider} as they are."
    ),
)
TOO_MANY_SIGNERS = Objection("too_many_signers", _("A certificate has room for two signatures."))
TOO_LONG_FOR_A_PAGE = Objection(
    "design_longer_than_a_page",
    _("So the certificate would not fit on one page. Shorten your sentence, or leave one out."),
)
NO_CERTIFICATE = Objection(
    "no_signing_certificate",
    _(
        "In this file is no certificate with an RSA or ECDSA key that opens with this password. "
        "Ask its issuer for a PKCS #12 file (.p12 or .pfx)."
    ),
)
CERTIFICATE_OUT_OF_TIME = Objection(
    "signing_certificate_out_of_time",
    _("This certificate is not valid today; it is good until %(day)s."),
)
NOT_FOR_SIGNING = Objection(
    "not_for_signing", _("The issuer of this certificate does not let it sign documents.")
)
SAY_WHY_PAPER_KEY = Objection(
    "paper_key_reason", _("Say why papers are signed with another certificate.")
)
SAY_WHY_KEY = Objection("issuer_key_reason", _("Say why badges are signed with another key."))
SAY_WHY = Objection("certificate_reason", _("Say why; the reason is kept with the certificate."))


def objection_to_offering(
    activity: Activity,
    system: CreditSystem,
    *,
    is_company: bool,
    is_offered: bool,
    minutes: int,
) -> Objection | None:
    """Why an activity cannot offer this credit."""
    on = activity.wall_starts.date()
    in_force = system.valid_from <= on and (system.valid_until is None or on <= system.valid_until)
    objections = (
        (is_company, COMPANY),
        (not activity.is_independent, NOT_INDEPENDENT),
        (not activity.in_planning, TOO_LATE_TO_OFFER),
        (is_offered, OFFERED),
        (not in_force, NOT_IN_FORCE),
        (minutes < 1, NOTHING_COUNTS),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_format(
    system: CreditSystem, learning_format: LearningFormat | None, maximum: Decimal
) -> Objection | None:
    """Why a body gives no credit for what the activity is, or not for so little of it."""
    if system.awarded_by != AwardedBy.PROVIDER:
        return NOT_PROVIDERS.about(how=system.get_awarded_by_display())
    if learning_format is None:
        return OTHER_FORMAT.about(system=system.name)
    least = system.minimum or Decimal(0)
    if maximum < least:
        return LESS_THAN_MINIMUM.about(system=system.name, minimum=least, maximum=maximum)
    return None


def objection_to_activity_number(system: CreditSystem, number: str) -> Objection | None:
    """Where a body numbers activities, its number is given, and by its grammar."""
    return (
        None if fits_grammar(system, number.strip()) else NUMBER_GRAMMAR.about(system=system.name)
    )


def objection_to_withdrawing(offer: CreditOffer) -> Objection | None:
    """What was designated stands."""
    return DESIGNATED if offer.is_designated else None


def objection_to_certificate(explained: Explanation, *, at: datetime) -> Objection | None:
    """What every certificate needs: a place, the end, presence, test and evaluation; once."""
    if explained.studied is not None:
        return _objection_to_studied(explained, explained.studied.missing)
    is_over = explained.activity.is_over or explained.activity.ends_at <= at
    objections = (
        (explained.certificate is not None, HAS_CERTIFICATE),
        (not explained.registration.is_confirmed, NO_PLACE),
        (not is_over, NOT_OVER),
        (not explained.was_there, NOT_THERE),
        (explained.waits_for_test, POST_TEST_FIRST),
        (explained.needs_evaluation and not explained.has_answered, EVALUATION_FIRST),
    )
    return next((objection for holds, objection in objections if holds), None)


def _objection_to_studied(explained: Explanation, missing: Objection | None) -> Objection | None:
    """What is studied waits for no end: everything is done that the activity asks for."""
    if explained.certificate is not None:
        return HAS_CERTIFICATE
    if not explained.registration.is_confirmed:
        return NO_PLACE
    return missing or (POST_TEST_FIRST if explained.waits_for_test else None)


def objection_to_claim(explained: Explanation, *, at: datetime) -> Objection | None:
    """Why this learner can claim no credit at all now."""
    if objection := objection_to_certificate(explained, at=at):
        return objection
    if explained.offer is None or not explained.is_credit:
        return COMPANY if explained.frame.organisation.is_company else OTHER_PROFESSION
    if not explained.allowed:
        return TOO_SHORT.about(minutes=explained.minutes, step=explained.offer.system.step)
    return None


def objection_to_same_hour(elsewhere: str) -> Objection | None:
    """One system credits an hour once; `elsewhere` is the other activity of that time."""
    return SAME_HOUR.about(title=elsewhere) if elsewhere else None


def objection_to_amount(
    explained: Explanation, amount: Decimal, *, attested: bool
) -> Objection | None:
    """Why exactly this amount cannot be claimed."""
    step = explained.offer.system.step if explained.offer else Decimal(1)
    if not attested:
        return NOT_ATTESTED
    if amount > explained.allowed:
        return TOO_MUCH.about(allowed=explained.allowed)
    if amount <= 0 or amount % step:
        return NOT_A_STEP.about(step=step)
    return None


def objection_to_plain_certificate(explained: Explanation, *, at: datetime) -> Objection | None:
    """Why this learner cannot get a certificate of participation or attendance now."""
    if objection := objection_to_certificate(explained, at=at):
        return objection
    return CLAIM_INSTEAD if explained.kind == CertificateKind.CREDIT else None


def objection_to_changing(*, is_latest: bool, is_revoked: bool, reason: str) -> Objection | None:
    """Why a certificate cannot be replaced or revoked."""
    if is_revoked:
        return REVOKED
    if not is_latest:
        return SUPERSEDED
    return None if reason.strip() else SAY_WHY


def objection_to_term(*, is_issued: bool) -> Objection | None:
    """What the first paper of an activity says of its end, the later ones say too."""
    return TERM_STANDS if is_issued else None


def objection_to_design(design: Design) -> Objection | None:
    """Why certificates cannot look so, before one is set."""
    if wrong := wrong_placeholders(design.said):
        return NO_SUCH_FACT.about(facts=", ".join(sorted(wrong)))
    if len(design.signers) > MOST_SIGNERS:
        return TOO_MANY_SIGNERS
    return None


def objection_to_taking(papers: int) -> Objection | None:
    """An archive of nothing helps nobody."""
    return None if papers else NO_PAPERS


def objection_to_length(pages: int) -> Objection | None:
    """A certificate has one page."""
    return TOO_LONG_FOR_A_PAGE if pages > 1 else None


def objection_to_paper_key(
    key: NewPaperKey | None, *, at: datetime, reason: str
) -> Objection | None:
    """Why papers cannot be signed with this certificate."""
    if key is None:
        return NO_CERTIFICATE
    if not key.valid_from <= at < key.valid_until:
        return CERTIFICATE_OUT_OF_TIME.about(day=f"{key.valid_until:%Y-%m-%d}")
    if not key.may_sign:
        return NOT_FOR_SIGNING
    return None if reason.strip() else SAY_WHY_PAPER_KEY


def objection_to_changing_key(*, is_first: bool, reason: str) -> Objection | None:
    """The first key needs no reason; why there is a later one, whoever verifies may ask."""
    return None if is_first or reason.strip() else SAY_WHY_KEY


def objection_to_correction(explained: Explanation, amount: Decimal) -> Objection | None:
    """Why the credit of a certificate cannot be set to this amount."""
    if not explained.has_award:
        return NO_AWARD
    if amount == explained.credit:
        return SAME_AMOUNT
    return objection_to_amount(explained, amount, attested=True)

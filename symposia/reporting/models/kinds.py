from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """To whom an organisation reports its education."""

    PARS = "pars", _("ACCME PARS")
    CPE_MONITOR = "cpe_monitor", _("ACPE CPE Monitor")
    CE_BROKER = "ce_broker", _("CE Broker")
    EACCME = "eaccme", _("EACCME")
    COUNCIL = "council", _("State medical council")
    CMS = "cms", _("CMS Open Payments")
    EFPIA = "efpia", _("EFPIA disclosure")
    UCPMP = "ucpmp", _("UCPMP portal")


class Kind(models.TextChoices):
    """What is reported, and to whom."""

    PARS_ACTIVITIES = "pars_activities", _("PARS: activities")
    PARS_LEARNERS = "pars_learners", _("PARS: learners")
    PARS_MOC = "pars_moc", _("PARS: continuing certification")
    CPE_MONITOR = "cpe_monitor", _("CPE Monitor: pharmacists")
    CE_BROKER = "ce_broker", _("CE Broker: roster")
    EACCME_APPLICATION = "eaccme_application", _("EACCME: application")
    EACCME_REPORT = "eaccme_report", _("EACCME: event report")
    COUNCIL_APPLICATION = "council_application", _("Council: application")
    COUNCIL_RETURN = "council_return", _("Council: observer and attendance")
    OPEN_PAYMENTS = "open_payments", _("Open Payments: general")
    EFPIA = "efpia", _("EFPIA: transfers of value")
    UCPMP_EVENTS = "ucpmp_events", _("UCPMP: expenditure of events")
    UCPMP_ANNUAL = "ucpmp_annual", _("UCPMP: annual form")


BODY_OF: dict[str, Body] = {
    Kind.PARS_ACTIVITIES: Body.PARS,
    Kind.PARS_LEARNERS: Body.PARS,
    Kind.PARS_MOC: Body.PARS,
    Kind.CPE_MONITOR: Body.CPE_MONITOR,
    Kind.CE_BROKER: Body.CE_BROKER,
    Kind.EACCME_APPLICATION: Body.EACCME,
    Kind.EACCME_REPORT: Body.EACCME,
    Kind.COUNCIL_APPLICATION: Body.COUNCIL,
    Kind.COUNCIL_RETURN: Body.COUNCIL,
    Kind.OPEN_PAYMENTS: Body.CMS,
    Kind.EFPIA: Body.EFPIA,
    Kind.UCPMP_EVENTS: Body.UCPMP,
    Kind.UCPMP_ANNUAL: Body.UCPMP,
}
# What tells of money that was given, by those who answer for money.
OF_MONEY = (Kind.OPEN_PAYMENTS, Kind.EFPIA, Kind.UCPMP_EVENTS, Kind.UCPMP_ANNUAL)
OF_EDUCATION = [(kind, label) for kind, label in Kind.choices if kind not in OF_MONEY]
# The scheme of each that tells of money.
SCHEME_OF: dict[str, str] = {
    Kind.OPEN_PAYMENTS: "open_payments",
    Kind.EFPIA: "efpia",
    Kind.UCPMP_EVENTS: "ucpmp",
    Kind.UCPMP_ANNUAL: "ucpmp",
}


class Party(models.TextChoices):
    """Who had a part of a cost."""

    CLINICIAN = "clinician", _("Professional")
    OUTSIDE = "outside", _("Person outside the directory")
    ORGANISATION = "organisation", _("Organisation")
    STAFF = "staff", _("People of the house")
    UNNAMED = "unnamed", _("Not known who")


# Whoever may be told of to a scheme.
RECIPIENTS = (Party.CLINICIAN, Party.OUTSIDE, Party.ORGANISATION)


class TransferKind(models.TextChoices):
    """What somebody was given, as we call it; each scheme has its own words."""

    FEE = "fee", _("Fee of a company's programme")
    TEACHING = "teaching", _("Fee for teaching")
    ADVICE = "advice", _("Fee for advice")
    SPEAKER_TRAVEL = "speaker_travel", _("Travel of a speaker")
    TRAVEL = "travel", _("Travel")
    MEAL = "meal", _("Meal")
    ITEM = "item", _("Educational item")
    GRANT = "grant", _("Grant for independent education")
    PASSED_ON = "passed_on", _("Fee out of a grant")


class Telling(models.TextChoices):
    """How a transfer is told."""

    INDIVIDUAL = "individual", _("By name")
    AGGREGATE = "aggregate", _("In a sum without names")
    EVENT = "event", _("In the expenditure of the event")
    LEFT_OUT = "left_out", _("Not reported")
    UNCLEAR = "unclear", _("To be clarified")

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """To whom an organisation reports its education."""

    PARS = "pars", _("ACCME PARS")
    CPE_MONITOR = "cpe_monitor", _("ACPE CPE Monitor")
    CE_BROKER = "ce_broker", _("CE Broker")
    EACCME = "eaccme", _("EACCME")
    COUNCIL = "council", _("State medical council")


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
}

"""Every report to a body that the product knows, by its kind."""

from symposia.reporting.bodies.ce_broker import CE_BROKER
from symposia.reporting.bodies.cpe_monitor import CPE_MONITOR
from symposia.reporting.bodies.efpia import EFPIA
from symposia.reporting.bodies.events import EVENTS
from symposia.reporting.bodies.open_payments import OPEN_PAYMENTS
from symposia.reporting.bodies.pars_activities import PARS_ACTIVITIES
from symposia.reporting.bodies.pars_learners import PARS_LEARNERS, PARS_MOC
from symposia.reporting.bodies.parts import Declared
from symposia.reporting.bodies.ucpmp import UCPMP_ANNUAL, UCPMP_EVENTS

DECLARED: dict[str, Declared] = {
    each.kind: each
    for each in (
        *(PARS_ACTIVITIES, PARS_LEARNERS, PARS_MOC, CPE_MONITOR, CE_BROKER, *EVENTS),
        *(OPEN_PAYMENTS, EFPIA, UCPMP_EVENTS, UCPMP_ANNUAL),
    )
}


def declared(kind: str) -> Declared:
    """What a kind of report is."""
    return DECLARED[kind]

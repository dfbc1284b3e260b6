"""Why this much credit, in words: each step of the arithmetic, and what each body says of it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.credits.awarding import Worked, format_of, rule_of
from symposia.credits.explaining import Explanation
from symposia.credits.models import CreditOffer


def steps_in_words(explained: Explanation) -> list[str]:
    """The way from minutes to the most that may be claimed; nothing where no credit is."""
    worked, offer = explained.worked, explained.offer
    if worked is None or offer is None:
        return []
    return list(_steps(explained, worked, offer))


def _steps(explained: Explanation, worked: Worked, offer: CreditOffer) -> Iterator[str]:
    system, rule = offer.system, rule_of(offer.system, offer.format_key)
    if rule.minutes_per_credit is None:
        known = format_of(system, offer.format_key)
        unit = known.unit if known else ""
        yield _("%(credit)s for %(unit)s, all of it or nothing.") % {
            "credit": rule.credit,
            "unit": unit,
        }
    else:
        yield _("%(minutes)d minutes at %(per)d minutes for one credit are %(exact)s.") % {
            "minutes": explained.minutes,
            "per": rule.minutes_per_credit,
            "exact": worked.exact,
        }
    for day in worked.limited_days:
        yield _("On %(day)s no more than %(most)s count for one day.") % {
            "day": date_format(day, "j F Y"),
            "most": rule.day_ceiling,
        }
    yield _("Counted %(rounding)s of %(step)s: %(stepped)s.") % {
        "rounding": system.get_rounding_display(),
        "step": system.step,
        "stepped": worked.stepped,
    }
    if worked.met_ceiling:
        yield _("The body gives at most %(most)s for one activity.") % {"most": rule.ceiling}
    if offer.maximum < worked.amount:
        yield _("Designated were %(maximum)s, and no more can be claimed.") % {
            "maximum": offer.maximum
        }


def other_bodies_in_words(explained: Explanation) -> list[str]:
    """What the other bodies of the activity give, and why it is not this learner's claim: one hour
    is credited once, by the body of one's profession."""
    clinician = explained.registration.clinician
    profession = clinician.get_profession_display()
    said = []
    for offer in explained.frame.offers:
        if explained.offer is not None and offer.pk == explained.offer.pk:
            continue
        values = {
            "system": offer.system.name,
            "maximum": _plain(offer.maximum),
            "profession": profession,
        }
        if offer.system.awards(clinician.profession):
            said.append(
                _("%(system)s, up to %(maximum)s: for the same hours you claim one credit.")
                % values
            )
        else:
            said.append(
                _("%(system)s, up to %(maximum)s: not awarded to your profession (%(profession)s).")
                % values
            )
    return said


def _plain(amount: Decimal) -> str:
    return f"{amount:.2f}"

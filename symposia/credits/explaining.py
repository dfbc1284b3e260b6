"""Why a learner may claim what: minutes by session, the rule, the most, and what is missing."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, Session
from symposia.activities.organisers import CouncilHours, council_hours_of
from symposia.activities.queries import organisation_of, sessions_of
from symposia.activities.reading import loaded_once
from symposia.assessment.models import Purpose
from symposia.assessment.queries import (
    current_form,
    has_answered,
    registrations_answered,
)
from symposia.assessment.queries.tests import standings_of, with_test_met
from symposia.assessment.standing import Standing
from symposia.attendance.folding import Presence, presence_of
from symposia.attendance.queries import minutes_of, presence_by_registration
from symposia.credits.awarding import Worked, minutes_by_day, rule_of, worked_out
from symposia.credits.models import Certificate, CertificateKind, CreditEntry, CreditOffer
from symposia.credits.queries import current_certificate, offers_of, sums_by_registration
from symposia.credits.studied import Reader, Studied, studied_by, studied_in
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.times import day_at


@dataclass(frozen=True)
class SessionLine:
    """One session: what of it counts, and what of that the learner was there for."""

    title: str
    starts_at: datetime
    creditable: int
    in_room: int
    counted: int


@dataclass(frozen=True)
class Frame:
    """What is the same for all learners of one activity."""

    activity: Activity
    organisation: Organisation
    sessions: tuple[Session, ...]
    offers: tuple[CreditOffer, ...]
    has_evaluation: bool
    hours: CouncilHours | None = None
    # Of what is studied instead of attended: who has done what.
    studied: Reader | None = None

    def offer_for(self, clinician: Clinician) -> CreditOffer | None:
        """The offer in the clinician's own system, else the first one of the activity."""
        fitting = (o for o in self.offers if o.system.awards(clinician.profession))
        return next(fitting, self.offers[0] if self.offers else None)

    def kind_for(self, clinician: Clinician) -> CertificateKind:
        """An ineligible company, or an activity without offer, confirms attendance alone."""
        offer = None if self.organisation.is_company else self.offer_for(clinician)
        if offer is None:
            return CertificateKind.ATTENDANCE
        if offer.system.awards(clinician.profession):
            return CertificateKind.CREDIT
        return CertificateKind.PARTICIPATION


@dataclass(frozen=True)
class Explanation:
    """Why a learner may claim what: each line, the rule, and what is still missing."""

    registration: Registration
    frame: Frame
    kind: CertificateKind
    offer: CreditOffer | None
    lines: tuple[SessionLine, ...]
    was_there: bool
    counted_to_the_end: bool
    has_answered: bool
    has_award: bool
    credit: Decimal
    certificate: Certificate | None
    # Whether the post-test that credit waits for, if any, is passed or done.
    test_met: bool = True
    # Where one learner stands with each test, by its purpose; of many learners it is not asked.
    tests: Mapping[str, Standing] = field(default_factory=dict)
    studied: Studied | None = None

    @property
    def activity(self) -> Activity:
        return self.frame.activity

    @property
    def minutes(self) -> int:
        return sum(line.counted for line in self.lines)

    @property
    def creditable(self) -> int:
        return sum(line.creditable for line in self.lines)

    @property
    def is_credit(self) -> bool:
        return self.kind == CertificateKind.CREDIT

    @property
    def needs_evaluation(self) -> bool:
        """A body's certificate asks for the evaluation first; a company's attendance does not, and
        what is studied says itself what it asks for."""
        if self.studied is not None:
            return False
        return self.frame.has_evaluation and self.kind != CertificateKind.ATTENDANCE

    @property
    def waits_for_test(self) -> bool:
        """A body's certificate asks for the post-test first; a company's attendance does not."""
        return not self.test_met and self.kind != CertificateKind.ATTENDANCE

    @property
    def worked(self) -> Worked | None:
        """The arithmetic from the minutes of each day to an amount; nothing where no credit is."""
        if self.offer is None or not self.is_credit:
            return None
        zone = self.activity.zone
        days = minutes_by_day((day_at(x.starts_at, zone), x.counted) for x in self.lines)
        rule = rule_of(self.offer.system, self.offer.format_key)
        return worked_out(rule, days, took_part=self.was_there)

    @property
    def exact(self) -> Decimal:
        """What the minutes amount to, before the most that was designated."""
        worked = self.worked
        return worked.amount if worked else Decimal(0)

    @property
    def allowed(self) -> Decimal:
        """The most this learner may claim."""
        return min(self.exact, self.offer.maximum) if self.offer else Decimal(0)


def frame_of(activity: Activity, studied: Reader | None) -> Frame:
    """What every explanation of an activity shares, and who has studied what of it."""
    return Frame(
        activity=activity,
        organisation=organisation_of(activity),
        sessions=tuple(loaded_once(activity, sessions_of)),
        offers=tuple(o for o in loaded_once(activity, offers_of) if o.is_designated),
        has_evaluation=loaded_once(activity, current_form) is not None,
        hours=council_hours_of(activity),
        studied=studied,
    )


def explain_credit(registration: Registration) -> Explanation:
    """What one learner may claim, line by line."""
    explained = _explain(
        registration,
        frame_of(registration.activity, studied_by(registration)),
        minutes_of(registration),
        answered=frozenset({registration.pk} if has_answered(registration) else ()),
        ledger=sums_by_registration(CreditEntry.objects.of_registration(registration)),
        certificate=current_certificate(registration),
    )
    tests = standings_of(registration)
    post = tests.get(Purpose.POST)
    return replace(explained, tests=tests, test_met=post is None or not post.holds_back)


def explain_all(activity: Activity) -> list[Explanation]:
    """The same for everybody who has a place, in few statements."""
    frame = frame_of(activity, studied_in(activity))
    presence = presence_by_registration(activity)
    nothing = presence_of((), frame.sessions)
    answered = registrations_answered(activity)
    ledger = sums_by_registration(CreditEntry.objects.of(activity))
    held = {
        c.registration_id: c
        for c in Certificate.objects.of(activity).current_versions().order_by("pk")
    }
    people = Registration.objects.of(activity).confirmed().with_people()
    registrations = with_test_met(activity, people).order_by("clinician__search_text", "pk")
    explained = []
    for one in registrations:
        seen, certificate = presence.get(one.pk, nothing), held.get(one.pk)
        found = _explain(
            one, frame, seen, answered=answered, ledger=ledger, certificate=certificate
        )
        explained.append(replace(found, test_met=one.test_met))
    return explained


def _explain(
    registration: Registration,
    frame: Frame,
    presence: Presence,
    *,
    answered: frozenset[uuid.UUID],
    ledger: Mapping[uuid.UUID, Decimal],
    certificate: Certificate | None,
) -> Explanation:
    clinician = registration.clinician
    studied = frame.studied(registration.pk) if frame.studied else None
    return Explanation(
        registration=registration,
        frame=frame,
        kind=frame.kind_for(clinician),
        offer=None if frame.organisation.is_company else frame.offer_for(clinician),
        lines=tuple(_studied(registration, studied) if studied else _seen(frame, presence)),
        was_there=bool(studied.done) if studied else presence.was_there,
        counted_to_the_end=presence.counted_to_the_end,
        has_answered=registration.pk in answered,
        has_award=registration.pk in ledger,
        credit=ledger.get(registration.pk, Decimal(0)),
        certificate=certificate,
        studied=studied,
    )


def _studied(registration: Registration, studied: Studied) -> Iterable[SessionLine]:
    """A lesson that is done counts its estimate."""
    for lesson in studied.lessons:
        minutes = lesson.minutes if lesson.pk in studied.done else 0
        starts = registration.activity.starts_at
        yield SessionLine(lesson.title, starts, lesson.minutes, minutes, minutes)


def _seen(frame: Frame, presence: Presence) -> Iterable[SessionLine]:
    minutes = {one.session_id: one for one in presence.sessions}
    for session in frame.sessions:
        seen = minutes[session.pk]
        yield SessionLine(
            session.title,
            session.starts_at,
            session.creditable_minutes,
            seen.minutes,
            seen.creditable,
        )


@dataclass(frozen=True)
class Progress:
    """How far the learners of an activity are, from presence to certificate."""

    present: int
    answered: int
    certified: int
    entitled: int


def progress_of(activity: Activity) -> Progress:
    """The people of an activity counted along the steps to a certificate."""
    everybody = explain_all(activity)
    present = [each for each in everybody if each.was_there]
    waiting = [each for each in present if each.certificate is None and not each.is_credit]
    return Progress(
        present=len(present),
        answered=sum(each.has_answered for each in everybody),
        certified=sum(each.certificate is not None for each in everybody),
        entitled=sum(
            (each.has_answered or not each.needs_evaluation) and not each.waits_for_test
            for each in waiting
        ),
    )

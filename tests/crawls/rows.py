"""What the demonstration does not tell of the provider, so that each of its lists has rows."""

import uuid
from datetime import timedelta
from decimal import Decimal

import time_machine
from django.utils.timezone import now

from symposia.accounts.actions import remove_grant, take_in_colleague
from symposia.accounts.actions.support import SupportFacts, start_support, stop_support
from symposia.accounts.memberships import member_of_user
from symposia.accounts.models import Grant, Role, User
from symposia.accounts.queries import access_of, local_day
from symposia.activities.actions.calendar import make_feed
from symposia.activities.actions.venues import VenueFacts, add_room, add_venue
from symposia.activities.models import Activity, Session
from symposia.approvals.actions import RouteFacts, propose_route
from symposia.approvals.actions.delegations import DelegationFacts, delegate_signing
from symposia.approvals.models import Meaning, Step
from symposia.assessment.actions.bank_files import check_questions
from symposia.attendance.models import CheckAnswer, PresenceCheck
from symposia.audit.actions import check_journal
from symposia.compliance.actions.drafting import NewVersion, begin_version
from symposia.compliance.actions.own_values import OwnValue, propose_value
from symposia.compliance.actions.values import RestrictionFacts, add_restriction, grant_override
from symposia.compliance.models import Finding, Result
from symposia.compliance.queries.screens import pack_in_force
from symposia.credits.actions.designs import design_certificates
from symposia.credits.actions.issuer_keys import change_issuer_key
from symposia.credits.actions.paper_keys import change_paper_key
from symposia.credits.designs import Design
from symposia.directory.actions.assignments import Days, assign_territory
from symposia.directory.actions.clinicians import add_territory, change_clinician
from symposia.directory.actions.colleagues import (
    Errand,
    begin_colleague_check,
    check_colleagues,
    receive_colleagues,
)
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.actions.import_undo import begin_weighing, weigh_undo
from symposia.directory.actions.merging import undo_merge
from symposia.directory.actions.staff import (
    Appointment,
    StaffGroupFacts,
    appoint_manager,
    make_staff_group,
)
from symposia.directory.colleagues.words import KIND
from symposia.directory.imports.leaving import people_of
from symposia.directory.models import Clinician, ImportUndo, Merge, StaffGroup
from symposia.engagement.actions.follow_ups import decline_follow_up
from symposia.engagement.actions.handing import hand_medical_question, take_adverse_event
from symposia.engagement.actions.safety import set_safety_mailbox
from symposia.engagement.actions.sharing import open_material, share_material
from symposia.finance.actions.bills import ask_about_bill
from symposia.finance.actions.card_lines import check_cards, import_cards
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.orders import add_payee, place_order
from symposia.finance.actions.payments import begin_batch
from symposia.finance.models import Bill, Charge, Discount, Fee, Invoice, Payee, Payment
from symposia.finance.ordering import OrderFacts, PayeeFacts
from symposia.finance.queries import books_currency, lines_of
from symposia.insights.actions import note_sight
from symposia.learning.actions.audience_questions import hand_question_over
from symposia.notifications.actions import suppress_address
from symposia.notifications.actions.pace import set_domain_pace
from symposia.notifications.models import MessageVersion, TextMessage
from symposia.outreach.actions.allotments import AllotmentFacts, allot_invitations
from symposia.outreach.models import Reminded, Reminder
from symposia.registrations.actions.keys import change_ticket_key
from symposia.registrations.models import (
    Registration,
    RegistrationAnswer,
    RegistrationQuestion,
    SessionChoice,
    SessionPlaces,
    Share,
)
from symposia.reporting.actions.disputes import (
    AskedOfRecipient,
    dispute_transfer,
    keep_recipient_facts,
)
from symposia.reporting.models import (
    Submission,
    SubmissionRow,
    TransferOfValue,
    YearDeclaration,
    YearlyDue,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.work.files import store_file
from symposia.work.imports.kept import copy_of_kept
from tests.factories.accounts import day_here
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.audience import asked, session_now
from tests.factories.compliance import evaluated
from tests.factories.engagement import FollowUpFactory, approved
from tests.factories.finance import handed_in, spent_at
from tests.factories.registrations import RegistrationFactory
from tests.work.pictures import photo

DECIDERS = ("publisher", "compliance_officer")


PEOPLE = "E-mail,Name,Roles\nnew.{0}@example.net,New {0},executive\nwrong,{0},executive\n"


def _draw_territories():
    """Two parts of the map, one with a holder and the next one."""
    today, role = local_day(now()), Role.objects.get(code="field_representative")
    first, _second = (add_territory(name=name, code=name, by=SYSTEM) for name in ("bay", "hill"))
    for days, name in enumerate(("nadia", "omar")):
        holder = take_in_colleague(f"{name}@example.net", name.title(), by=SYSTEM)
        held = Days(today + timedelta(days=days * 9))
        assign_territory(first, holder, role, held, by=SYSTEM)


def _hand_in_people(organisation, by):
    """Two files of people, looked at and not brought in."""
    for name in ("spring", "autumn"):
        text = PEOPLE.format(name).encode()
        kept = store_file(text, name=f"{name}.csv", content_type="text/csv", purpose=KIND, by=by)
        with copy_of_kept(kept.storage_name) as path:
            made = receive_colleagues(path, name=kept.name, by=by, storage_name=kept.storage_name)
            begin_colleague_check(made, made.mapping["columns"], by=by)
            check_colleagues(Errand(organisation.pk, made.pk, path, by.id), by=by)


def _hand_in_questions(by):
    """Two files of questions, looked at and not brought in."""
    for name in ("spring", "autumn"):
        text = f"Question,Kind,Answers\nWhat of {name}?,short,all\nWhat?,riddle,none\n".encode()
        kept = store_file(
            text, name=f"{name}.csv", content_type="text/csv", purpose="questions", by=by
        )
        with copy_of_kept(kept.storage_name) as path:
            check_questions(path, name=kept.name, storage_name=kept.storage_name, by=by)


def add_what_is_not_told(organisation):
    """Two rows of each list that has none; inside the organisation's transaction."""
    today = day_here()
    for giver, delegate in (DECIDERS, reversed(DECIDERS)):
        _stand_in(organisation, giver, delegate, today + timedelta(days=40))
    for name in ("ada", "noor"):
        suppress_address(f"{name}@example.net", by=SYSTEM)
    for name in ("gone", "closed"):
        suppress_address(
            f"{name}@example.net", cause="bounced", diagnostic="550 5.1.1 unknown", by=SYSTEM
        )
    _allot(organisation, mighty_of(organisation), today)
    ActivityFactory(state="closed", title="Wound care at home")
    _ask_about_products()
    _meet_at_once()
    _follow_up(mighty_of(organisation))
    for words in ("Corvalan", "Meridine"):
        facts = RestrictionFacts("product", "Not approved here yet", today, words=words)
        add_restriction(facts, by=SYSTEM)
    for code in ("accme-sii", "accredited-education"):
        begins = today + timedelta(days=30)
        wanted = NewVersion("own-1", begins, "Our own policy is stricter")
        begin_version(pack_in_force(code, today).row, wanted, by=SYSTEM)
    mighty = mighty_of(organisation)
    for name in ("My phone", "The wall"):
        make_feed(mighty, name=name, by=SYSTEM)
    _draw_territories()
    _hand_in_people(organisation, mighty.actor())
    _hand_in_questions(mighty.actor())
    _break_rules(today)
    _take_access(organisation)
    _look_on(organisation, mighty)
    _want_places(organisation)
    for code in ("small", "smaller"):
        steps = [Step("Compliance", "compliance_officer", True, Meaning.COMPLIANCE)]
        propose_route(RouteFacts("activity", "Small", steps, code), by=mighty.actor())
    _write_words(mighty)
    _spend(mighty)
    _look_after(mighty)
    _give_value(mighty)
    undo_merge(Merge.objects.order_by("pk").first(), reason="They are sisters", by=SYSTEM)
    for _again in range(2):
        check_journal(uuid.uuid4(), by=mighty.actor())


def _ask_about_products():
    """Two questions that a moderator handed to medical affairs, of an activity that allows it."""
    yesterday = now() - timedelta(days=1)
    asked_then = {"wall_starts": yesterday.replace(tzinfo=None, microsecond=0), "zone": "UTC"}
    session = session_now(mode="scientific", title="Anticoagulation after a bleed", **asked_then)
    with time_machine.travel(session.starts_at, tick=False):
        for text in ("Is it safe with grapefruit?", "And in pregnancy?"):
            question = asked(session, text)
            hand_question_over(question, by=SYSTEM)
            SessionFacultyFactory(session=session, clinician=question.registration.clinician)


def _follow_up(mighty):
    """Two doctors of a scientific meeting: followed up, given something, handed on to others."""
    set_safety_mailbox("safety@harbor.example.net", by=SYSTEM)
    meeting = ActivityFactory(state="held", mode="scientific", title="After a bleed")
    SessionFactory(activity=meeting)
    for name in ("Summary", "Reprint"):
        material = approved(f"{name} of the evening")
        owed = FollowUpFactory(activity=meeting, owner=mighty)
        for channel in ("email", "chat"):
            agreed = ConsentFacts("news", channel, given=True)
            state_consent(owed.clinician, agreed, by=SYSTEM)
            open_material(share_material(owed, material, channel, by=SYSTEM).share, by=SYSTEM)
        hand_medical_question(owed, f"Is the {name} right?", by=SYSTEM)
        take_adverse_event(owed, "Corvalan", f"Fainted after the {name}.", by=SYSTEM)
        decline_follow_up(owed, "Wants nothing", by=SYSTEM)


def _look_after(mighty):
    """The ward of the demonstration in one more pair of hands, and a second group."""
    ward = StaffGroup.objects.earliest("pk")
    days = Appointment(local_day(now()), sees_licences=True)
    appoint_manager(ward, member_of_user(mighty), days, by=SYSTEM)
    make_staff_group(StaffGroupFacts("Ward 5"), by=SYSTEM)


def _spend(mighty):
    """Two receipts of a meeting wait for finance."""
    meeting = Activity.objects.filter(state="open").order_by("pk").first()
    spent_at(meeting, by=mighty.actor(), what_for="Dinner")
    spent_at(meeting, by=SYSTEM, what_for="Dinner", content=photo(lines=9))
    _pay(meeting, mighty)


def _pay(meeting, mighty):
    """Orders, papers far above, and payments, two of each that the demonstration has not."""
    line = next(each for each in lines_of(meeting) if each.committed).line
    currency = books_currency()
    for number in (1, 2):
        facts = PayeeFacts("vendor", f"Vendor {number}")
        vendor = add_payee(facts, by=mighty.actor())
        money = Money(Decimal(number), currency)
        place_order(meeting, OrderFacts(vendor, line, f"Chairs {number}", money), by=SYSTEM)
        amount = Money(Decimal(90_000_000), currency)
        bill = handed_in(meeting, amount, supplier_number=f"V-{number}")
        said = Acceptance(line, reason="Far above")
        ask_about_bill(bill, said, by=mighty.actor())
    text = b"Day,Paid to,Amount\n2026-01-07,TAXI,17.50\n2026-01-08,PRINT,9.10\n"
    for name in ("spring", "autumn"):
        facts = {"content_type": "text/csv", "purpose": "card_statement"}
        kept = store_file(text, name=f"{name}.csv", by=mighty.actor(), **facts)
        with copy_of_kept(kept.storage_name) as path:
            said = {"name": kept.name, "storage_name": kept.storage_name}
            made = check_cards(path, by=mighty.actor(), **said)
    import_cards(made, by=mighty.actor())
    house = Payee.objects.filter(kind="house").first()
    house = house or add_payee(PayeeFacts("house", "Our account"), by=mighty.actor())
    batch, _later = (
        begin_batch(house, day_here() + timedelta(days=days), by=mighty.actor())
        for days in range(2)
    )
    for each in Bill.objects.filter(activity=meeting).order_by("pk")[:2]:
        Payment.objects.create(
            batch=batch,
            activity=meeting,
            payee=Payee.objects.vendors()[0],
            bill=each,
            amount_minor=100,
            currency=currency,
            reference=f"SY2345678{each.supplier_number[-1]}",
            added_by_id=mighty.pk,
            added_by_name=mighty.full_name,
        )


_ANNUAL = {
    "company": "Acme",
    "year": "2024",
    "events": 1,
    "delegates": 9,
    "speakers": 1,
    "by_category": {"meals": "12.00"},
    "total": "12.00",
    "total_minor": 1200,
    "currency": "INR",
}


def _give_value(mighty):
    """As if a company had told of two years: objections, dues, files with two records, forms that
    its head declared."""
    held = Activity.objects.get(title__endswith="Sepsis in the first hour")
    shared = TransferOfValue.objects.filter(activity=held, kind="meal").exclude(clinician=None)
    for position, transfer in enumerate(shared.order_by("-pk")[:2], start=1):
        dispute_transfer(transfer, transfer.clinician, f"Not me {position}", by=SYSTEM)
        keep_recipient_facts(transfer.clinician, AskedOfRecipient("1 Quay"), by=SYSTEM)
        made = Submission.objects.create(
            number=f"REP-2026-9{position:03d}",
            kind="ucpmp_annual",
            year=2024 + position,
            made_by_name=mighty.full_name,
        )
        for line in (1, 2):
            SubmissionRow.objects.create(
                submission=made,
                kind=made.kind,
                position=line,
                source_key=f"annual-{position}-{line}",
                record_id=f"ucpmp-{line}",
                label=f"UCPMP {line}",
                state="ready",
                facts=_ANNUAL,
            )
        YearDeclaration.objects.create(
            submission=made,
            year=made.year,
            words="I declare",
            sha256="0" * 64,
            declared_by_id=mighty.pk,
            declared_by_name=mighty.full_name,
            position="Head",
        )
        YearlyDue.objects.create(
            kind=made.kind,
            year=made.year,
            due_on=day_here(),
            keep_until=day_here() + timedelta(days=1800),
            rule="UCPMP 2024",
            state="waived" if position > 1 else "open",
            waived_because="The parent reports it" if position > 1 else "",
        )


def look_what_stays(made):
    """Two people whom a file brought were changed since, and somebody asked what would stay."""
    for person in people_of(ImportUndo.objects.get(made=made)).order_by("pk")[:2]:
        change_clinician(person, {"phone": "+1 617 555 0142"}, by=SYSTEM)
    begin_weighing(made, by=SYSTEM)
    weigh_undo(made.organisation_id, made.pk, by=SYSTEM)


def _write_words(mighty):
    """Two wordings, two text messages, two paces of a domain, and two people who were reminded."""
    held = Activity.objects.get(title__endswith="Sepsis in the first hour")
    reminder = Reminder.objects.order_by("pk").first()
    people = Clinician.objects.active().order_by("pk")[:2]
    for position, person in enumerate(people, start=1):
        MessageVersion.objects.create(
            code="outreach.invitation",
            language="en",
            number=position + 10,
            subject=f"Come, {position}",
            body="Come",
            written_by_name=mighty.full_name,
        )
        TextMessage.objects.create(
            template_code="outreach.invitation",
            language="en",
            to_number=f"+1617555010{position}",
            to_name=person.called,
            body="Come",
            sender_id="HARBOR",
        )
        set_domain_pace(f"pace{position}.example.net", 60, by=mighty.actor())
        Reminded.objects.create(
            reminder=reminder,
            activity=held,
            subject_id=uuid.uuid4(),
            moment=now(),
            name=person.called,
            clinician=person,
            why="Answered already",
        )


def _want_places(organisation):
    """Who waits and who asks at an evening that was held, its groups, and changes of the key."""
    held = Activity.objects.get(title__endswith="Sepsis in the first hour")
    known = Registration.objects.filter(activity=held).values("clinician")
    people = list(Clinician.objects.exclude(pk__in=known).order_by("pk")[:4])
    for state, clinician in zip(
        ("queued", "queued", "requested", "requested"), people, strict=True
    ):
        RegistrationFactory(activity=held, clinician=clinician, state=state)
    for name in ("Residents", "Guests"):
        Share.objects.create(activity=held, kind="group", name=name, capacity=0)
        change_ticket_key(organisation, reason=name, by=SYSTEM)
        change_issuer_key(organisation, reason=name, by=SYSTEM)
        design_certificates(organisation, Design(said=name), by=SYSTEM)
        change_paper_key(organisation, reason=name, by=SYSTEM)
    _choose_sessions(held)
    _answer(held)
    _charge(held)
    _ask_who_is_there(held)


def _ask_who_is_there(held):
    """A presence check and a poll, as if people had taken part online, with two answers each."""
    session = Session.objects.of(held).filter(is_break=False).first()
    people = Registration.objects.filter(activity=held, state="confirmed").order_by("pk")[:2]
    for position, options in enumerate(([], ["Lactate first", "Fluids first"]), start=1):
        asked_at = session.starts_at + timedelta(minutes=10 * position)
        asked = PresenceCheck.objects.create(
            activity=held,
            session=session,
            question=f"Question {position}",
            options=options,
            asked_at=asked_at,
            closes_at=asked_at + timedelta(minutes=3),
            made_by_name="Office",
        )
        for registration in people:
            CheckAnswer.objects.create(
                activity=held,
                asked=asked,
                registration=registration,
                choice=0 if options else None,
                answered_at=asked_at,
            )


def _charge(held):
    """Two fees of the evening, a code for each, and two people who owe one."""
    people = Registration.objects.filter(activity=held, state="confirmed").order_by("pk")
    for position, registration in enumerate(people[:2], start=1):
        fee = Fee.objects.create(
            activity=held, name=f"Fee {position}", amount_minor=100, currency=books_currency()
        )
        Discount.objects.create(activity=held, code=f"CODE{position}", percent=10)
        Charge.objects.create(
            activity=held,
            registration=registration,
            fee=fee,
            amount_minor=100,
            currency=fee.currency,
            reference=f"SYABCDEFG{position + 1}",
            due_on=day_here(),
        )
        Invoice.objects.create(
            activity=held,
            number=f"INV-2026-9{position:03d}",
            payer_name=f"Ward {position}",
            payer_address="Main street 1",
            lines=[["Radhika Iyer", "Fee", 100]],
            amount_minor=100,
            currency=fee.currency,
            reference=f"SYZYXWVTS{position + 1}",
            due_on=day_here(),
        )


def _answer(held):
    """Two questions of the evening, each answered by one who was there."""
    people = Registration.objects.filter(activity=held, state="confirmed").order_by("pk")
    for position, registration in enumerate(people[:2], start=1):
        text = f"Question {position}?"
        question = RegistrationQuestion.objects.create(
            activity=held, position=position, kind="text", text=text
        )
        RegistrationAnswer.objects.create(
            activity=held,
            registration=registration,
            question=question,
            question_version=1,
            asked=text,
            values=["Said so"],
            by_name="Noor",
        )


def _choose_sessions(held):
    """Two sessions of the evening have places of their own, and two people one each."""
    sessions = list(Session.objects.of(held).filter(is_break=False)[:2])
    people = Registration.objects.filter(activity=held, state="confirmed").order_by("pk")
    for session, registration in zip(sessions, people[:2], strict=True):
        SessionPlaces.objects.create(activity=held, session=session, capacity=4, taken=1)
        SessionChoice.objects.create(
            activity=held,
            registration=registration,
            session=session,
            state="confirmed",
            confirmed_at=now(),
        )


def mighty_of(organisation):
    """Who holds every role at once."""
    return User.objects.get(email=f"mighty@{organisation.slug}.example.net")


def _allot(organisation, mighty, today):
    """Two people may send so many invitations of a meeting that is still to come."""
    coming = Activity.objects.filter(state="open", starts_at__gt=now() + timedelta(days=1))
    soon = coming.order_by("starts_at").first()
    other = User.objects.get(email=f"coordinator@{organisation.slug}.example.net")
    for person, quantity in ((mighty, 40), (other, 12)):
        allot_invitations(soon, person, AllotmentFacts(quantity, today), by=SYSTEM)


def _meet_at_once():
    """A meeting at the time of another, in a room that is too small, and one who has both."""
    coming = Activity.objects.filter(state="open", starts_at__gt=now() + timedelta(days=1))
    soon = coming.order_by("starts_at").first()
    same = {name: getattr(soon, name) for name in ("wall_starts", "wall_ends", "zone")}
    beside = ActivityFactory(number="ACT-1999-0001", title="Beside it", state="open", **same)
    known = Registration.objects.filter(activity=soon).values("clinician")
    person = Clinician.objects.active().exclude(pk__in=known).order_by("pk").last()
    for activity in (soon, beside):
        RegistrationFactory(activity=activity, clinician=person, state="queued")
    house = add_venue(VenueFacts("The small house", "Boston", "US"), by=SYSTEM)
    room = add_room(house, name="Hall", seats=2, by=SYSTEM)
    for after in (0, 15):
        SessionFactory(activity=beside, after=after, minutes=15, place=room, room=room.name)


def _stand_in(organisation, giver, delegate, first):
    """Somebody decides in the place of another for a few days that are still to come."""
    giver, delegate = (
        User.objects.get(email=f"{who}@{organisation.slug}.example.net")
        for who in (giver, delegate)
    )
    last = first + timedelta(days=3)
    facts = DelegationFacts(delegate.pk, delegate.full_name, first, last, "On leave")
    access = access_of(giver, organisation, at=now())
    delegate_signing(facts, access=access, by=giver.actor())


def _look_on(organisation, mighty):
    """Names of an activity were shown twice, and somebody looked as somebody else."""
    held = Activity.objects.get(title__endswith="Sepsis in the first hour")
    for page in ("activity_people", "activity_attendance"):
        note_sight(held, page, by=mighty.actor())
    person = User.objects.get(email=f"coordinator@{organisation.slug}.example.net")
    facts = SupportFacts("They ask why a page shows nothing.", 15)
    view = start_support(mighty, member_of_user(person), facts, factor="totp", by=mighty.actor())
    stop_support(view, by=mighty.actor())


def _take_access(organisation):
    """One administrator wants to take access from another; nobody has agreed yet."""
    first = User.objects.get(email=f"administrator@{organisation.slug}.example.net")
    held = Grant.objects.administering(now()).filter(membership__user__email__startswith="admin@")
    remove_grant(held.get(), by=first.actor(), reason="Works elsewhere now")


def _break_rules(today):
    """Two meetings about which rules say no, and an exception from each; no activity is stopped."""
    for broken in ("materials_carry_marketing", "learner_names_shared"):
        evaluated(on=today, **{broken: True})
    expires = today + timedelta(days=30)
    for name in ("fewest_people", "most_people"):
        _propose(name, today)
    for finding in Finding.objects.current().filter(result=Result.BLOCK):
        grant_override(finding, reason="Seen by the committee", expires_on=expires, by=SYSTEM)


def _propose(name, today):
    """A value of the organisation's own that waits for a second person."""
    pack = pack_in_force("organisation-policy", today).pack
    by = User.objects.order_by("pk").first().actor()
    propose_value(pack, name, OwnValue("12", today + timedelta(days=40), "Policy 9"), by=by)

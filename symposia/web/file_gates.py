"""Who may fetch a kept file, by its purpose; asked where the page is and where the bytes are.

Both processes read this: the one that serves the pages, and the one that serves files alone.
"""

from django.db.models import Q

from symposia.accounts.permissions import Access, Permission
from symposia.activities.actions import agreements, content_reviews, duties
from symposia.activities.models import Activity, ContentItem
from symposia.activities.reviewed import content_of, version_of_file
from symposia.attendance.actions import badges, files, sheets
from symposia.credits.actions import transcripts
from symposia.credits.models import ExternalCredit
from symposia.directory.colleagues.words import KIND
from symposia.directory.models import Clinician
from symposia.engagement.actions import materials
from symposia.finance.actions import bills, expenses, invoice_mail
from symposia.finance.models import Bill, Expense, Invoice
from symposia.learning.actions import lessons
from symposia.learning.models import Lesson
from symposia.outreach.queries import LETTERS, invites_by
from symposia.reporting.actions import binders, keeping, past
from symposia.reporting.models import Binder, Submission
from symposia.work import journals
from symposia.work.files import file_gate
from symposia.work.models import StoredFile

PROOF_OF_CONSENT = "consent"


@file_gate(past.PURPOSE)
def may_fetch_past(access: Access, _file: StoredFile) -> bool:
    """Who may import, into the whole directory, may also look at a file of the past."""
    return bool(access.everywhere(Permission.IMPORT_CLINICIANS))


@file_gate("import")
def may_fetch_import(access: Access, _file: StoredFile) -> bool:
    """Who may import, into the whole directory, may also look at what was handed in."""
    return bool(access.everywhere(Permission.IMPORT_CLINICIANS))


@file_gate(KIND)
def may_fetch_colleagues(access: Access, _file: StoredFile) -> bool:
    """Whoever says who may do what in the whole organisation sees the lists of its people."""
    return bool(access.everywhere(Permission.MANAGE_ACCESS))


@file_gate(journals.PURPOSE)
def may_fetch_export(access: Access, file: StoredFile) -> bool:
    """Whoever asked for it, as long as the journal and exports are theirs to read."""
    mine = file.made_by_id == access.user_id
    return mine and access.holds(Permission.VIEW_JOURNAL) and access.holds(Permission.EXPORT)


@file_gate(duties.PURPOSE)
def may_fetch_document(access: Access, file: StoredFile) -> bool:
    """Who may see the activity may look at its documents."""
    seen = Activity.objects.visible_to(access)
    return file.subject_id is not None and seen.filter(pk=file.subject_id).exists()


@file_gate(content_reviews.PURPOSE)
def may_fetch_content(access: Access, file: StoredFile) -> bool:
    """Whoever looks after people of the activity; others once a reviewer released this file; and
    nobody whom the wall keeps from content."""
    version = version_of_file(file.pk)
    if version is None:
        return False
    items = ContentItem.objects
    if items.visible_to(access).filter(pk=version.item_id).exists():
        return True
    content = content_of(version.item)
    is_released = content.is_released and content.latest == version
    seen = items.visible_to(access, Permission.VIEW_ACTIVITIES).filter(pk=version.item_id)
    return is_released and seen.exists()


@file_gate(lessons.PURPOSE)
def may_fetch_lesson(access: Access, file: StoredFile) -> bool:
    """Whoever looks after people of the activity, where the wall leaves them content; learners
    get it by a ticket of their own."""
    seen = Lesson.objects.visible_to(access, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return seen.filter(Q(file=file.pk) | Q(captions=file.pk)).exists()


@file_gate(agreements.PURPOSE)
def may_fetch_agreement(access: Access, file: StoredFile) -> bool:
    """Whoever sees the money of the activity."""
    rows = Activity.objects.visible_to(access, Permission.VIEW_MONEY)
    return file.subject_id is not None and rows.filter(pk=file.subject_id).exists()


@file_gate(bills.PURPOSE)
def may_fetch_bill(access: Access, file: StoredFile) -> bool:
    """Whoever sees the money of the activity, or handed the bill in."""
    seen = Bill.objects.visible_to(access)
    return access.holds(Permission.VIEW_BILLS) and seen.filter(file=file.pk).exists()


@file_gate(expenses.PURPOSE)
def may_fetch_receipt(access: Access, file: StoredFile) -> bool:
    """Whoever sees the money of the activity, or handed the receipt in."""
    seen = Expense.objects.visible_to(access)
    return access.holds(Permission.VIEW_BILLS) and seen.filter(file=file.pk).exists()


@file_gate(invoice_mail.PURPOSE)
def may_fetch_invoice(access: Access, file: StoredFile) -> bool:
    """Whoever posts money of the activity; it names the people it is for."""
    rows = Invoice.objects.visible_to(access)
    return file.subject_id is not None and rows.filter(activity=file.subject_id).exists()


@file_gate(keeping.PURPOSE)
def may_fetch_submission(access: Access, file: StoredFile) -> bool:
    """Whoever sees the credit of the whole organisation, or the money where a file tells of that;
    and may take files home."""
    rows = Submission.objects
    seen = (rows.visible_to(access), rows.of_money(access))
    is_one = file.subject_id is not None and any(
        each.filter(pk=file.subject_id).exists() for each in seen
    )
    return is_one and access.holds(Permission.EXPORT)


@file_gate(binders.PURPOSE)
def may_fetch_binder(access: Access, file: StoredFile) -> bool:
    """Whoever sees the credit of the whole organisation, and may take files home; a guest gets it
    by a ticket of their own."""
    seen = Binder.objects.visible_to(access)
    is_one = file.subject_id is not None and seen.filter(pk=file.subject_id).exists()
    return is_one and access.holds(Permission.EXPORT)


@file_gate(transcripts.PURPOSE)
def may_fetch_proof_of_credit(access: Access, file: StoredFile) -> bool:
    """Whoever sees the credit of the learner, and the learner."""
    rows = ExternalCredit.objects
    seen = rows.visible_to(access).filter(file=file.pk).exists()
    return seen or (
        access.holds(Permission.OWN_LEARNING) and rows.own_of(access).filter(file=file.pk).exists()
    )


@file_gate(LETTERS)
def may_fetch_letters(access: Access, file: StoredFile) -> bool:
    """Whoever invites to the activity of the wave; each page carries a personal link."""
    return file.subject_id is not None and invites_by(access, file.subject_id)


@file_gate(PROOF_OF_CONSENT)
def may_fetch_proof(access: Access, file: StoredFile) -> bool:
    """Whoever may see the person."""
    seen = Clinician.objects.visible_to(access)
    return file.subject_id is not None and seen.filter(pk=file.subject_id).exists()


@file_gate(files.KIND)
def may_fetch_log(access: Access, file: StoredFile) -> bool:
    """Whoever enters attendance of the activity may look at what it was entered from."""
    seen = Activity.objects.visible_to(access, Permission.MANAGE_REGISTRATIONS)
    return file.subject_id is not None and seen.filter(pk=file.subject_id).exists()


@file_gate(sheets.PURPOSE)
def may_fetch_sheet(access: Access, file: StoredFile) -> bool:
    """Whoever sees the attendance of the activity may look at its signed pages."""
    seen = Activity.objects.visible_to(access, Permission.VIEW_ATTENDANCE)
    return file.subject_id is not None and seen.filter(pk=file.subject_id).exists()


@file_gate(badges.PURPOSE)
def may_fetch_logo(access: Access, file: StoredFile) -> bool:
    """Who may see the activity may look at what stands on its badges."""
    seen = Activity.objects.visible_to(access)
    return file.subject_id is not None and seen.filter(pk=file.subject_id).exists()


@file_gate(materials.PURPOSE)
def may_fetch_material(access: Access, _file: StoredFile) -> bool:
    """Who reads why activities exist, or asks doctors to come, may look at what is given after."""
    return access.holds(Permission.VIEW_CURRICULUM) or access.holds(Permission.INVITE)

"""The columns of the files that bring an organisation's past: their own sheet, or what PARS and the
systems before call them."""

from django.utils.translation import gettext_lazy as _

from symposia.reporting.models import PastKind
from symposia.reporting.past.activity_columns import ACTIVITIES, DAY, OLD_NUMBER, YES
from symposia.work.imports.fields import TargetField

CREDITS = (
    TargetField(
        "person",
        _("Number or e-mail"),
        ("npi", "email", "learner", "learnerid"),
        _("Whom of the directory the line is about."),
        _("a number of any register, or the e-mail address in the directory"),
        YES,
        "avery@example.org",
    ),
    TargetField(
        "title",
        _("Title"),
        ("activitytitle", "activityname"),
        _("What they learned at."),
        _("at most 200 signs"),
        YES,
        "Sepsis: the first hour",
    ),
    TargetField(
        "activity_number",
        _("Number before"),
        OLD_NUMBER,
        _("Of the activity, as the system before called it: found where it was imported too."),
        "",
        "",
        "2021-0042",
    ),
    TargetField(
        "provider",
        _("Provider"),
        ("providername",),
        _("Who awarded it; empty: your organisation."),
        "",
        "",
        "",
    ),
    TargetField(
        "earned_on",
        _("Day"),
        ("date", "completiondate", "creditdate", "earnedon"),
        _("When it was earned."),
        DAY,
        YES,
        "2021-03-12",
    ),
    TargetField(
        "system",
        _("Credit system"),
        ("credittype", "activitycertification"),
        _("Which credit."),
        "",
        YES,
        "AMA PRA Category 1",
    ),
    TargetField(
        "amount",
        _("Credits"),
        ("amount", "creditsclaimed", "numberofcredits", "credit"),
        _("How much was awarded."),
        _("a number, as 1.25"),
        YES,
        "1.25",
    ),
    TargetField(
        "certificate_number",
        _("Number of the certificate"),
        ("certificate", "certificateid"),
        _("As it was printed then; the transcript shows it."),
        _("at most 60 signs"),
        "",
        "C-2021-00917",
    ),
)
DISCLOSURES = (
    TargetField(
        "activity_number",
        _("Number before"),
        OLD_NUMBER,
        _("Of the activity it was given for; empty: for all of them."),
        "",
        "",
        "2021-0042",
    ),
    TargetField(
        "name",
        _("Name"),
        ("person", "fullname", "disclosedby"),
        _("Who disclosed."),
        _("at most 200 signs"),
        YES,
        "Dr. Nobody Invented",
    ),
    TargetField("role", _("Role"), ("contentrole",), _("What they did."), "", "", "Faculty"),
    TargetField(
        "company",
        _("Company"),
        ("companyname", "organization"),
        _("The ineligible company; empty: they disclosed that there was none."),
        _("at most 200 signs"),
        "",
        "Invented Pharma",
    ),
    TargetField(
        "nature",
        _("Relationship"),
        ("relationship", "natureofrelationship"),
        _("Of which nature."),
        "",
        _("with a company"),
        "Speaker",
    ),
    TargetField(
        "mitigated_by",
        _("Mitigated by"),
        ("mitigation", "howmitigated"),
        _("What was done about it."),
        _("at most 300 signs"),
        "",
        "Peer review of content",
    ),
    TargetField(
        "disclosed_on",
        _("Day"),
        ("date", "disclosuredate", "attestedon"),
        _("When it was disclosed."),
        DAY,
        YES,
        "2021-01-15",
    ),
)
COLUMNS: dict[str, tuple[TargetField, ...]] = {
    PastKind.ACTIVITIES: ACTIVITIES,
    PastKind.CREDITS: CREDITS,
    PastKind.DISCLOSURES: DISCLOSURES,
}
# Without a column for each of these a file of the kind says nothing.
NEEDED: dict[str, tuple[str, ...]] = {
    PastKind.ACTIVITIES: ("old_number", "title", "starts_on", "type"),
    PastKind.CREDITS: ("person", "title", "earned_on", "system", "amount"),
    PastKind.DISCLOSURES: ("name", "disclosed_on"),
}

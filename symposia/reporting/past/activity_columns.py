"""The columns of a file of activities that were held before: its own sheet, or what PARS and the
systems before call them."""

from django.utils.translation import gettext_lazy as _

from symposia.work.imports.fields import TargetField

DAY = _("a day, as 2026-01-31 or 01/31/2026")
YES = _("yes")
OLD_NUMBER = ("provideractivityid", "activityid", "activitynumber", "oldnumber")

ACTIVITIES = (
    TargetField(
        "old_number",
        _("Number before"),
        OLD_NUMBER,
        _("How the system before called the activity: credit and disclosures are found by it."),
        _("at most 60 signs"),
        YES,
        "2021-0042",
    ),
    TargetField(
        "body_number",
        _("Number of the body"),
        ("accmeactivityid", "parsid"),
        _("What PARS called it; leading zeros count."),
        _("at most 40 signs"),
        "",
        "001234567",
    ),
    TargetField(
        "title",
        _("Title"),
        ("activitytitle", "activityname"),
        _("What it was called."),
        _("at most 200 signs"),
        YES,
        "Sepsis: the first hour",
    ),
    TargetField(
        "starts_on",
        _("First day"),
        ("startdate", "activitydate", "date", "from"),
        _("When it began."),
        DAY,
        YES,
        "2021-03-12",
    ),
    TargetField(
        "ends_on",
        _("Last day"),
        ("enddate", "until"),
        _("Empty: the first day."),
        DAY,
        "",
        "2021-03-12",
    ),
    TargetField(
        "type",
        _("Type"),
        ("activitytype", "activityformat", "format"),
        _("What kind of activity; as Symposia or PARS calls it, or by the code of the batch."),
        _("Live Course, RSS, Enduring Material …"),
        YES,
        "Live Course",
    ),
    TargetField(
        "providership",
        _("Provided"),
        ("sponsorship",),
        _("Alone, or jointly."),
        _("Direct or Joint; empty: Direct"),
        "",
        "Direct",
    ),
    TargetField(
        "joint_with",
        _("Together with"),
        ("jointprovider", "jointproviders"),
        _("Who provided it jointly."),
        _("at most 200 signs"),
        "",
        "",
    ),
    TargetField("city", _("City"), (), _("Where people met."), "", "", "Boston"),
    TargetField(
        "region", _("State"), ("state", "stateorprovince"), _("Its two letters."), "", "", "MA"
    ),
    TargetField(
        "country", _("Country"), (), _("Two or three letters; empty: your own."), "", "", "USA"
    ),
    TargetField(
        "system",
        _("Credit system"),
        ("credittype", "activitycertification"),
        _("Which credit it offered; empty: AMA PRA Category 1 where an amount is given."),
        "",
        "",
        "AMA PRA Category 1",
    ),
    TargetField(
        "amount",
        _("Credits"),
        ("amacredits", "numberofcredits", "maximumcredits"),
        _("The most that could be earned."),
        _("a number, as 1.25"),
        "",
        "1.25",
    ),
    TargetField(
        "physicians",
        _("Physicians"),
        ("numberofphysicians",),
        _("How many took part."),
        _("a whole number"),
        "",
        "21",
    ),
    TargetField(
        "others",
        _("Other learners"),
        ("otherlearners", "numberofotherlearners"),
        _("How many others took part."),
        _("a whole number"),
        "",
        "8",
    ),
    TargetField(
        "supported",
        _("Commercial support"),
        ("commercialsupportreceived", "commercialsupport"),
        _("Whether a company supported it."),
        _("yes or no; empty: not known"),
        "",
        "No",
    ),
    TargetField(
        "supporters",
        _("Supporters"),
        ("supportsource", "source"),
        _("Each with its amount in the currency of your books, semicolons between."),
        _("Invented Pharma 5000; Invented Devices 0"),
        "",
        "",
    ),
    TargetField("summary", _("Description"), (), _("What it was about."), "", "", ""),
    TargetField(
        "designed",
        _("Designed to change"),
        ("designedtochange",),
        _("What it was to change, commas between."),
        _("competence, performance, patient outcomes"),
        "",
        "competence",
    ),
    TargetField(
        "measured",
        _("Measured"),
        ("measuredoutcomes", "measuredoutcome"),
        _("What change was measured in, commas between."),
        "",
        "",
        "",
    ),
)

"""Which attempt at a package may tell what, and when a package is done. Pure."""

import uuid

from django.utils.translation import gettext_lazy as _

from symposia.learning.models import Completion, Package, PackageAttempt
from symposia.shared.refusals import Objection

NO_PACKAGE = Objection("no_package", _("This lesson has no package yet."))
PACKAGE_OPEN = Objection(
    "package_open", _("It is done once it says so itself. Open it, and go through it to its end.")
)
PACKAGE_FAILED = Objection(
    "package_failed", _("You have not passed it yet. Try again; this attempt stays on record.")
)
ATTEMPT_GOES_ON = Objection(
    "package_attempt_goes_on", _("You have begun it already. Go on where you stopped.")
)
ATTEMPT_OVERTAKEN = Objection(
    "package_attempt_overtaken", _("You began it again meanwhile. This attempt is closed.")
)
PACKAGE_REPLACED = Objection(
    "package_replaced", _("The lesson has a new version. Open it again to begin with it.")
)
COMMIT_STALE = Objection(
    "package_stale",
    _("It went on in another tab or on another device. Open it again to go on from there."),
)
COMMIT_EARLY = Objection("package_early", _("Something from before is still on its way."))
COMMITS_MANY = Objection(
    "package_commits_many", _("This attempt tells too much. Begin again, or tell the organiser.")
)
ITEM_UNKNOWN = Objection("package_item_unknown", _("The package has no part of this name."))
# What an attempt may tell in all; a part that tells every second of two hours stays below it.
MOST_COMMITS = 10_000


def objection_to_package_done(said: str | None) -> Objection | None:
    """What is missing, by what the best attempt said."""
    if said in {Completion.PASSED, Completion.COMPLETED}:
        return None
    return PACKAGE_FAILED if said == Completion.FAILED else PACKAGE_OPEN


def objection_to_attempt(
    package: Package | None, latest: PackageAttempt | None
) -> Objection | None:
    """A package is begun once; again after its outcome, or where it has a new version."""
    if package is None:
        return NO_PACKAGE
    goes_on = latest is not None and latest.package_id == package.pk and not latest.is_over
    return ATTEMPT_GOES_ON if goes_on else None


def objection_to_committing(
    attempt: PackageAttempt, *, latest: PackageAttempt, package: Package | None
) -> Objection | None:
    """Only the attempt that is current tells anything, and only of the version that is shown."""
    if latest.pk != attempt.pk:
        return ATTEMPT_OVERTAKEN
    return None if package and package.pk == attempt.package_id else PACKAGE_REPLACED


def objection_to_commit(
    attempt: PackageAttempt, *, number: int, after: uuid.UUID | None, item: str
) -> Objection | None:
    """A commit is the next one: what was begun before another tab went on overwrites nothing."""
    if number <= attempt.version:
        return COMMIT_STALE
    if number > attempt.version + 1:
        return COMMIT_EARLY
    if after != attempt.tip:
        return COMMIT_STALE
    if number > MOST_COMMITS:
        return COMMITS_MANY
    known = {each["id"] for each in attempt.package.opened}
    return None if item in known else ITEM_UNKNOWN

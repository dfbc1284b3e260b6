"""Why a package is not taken in: each sentence names the file, so that its author can mend it."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection

NOT_ZIP = Objection("package_not_zip", _("This is no zip archive. Export the course as SCORM."))
DAMAGED = Objection("package_damaged", _("The archive is damaged or not whole, at “%(file)s”."))
TOO_LARGE = Objection(
    "package_too_large", _("The archive has more than %(megabytes)s megabytes. Compress its media.")
)
TOO_MANY = Objection("package_too_many", _("The archive holds more than %(most)s files."))
UNPACKS_TOO_LARGE = Objection(
    "package_unpacks_too_large",
    _("The archive unpacks to more than %(megabytes)s megabytes, at “%(file)s”."),
)
BOMB = Objection(
    "package_bomb",
    _("“%(file)s” unpacks to more than %(times)s times its size. Such archives are not opened."),
)
OVERLAPS = Objection(
    "package_overlaps", _("“%(file)s” shares its bytes with another file of the archive.")
)
LOCKED = Objection("package_locked", _("“%(file)s” is locked with a password. Zip it without."))
METHOD = Objection(
    "package_method", _("“%(file)s” is compressed in a way that is not read. Zip it again.")
)
NO_NAME = Objection("package_no_name", _("A file of the archive has no name."))
NAME_SIGNS = Objection(
    "package_name_signs", _("The name “%(file)s” has signs that no file name may have.")
)
NAME_ENCODING = Objection(
    "package_name_encoding",
    _("The name “%(file)s” is written in an unknown encoding. Zip it again with UTF-8 names."),
)
NAME_LONG = Objection("package_name_long", _("The name “%(file)s” is too long or too deep."))
ABSOLUTE = Objection(
    "package_absolute", _("“%(file)s” names a place of a machine instead of one in the package.")
)
OUTSIDE = Objection("package_outside", _("“%(file)s” leads out of the package."))
NOT_A_FILE = Objection(
    "package_not_a_file", _("“%(file)s” is a link or a device. Only files are taken in.")
)
TWICE = Objection("package_twice", _("“%(file)s” is in the archive twice."))
ALIKE = Objection(
    "package_alike",
    _("“%(file)s” and “%(other)s” differ only in how they are written. Rename one of them."),
)
FILE_AND_FOLDER = Objection("package_file_and_folder", _("“%(file)s” is a file and a folder."))
ARCHIVE_INSIDE = Objection(
    "package_archive_inside",
    _("“%(file)s” is an archive in the archive. Take it out, or unpack it."),
)
PROGRAM = Objection(
    "package_program", _("“%(file)s” is a program for a machine. Learners get none from here.")
)
NO_MANIFEST = Objection(
    "package_no_manifest", _("imsmanifest.xml is missing. Export the course as SCORM.")
)
MANIFEST_DEEPER = Objection(
    "package_manifest_deeper",
    _("“%(file)s” is not at the top. Zip the content of the folder, not the folder itself."),
)
MANIFEST_LARGE = Objection("manifest_large", _("imsmanifest.xml is too large to be one."))
MANIFEST_ENTITIES = Objection(
    "manifest_entities",
    _("imsmanifest.xml declares a document type or entities. Take the DOCTYPE out."),
)
MANIFEST_UNREADABLE = Objection(
    "manifest_unreadable", _("imsmanifest.xml is not well written: %(where)s.")
)
MANIFEST_NO_SCORM = Objection(
    "manifest_no_scorm",
    _("imsmanifest.xml does not say that this is SCORM 1.2 or 2004; it says “%(said)s”."),
)
MANIFEST_NO_ITEMS = Objection(
    "manifest_no_items", _("imsmanifest.xml has no organization with an item to open.")
)
MANIFEST_TOO_DEEP = Objection(
    "manifest_too_deep", _("imsmanifest.xml has too many items, or too deep ones, at “%(item)s”.")
)
ITEM_UNKNOWN = Objection(
    "manifest_item_unknown", _("The item “%(item)s” of imsmanifest.xml names no known resource.")
)
ITEM_TWICE = Objection("manifest_item_twice", _("The item “%(item)s” is in imsmanifest.xml twice."))
ITEM_NO_HREF = Objection(
    "manifest_item_no_href", _("The resource of the item “%(item)s” names no file to open.")
)
HREF_ELSEWHERE = Objection(
    "manifest_href_elsewhere",
    _("The item “%(item)s” leads to “%(file)s”, outside the package. Put the file in it."),
)
HREF_MISSING = Objection(
    "manifest_href_missing", _("The item “%(item)s” opens “%(file)s”, which is not in the archive.")
)
NUMBER_WRONG = Objection(
    "manifest_number", _("imsmanifest.xml says “%(said)s” for %(what)s of “%(item)s”.")
)


class Unfit(Exception):
    """A package that is not taken in, with the reason for its author."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection)
        self.objection = objection


def named(name: str, most: int = 120) -> str:
    """A name as a sentence shows it: signs that are not seen become a mark, long ones are cut."""
    shown = "".join("�" if unicodedata.category(c)[0] == "C" else c for c in name)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"

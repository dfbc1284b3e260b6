"""A journal taken home proves itself, and every change of it is noticed."""

import argparse
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.models import Role
from symposia.audit.actions import record
from symposia.audit.checking import check_export
from symposia.audit.export_keys import is_signed, public_key
from symposia.audit.exporting import JOURNAL, SIGNATURE, Span, export_journal, signed, written
from symposia.audit.models import Seal
from symposia.cli import audit
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.audit.test_verification import seal
from tests.factories.accounts import OrganisationFactory

EVERYTHING = Span()
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organisation():
    made = OrganisationFactory()
    for number in range(12):
        with acting_in(made.pk):
            role = Role.objects.get(code="faculty")
            role.description = f"Teaches, version {number}"
            role.save(update_fields=["description"])
            record(SYSTEM, "role.changed", role, reason=f"reason {number}", details={"n": number})
    assert seal(made)
    return made


def exported(organisation, span=EVERYTHING):
    with acting_in(organisation.pk):
        return export_journal(span).content


def kept(tmp_path, content):
    path = tmp_path / "journal.zip"
    path.write_bytes(content)
    return path


def rewritten(content, change):
    """The same archive with its parts changed by hand."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def lines(parts):
    return parts[JOURNAL].splitlines(keepends=True)


def test_an_untouched_export_holds_here_and_anywhere(organisation, tmp_path):
    path = kept(tmp_path, exported(organisation))

    here = check_export(path)
    with acting_in(organisation.pk):
        links = Seal.objects.count()

    assert (here.faults, here.entries, here.with_codes) == ([], links, True)
    assert check_export(path, key=public_key()).holds


def test_elsewhere_the_public_key_is_enough(organisation, tmp_path, settings):
    path, key = kept(tmp_path, exported(organisation)), public_key()

    settings.JOURNAL_KEY = "the key of another installation"

    assert not check_export(path).holds
    found = check_export(path, key=key)
    assert (found.holds, found.with_codes) == (True, False)


def edited(parts):
    parts[JOURNAL] = parts[JOURNAL].replace(b"reason 7", b"reason 8")


def cut(parts):
    parts[JOURNAL] = b"".join(lines(parts)[:-2])


def hole(parts):
    mine = lines(parts)
    parts[JOURNAL] = b"".join(mine[:4] + mine[5:])


def swapped(parts):
    mine = lines(parts)
    mine[3], mine[4] = mine[4], mine[3]
    parts[JOURNAL] = b"".join(mine)


def other_statement(parts):
    said = json.loads(parts[SIGNATURE])
    said["statement"]["entries"] += 1
    parts[SIGNATURE] = json.dumps(said).encode()


def unsigned(parts):
    del parts[SIGNATURE]


def other_key(parts):
    said = json.loads(parts[SIGNATURE])
    said["public_key"] = "00" * 32
    parts[SIGNATURE] = json.dumps(said).encode()


@pytest.mark.parametrize("somewhere_else", [False, True], ids=["here", "elsewhere"])
@pytest.mark.parametrize(
    "change", [edited, cut, hole, swapped, other_statement, unsigned, other_key]
)
def test_whatever_is_changed_is_noticed(organisation, tmp_path, settings, change, somewhere_else):
    path, key = kept(tmp_path, rewritten(exported(organisation), change)), public_key()
    if somewhere_else:
        settings.JOURNAL_KEY = "the key of another installation"

    assert not check_export(path, key=key).holds


def test_a_forged_entry_with_a_fitting_signature_is_noticed_where_it_was_made(
    organisation, tmp_path
):
    def forge(parts):
        edited(parts)
        said = json.loads(parts[SIGNATURE])["statement"]
        said["sha256"] = hashlib.sha256(parts[JOURNAL]).hexdigest()
        parts[SIGNATURE] = json.dumps(signed(said)).encode()

    found = check_export(kept(tmp_path, rewritten(exported(organisation), forge)))

    assert found.faults
    assert "is not what was written" in found.faults[0]


def test_a_span_has_no_hole_and_knows_what_stood_before(organisation, tmp_path):
    with acting_in(organisation.pk):
        fifth = Seal.objects.select_related("entry").get(position=5).entry.at
        ninth = Seal.objects.select_related("entry").get(position=9).entry.at
    path = kept(tmp_path, exported(organisation, Span(fifth, ninth)))

    found = check_export(path)

    assert found.holds, found.faults
    assert found.statement["first_position"] == 5
    assert found.statement["last_position"] == 8
    assert found.statement["chain_before"]


def test_an_empty_span_is_signed_as_empty(organisation, tmp_path):
    later = Span(now() + timedelta(days=1), None)

    found = check_export(kept(tmp_path, exported(organisation, later)))

    assert (found.holds, found.entries) == (True, 0)


def test_what_is_no_export_is_said_to_be_none(tmp_path):
    assert not check_export(kept(tmp_path, b"PK nonsense")).holds


def test_a_signature_covers_each_byte():
    said = signed({"a": 1})

    assert is_signed(written({"a": 1}), said["signature"], said["public_key"])
    assert not is_signed(written({"a": 2}), said["signature"], said["public_key"])
    assert not is_signed(written({"a": 1}), "zz", said["public_key"])


def test_the_command_checks_a_file(organisation, tmp_path, capsys):
    parser = argparse.ArgumentParser()
    audit.add_arguments(parser)
    good = kept(tmp_path, exported(organisation))

    assert audit.run(parser.parse_args(["check-export", str(good)])) == 0
    assert capsys.readouterr().out.startswith("holds: ")
    good.write_bytes(rewritten(good.read_bytes(), edited))
    assert audit.run(parser.parse_args(["check-export", str(good)])) == 1
    assert audit.run(parser.parse_args(["check-export"])) == 2
    assert audit.run(parser.parse_args(["export-key"])) == 0
    assert public_key() in capsys.readouterr().out

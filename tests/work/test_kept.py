"""A handed-in file is kept with what it brings, or nowhere."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Objection, Refused
from symposia.work.imports.kept import TOO_LARGE, kept_upload
from symposia.work.models import StoredFile

NOT_THIS = Objection("not_this", "Not this one.")


@pytest.fixture
def kept_in(files, tmp_path):
    return lambda: [path for path in tmp_path.rglob("*") if path.is_file()]


def upload(content=b"A,B\n1,2\n"):
    return SimpleUploadedFile("rows.csv", content)


def test_a_file_that_is_refused_is_kept_nowhere(organisation, kept_in):
    with (
        pytest.raises(Refused),
        kept_upload(upload(), purpose="test", by=SYSTEM) as (path, _kept),
    ):
        assert path.read_bytes() == b"A,B\n1,2\n"
        raise Refused(NOT_THIS)

    assert not StoredFile.objects.exists()
    assert not Entry.objects.filter(action="file.kept").exists()
    assert kept_in() == []


def test_a_file_that_is_taken_is_kept(organisation, kept_in):
    with kept_upload(upload(), purpose="test", by=SYSTEM) as (_path, kept):
        assert kept.name == "rows.csv"

    assert StoredFile.objects.get() == kept
    assert len(kept_in()) == 1


def test_each_kind_of_file_has_its_own_limit(organisation, kept_in):
    for largest, objection in ((7, NOT_THIS), (8, None)):
        upped = {"largest": largest, "too_large": NOT_THIS}
        try:
            with kept_upload(upload(), purpose="test", by=SYSTEM, **upped):
                said = None
        except Refused as refused:
            said = refused.objection
        assert said == objection
    huge = upload()
    huge.size = 5 * 1024 * 1024 + 1
    with pytest.raises(Refused) as refused, kept_upload(huge, purpose="test", by=SYSTEM):
        pass
    assert refused.value.objection == TOO_LARGE
    assert len(kept_in()) == 1

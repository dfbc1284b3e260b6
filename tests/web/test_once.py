import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from symposia.web.middleware.tenancy import _key, _request_hash


def sent(*contents):
    files = [SimpleUploadedFile("list.csv", content) for content in contents]
    request = RequestFactory().post("/imports/", {"kind": "clinicians", "file": files})
    return request, _request_hash(request)


def test_the_same_request_has_the_same_hash():
    assert sent(b"ada,1")[1] == sent(b"ada,1")[1]


@pytest.mark.parametrize(
    ("first", "second"),
    [([b"ada,1"], [b"ada,2"]), ([b"a", b"b"], [b"x", b"b"])],
    ids=["one file", "the first of two"],
)
def test_a_file_of_the_same_name_and_size_is_another_request(first, second):
    assert sent(*first)[1] != sent(*second)[1]


def test_a_hashed_file_can_still_be_read():
    request, _hash = sent(b"ada,1")

    assert request.FILES["file"].read() == b"ada,1"


def test_a_key_holds_what_a_record_can_hold():
    assert _key(RequestFactory().post("/news/new/", {"idempotency_key": "a\0b"})) == "ab"


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/ld+json"])
@pytest.mark.parametrize("method", ["post", "put"])
def test_another_body_is_another_request_whatever_it_is_called(method, kind):
    """A program's body is read whatever its type says, so its type hides no difference."""
    send = getattr(RequestFactory(), method)
    one, two = (send("/api/v1/gaps", body, content_type=kind) for body in ('{"a": 1}', '{"a": 2}'))

    assert _request_hash(one) != _request_hash(two)

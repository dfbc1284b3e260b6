import pytest
from django.urls import URLResolver, include, path, re_path
from django.urls.resolvers import RegexPattern

from symposia.web.first_words import by_first_word

UUID = "0190f0b0-0000-7000-8000-000000000001"


def page(request):
    return request


def resolved(addresses, asked):
    found = URLResolver(RegexPattern(""), addresses).resolve(asked)
    return found.url_name, found.route, found.kwargs


@pytest.mark.parametrize(
    "asked", ["plans/", f"people/{UUID}/", "people/all/", "sw.js", "people/2026/", "files/one/"]
)
def test_an_address_leads_where_it_led(asked):
    addresses = [
        path("plans/", page, name="plans"),
        path("people/<uuid:pk>/", page, name="person"),
        path("sw.js", page, name="worker"),
        re_path(r"^people/(?P<year>\d{4})/$", page, name="year"),
        path("people/all/", page, {"which": "all"}, name="people"),
        path("files/", include([path("one/", page, name="one")])),
    ]

    assert resolved(by_first_word(addresses), asked) == resolved(addresses, asked)


def test_of_one_word_the_first_that_fits_answers():
    addresses = [path("a/<str:any>/", page, name="any"), path("a/b/", page, name="b")]

    assert resolved(by_first_word(addresses), "a/b/")[0] == "any"
    assert resolved(by_first_word(addresses[::-1]), "a/b/")[0] == "b"


def test_addresses_of_other_words_are_not_tried():
    addresses = [path(f"word{n}/{m}/", page) for n in range(3) for m in range(4)]

    assert len(by_first_word(addresses)) == 3

from datetime import date

from symposia.activities.holidays import holidays_between, holidays_of, regions_of

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


def named(found):
    return {each.name: each for each in found}


def test_days_of_a_country_have_names_and_a_source():
    found = named(holidays_between("US", *YEAR))

    day = found["Independence Day"]
    assert day.day == date(2027, 7, 4)
    assert day.citation.startswith("holidays ")
    assert day.citation.endswith(", US")
    assert day.is_certain


def test_a_region_adds_its_own_days():
    country = named(holidays_between("IN", *YEAR))
    region = named(holidays_between("IN", *YEAR, region="MH"))

    assert "Chhatrapati Shivaji Maharaj's Birthday" not in country
    assert region["Chhatrapati Shivaji Maharaj's Birthday"].day == date(2027, 2, 19)


def test_a_day_that_follows_the_moon_says_that_it_is_to_be_verified():
    found = named(holidays_between("IN", *YEAR))

    assert not found["Eid al-Fitr"].is_certain
    assert not found["Diwali"].is_certain
    assert found["Republic Day"].is_certain
    assert found["Independence Day"].is_certain
    assert all("estimated" not in name for name in found)


def test_both_ends_of_the_stretch_count_and_years_join():
    found = holidays_between("US", date(2026, 12, 25), date(2027, 1, 1))

    assert [each.day for each in found] == [date(2026, 12, 25), date(2027, 1, 1)]


def test_unknown_countries_and_regions_are_no_error():
    assert holidays_between("ZZ", *YEAR) == []
    assert holidays_between("", *YEAR) == []
    assert holidays_between("US", *YEAR, region="nowhere") == holidays_between("US", *YEAR)


def test_several_countries_share_one_table_of_days():
    by_day = holidays_of(["IN", "US", "IN", ""], *YEAR, region="MH")

    assert {each.country for each in by_day[date(2027, 12, 25)]} == {"IN", "US"}
    assert [each.region for each in by_day[date(2027, 2, 19)]] == ["MH"]


def test_regions_have_names():
    assert dict(regions_of("IN"))["MH"] == "Maharashtra"
    assert regions_of("ZZ") == ()

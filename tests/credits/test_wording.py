from symposia.credits.wording import Part, filled, plain


def test_the_bodys_italics_are_kept_and_the_trade_mark_stays_upright():
    parts = filled("awarded {amount} *AMA PRA Category 1 Credit(s)*™.", {"amount": "1.25"})

    assert parts == [
        Part("awarded ", ""),
        Part("1.25", "amount"),
        Part(" ", ""),
        Part("AMA PRA Category 1 Credit(s)", "italic"),
        Part("™.", ""),
    ]


def test_an_asterisk_in_a_name_changes_nothing():
    parts = filled("{name} took *part*", {"name": "A*B"})

    assert plain(parts) == "A*B took part"
    assert [p.style for p in parts] == ["name", "", "italic"]

from symposia.shared.texts import holds_no_text, kept_text


def test_a_text_is_kept_without_nul_and_halves_of_signs():
    assert kept_text("Jill \0Chill \ud83d") == "Jill Chill "
    assert kept_text("Zoë 😀 নীলা") == "Zoë 😀 নীলা"


def test_what_cannot_be_kept_is_found_wherever_it_stands():
    assert holds_no_text({"a": [{"b": "half \udc00"}]})
    assert holds_no_text({"nul\0": 1})
    assert not holds_no_text({"a": ["whole 😀", 1, None, True]})

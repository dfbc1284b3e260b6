from symposia.learning.texts import Run, blocks_of


def test_a_text_becomes_headings_paragraphs_and_lists():
    found = blocks_of("# Title\nright below\n\nOne\nparagraph.\n\n- first\n- second\n\n\n")

    assert [each.kind for each in found] == ["heading", "paragraph", "paragraph", "list"]
    assert found[2].lines == ((Run("One paragraph."),),)
    assert len(found[3].lines) == 2


def test_emphasis_and_links_are_runs():
    (block,) = blocks_of("See **this**, *that* and [the paper](https://example.org/a).")

    assert [run.style for run in block.lines[0] if run.style] == ["strong", "em", "link"]
    assert block.lines[0][5].address == "https://example.org/a"


def test_no_address_runs_anything():
    (block,) = blocks_of("[press](javascript:alert(1)) <b>bold</b>")

    assert block.lines == ((Run("[press](javascript:alert(1)) <b>bold</b>"),),)


def test_an_empty_text_has_no_parts():
    assert blocks_of(" \n\n ") == []

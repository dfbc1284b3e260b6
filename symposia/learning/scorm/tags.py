"""Elements and attributes by their local names: tools write the same word in several spaces."""

from typing import Any

from symposia.work.elements import local_name


def all_of(element: Any, name: str) -> list[Any]:
    """The children of this name."""
    return [each for each in element if local_name(each.tag) == name]


def first_of(element: Any, name: str) -> Any:
    """The first child of this name; nothing where there is none."""
    return next(iter(all_of(element, name)), None)


def words_of(element: Any, name: str) -> str:
    """The text of a child in one line."""
    found = first_of(element, name)
    return " ".join((found.text or "").split()) if found is not None else ""


def attribute(element: Any, name: str) -> str:
    """An attribute, whatever space and case its name is written in."""
    for key, value in element.attrib.items():
        if local_name(key).casefold() == name:
            return str(value).strip()
    return ""


def is_true(element: Any, name: str, default: bool = False) -> bool:
    """An attribute that says yes or no."""
    said = element.get(name, "").strip().casefold()
    return said in {"true", "1"} if said else default

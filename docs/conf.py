"""How the documentation is built: `make docs`."""  # noqa: INP001  # no package

project = "Symposia"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Symposia"
# Nothing is fetched from another host, neither at build time nor by readers.
html_theme_options = {"footer_icons": []}
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]

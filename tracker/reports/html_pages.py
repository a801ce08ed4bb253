"""The templates of reports that are written as one HTML file."""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def page_template(name: str) -> "Template":
    """Return the template of that name; it escapes everything that people wrote, and fails on what it is not given."""
    from jinja2 import Environment, StrictUndefined

    page = resources.files("tracker.reports").joinpath(name).read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(page)

"""Reports as one HTML file each, that asks for nothing outside itself."""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from tracker.reports.o43_words import APPROVER, REPORTER
from tracker.reports.signatures import signature_lines
from tracker.reports.thai_docx import clean

if TYPE_CHECKING:
    from jinja2 import Environment


def html_page(template: str, **facts: Any) -> str:
    """Return a page; everything that people wrote is escaped. `facts` has at least the `report` and its `words`."""
    signatures = [signature_lines(role) for role in (REPORTER, APPROVER)]
    return clean(_templates().get_template(template).render(signatures=signatures, **facts))


@cache
def _templates() -> "Environment":
    """Return the templates of this folder; one fails on what it is not given."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def read(name: str) -> str:
        return resources.files("tracker.reports").joinpath(name).read_text(encoding="utf-8")

    loader = FunctionLoader(read)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

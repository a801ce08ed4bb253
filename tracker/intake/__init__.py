"""Documents in: one small reader per format gives a layout, and one interpreter makes the plan of it."""

from tracker.intake.documents import read_document
from tracker.intake.layout import Cell, Layout, Paragraph, Row, Table
from tracker.intake.reading import interpret, read_plan

__all__ = ["Cell", "Layout", "Paragraph", "Row", "Table", "interpret", "read_document", "read_plan"]

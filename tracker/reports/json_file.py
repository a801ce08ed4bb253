"""A report's JSON values as a file."""

import json
from pathlib import Path
from typing import Any


def write_json_file(values: Any, path: Path) -> None:
    """Write values as JSON that a person can read too."""
    path.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

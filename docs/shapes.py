"""What `--json` prints, by command; `tests/docs/test_reference.py` holds each to what the program prints."""

_TASK = """{"id": int, "plan": int, "measure": {"seq": int, "number": str|null, "title": str}|null, "kind": str,
  "period": str|null, "title": str, "unit": str, "owner": str|null, "due": ISO, "status": str, "overdue_days": int,
  "next_rung": str|null, "next_notice_at": ISO instant|null, "basis": "stated|inferred|policy", "phrase": str"""

_PROGRESS = (
    """{"plan": int, "seq": int, "number": str|null, "title": str, "tasks": int, "done": int, "complete": bool}"""
)

_PLAN = """{"schema": "tracker.plan/1", "source": {"name", "sha256", "format"}, "agency": str|null,
 "document": {"number": str|null, "date": ISO|null, "subject": str|null}, "fiscal_year": int|null,
 "assessment": {"fiscal_year": int|null, "score": float|null, "grade": str|null,
   "indicators": [{"id": 1..10, "name", "instrument": "IIT|EIT|OIT", "score": float, "line": int}]},
 "measures": [{"seq": int, "number": str|null, "title": str, "indicator": 1..10|null, "steps": [str],
   "responsible": [{"unit": str, "kind": "unit|class"}], "timeframe": {"text": str, "start": ISO, "end": ISO}|null,
   "monitoring": str|null, "line": int}],
 "obligations": [{"measures": [seq...], "kind": "report|publish|produce|supervise|activity",
   "rule": "due|periodic|monthly|quarterly|annual|window|event|continuous|undated", "due": ISO|null,
   "periods": ["6-month", ...], "start": ISO|null, "end": ISO|null, "actor": str|null, "phrase": str, "line": int,
   "basis": "stated|inferred|policy"}],
 "warnings": [{"code": str, "message": str, "line": int|null}]"""

_MESSAGE = """{"id": int, "recipient": str, "channel": str, "address": str (masked unless --reveal),
  "status": "queued|sending|sent|retrying|dead|withdrawn", "attempts": int, "created_at": ISO instant,
  "sent_at": ISO instant|null, "error": str|null, "notices": [{"task": int, "rung": str, "audience": str}]"""

_EVIDENCE = """[{"id": int, "task": int, "url": str|null, "file": str|null, "fault": str|null, "added_at": ISO instant,
  "checked_at": ISO instant|null, "since": ISO instant|null}]"""

SHAPES = {
    "plan read": f"{_PLAN}}}",
    "plan check": """{"schema": "tracker.check/1", "loses_points": bool,
 "findings": [{"code", "loses_points": bool, "measure": int|null, "line": int|null, "element", "missing", "mend"}]}""",
    "plan explain": """{"rule": "due|window|periodic|monthly|quarterly|annual|relative|event|continuous|undated|none",
 "due", "start", "end", "precision": "day|month|year"|null, "periods": [str], "day": int|"last"|null,
 "offset": {"days": int, "working": bool, "from": str|null}|null, "fiscal_year": int|null, "alternatives": [...]}""",
    "plan list": """[{"id": int, "agency": str, "fiscal_year": int, "file": str, "imported_at": ISO instant,
  "measures": int, "tasks": int, "done": int}]""",
    "plan show": f'{_PLAN},\n "progress": [{_PROGRESS}]}}',
    "people list": """[{"id": int, "name": str, "unit": str, "role": "officer|supervisor|executive|coordinator",
  "position": str|null, "supervisor": str|null, "channels": [{"channel", "address" (masked unless --reveal)}],
  "off": [{"channel", "address", "since": ISO instant, "why"}], "from": ISO|null, "until": ISO|null}]""",
    "unit list": """[{"name": str, "aliases": [str], "groups": [str], "officers": [str]}]""",
    "leave list": """[{"id": int, "person": str, "substitute": str, "from": ISO, "until": ISO (the first day back)}]""",
    "task list": f"[{_TASK}}}]",
    "task show": f"""{_TASK},
 "line": int, "cycle": int, "promised": ISO|null,
 "next_step": {{"rung": str|null, "audience": [str], "follow_up": int, "at": ISO instant|null, "why": str|null,
   "until": ISO instant|null, "sentence": {{"th": str, "en": str}}}},
 "result": str|null, "problems": str|null, "suggestions": str|null, "evidence": [str],
 "notices": [{{"rung", "cycle": int, "recipient", "audience", "at": ISO instant, "withdrawn": str|null}}],
 "suppressed": [{{"rung", "reason", "at": ISO instant}}], "messages": [{{"id": int, "channel", "status"}}],
 "audit": [{{"id": int, "at": ISO instant, "actor", "action", "reason": str|null}}]}}""",
    "preview": """[{"at": ISO instant, "recipient": str, "channel": str, "subject": str,
  "notices": [{"task": int, "rung": str, "audience": str}]}]
with --why: {"messages": [as above], "withheld": [{"at": ISO instant, "task": int, "rung": str, "reason": str}]}""",
    "status": f"""{{"states": {{state: int}}, "units": {{unit: {{state: int}}}},
 "overdue": [a task as in `task list`, with "escalated_to": "owner|supervisor|executive|coordinator"|null],
 "messages_waiting": {{channel: int}}, "last_sweep": ISO instant|null, "measures": [{_PROGRESS}],
 "unconfirmed_years": [int], "escalated": {{level: int}},
 "nobody_home": [{{"unit": str, "tasks": int, "known": bool, "off": str|null}}]}}""",
    "notice list": """[{"task": int, "cycle": int, "rung": str, "recipient": str, "audience": str, "at": ISO instant}]
with --suppressed: [{"task": int, "cycle": int, "rung": str, "reason": str, "at": ISO instant}]""",
    "message list": f"[{_MESSAGE}}}]",
    "message show": f"""{_MESSAGE},
  "subject": str|null, "text": str|null,
  "tries": [{{"n": int, "started_at": ISO instant, "outcome": str, "code": int|null, "detail": str}}]}}""",
    "ladder show": """{"rungs": [{"name": str, "offset": int (over 0: working days after), "audience": [str],
   "tone": "coming|today|overdue|follow-up", "follow_up": int}],
 "promises": int, "promise_days": int, "catch_up_days": int, "kinds": {kind: a ladder}}""",
    "holiday list": """[{"day": ISO, "name": str, "off": bool, "source": str, "confirmed": bool}]""",
    "evidence list": _EVIDENCE,
    "evidence check": _EVIDENCE,
    "audit": """[{"id": int, "at": ISO instant, "actor": str, "action": str, "task": int|null, "reason": str|null,
  "detail": {...} (what the act changed)}]""",
    "doctor": """[{"part": str, "state": "ok|remark|broken", "said": str, "mend": str|null}]""",
    "watch": """[{"code": str, "about": str|null, "since": ISO instant|null, "what": str, "mend": str}]""",
    "report o43": "`tracker.o43/1`: see [reports](reports.md#json-trackero431)",
    "report year": "`tracker.year/1`: see [reports](reports.md#json-trackeryear1)",
}

"""How many messages LINE still takes this month."""

import json
import threading
from time import monotonic
from typing import Any

from urllib3.exceptions import HTTPError

from tracker.delivery.line_api import LineApi

QUOTA = "/v2/bot/message/quota"
CONSUMPTION = "/v2/bot/message/quota/consumption"
KEPT_FOR = 600.0
KEPT_FOR_WHEN_UNREADABLE = 60.0


class LineQuota:
    """The quota as LINE last told it. Safe to use from many threads: one asks, the others go by what is known."""

    def __init__(self, api: LineApi) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._left: int | None = None
        self._until = 0.0

    def left(self) -> int | None:
        """Return the messages left; None when there is no limit or LINE does not say."""
        if monotonic() >= self._until and self._lock.acquire(blocking=not self._until):  # nothing known yet: wait
            try:
                if monotonic() >= self._until:  # else another has asked meanwhile
                    self._read()
            finally:
                self._lock.release()
        return self._left

    def note_gone(self) -> None:
        """Remember that LINE refused a message for its monthly limit."""
        with self._lock:
            self._left, self._until = 0, monotonic() + KEPT_FOR

    def _read(self) -> None:
        try:
            self._left = self._ask()
            kept_for = KEPT_FOR
        except (HTTPError, ValueError, KeyError, TypeError):  # not told: the push itself will say
            self._left, kept_for = None, KEPT_FOR_WHEN_UNREADABLE
        self._until = monotonic() + kept_for

    def _ask(self) -> int | None:
        quota = self._get(QUOTA)
        if quota["type"] == "none":
            return None
        return max(0, int(quota["value"]) - int(self._get(CONSUMPTION)["totalUsage"]))

    def _get(self, path: str) -> dict[str, Any]:
        answer = self._api.request("GET", path)
        if answer.status != 200:  # noqa: PLR2004 (the only good answer)
            raise ValueError(f"LINE answered {answer.status}.")
        told: dict[str, Any] = json.loads(answer.data)
        return told

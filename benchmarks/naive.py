"""What one writes first: a Celery task a message, and stock Apprise in it. `celery -A benchmarks.naive worker`."""

import os

from celery import Celery

RELAY, BROKER = "BENCHMARK_RELAY_PORT", "BENCHMARK_BROKER"

app = Celery("naive", broker=os.environ.get(BROKER))
app.conf.update(task_ignore_result=True, task_default_queue="naive", broker_connection_retry_on_startup=True)


@app.task(name="naive.send")
def send(address: str, subject: str, html: str) -> None:
    from apprise import Apprise, NotifyFormat

    sender = Apprise()
    sender.add(f"mailto://127.0.0.1:{os.environ[RELAY]}?from=ita@example.org&to={address}&mode=insecure")
    if not sender.notify(title=subject, body=html, body_format=NotifyFormat.HTML):
        raise ConnectionError("Apprise did not send the message.")

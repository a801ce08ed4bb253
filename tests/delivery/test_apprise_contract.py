"""What our plugins rest on in Apprise; when a new version breaks one of these, look before you raise the pin."""

import inspect
import subprocess
import sys
from time import monotonic

import apprise
import pytest
from apprise import Apprise, AppriseAsset, NotificationManager, NotifyFormat, OverflowMode
from apprise.exception import AppriseException, AppriseImproperlyConfigured
from apprise.plugins.base import NotifyBase
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.line import NotifyLine

from tests.delivery.conftest import LINE_ID
from tracker.delivery.apprise_plugins import quiet_asset, register
from tracker.delivery.line import LineChannel, TrackerLine
from tracker.delivery.mail import EmailChannel, TrackerEmail, parse_email_url

URL = "mailtos://user:p%40ss@smtp.example.org:2525?from=A B <a@example.org>&reply=c@d.co"


def test_the_version_is_one_that_was_examined():
    assert apprise.__version__.startswith("2.2.")


def test_an_email_url_gives_the_attributes_that_a_relay_needs():
    plugin = Apprise.instantiate(URL, asset=quiet_asset())
    assert isinstance(plugin, NotifyEmail)
    assert (plugin.smtp_host, plugin.port, plugin.secure_mode) == ("smtp.example.org", 2525, "starttls")
    assert (plugin.user, plugin.password, plugin.verify_certificate) == ("user", "p@ss", True)
    assert tuple(plugin.from_addr) == ("A B", "a@example.org")
    assert plugin.reply_to == {"c@d.co"}
    assert plugin.targets == [(False, "a@example.org")]  # a URL without recipients still has one, the sender


def test_a_parsed_email_url_tells_options_and_recipients_apart():
    parsed = NotifyEmail.parse_url(URL + "&+X=1&to=e@f.co")
    assert parsed["qsd+"] == {"X": "1"}
    assert parsed["targets"] == ["e@f.co"]
    assert {"from", "reply", "to"} <= set(parsed["qsd"])
    assert NotifyEmail.parse_url("mailto://127.0.0.1?from=a@b.co")["targets"] == []


def test_a_bad_url_raises_the_exception_that_we_catch():
    assert issubclass(AppriseImproperlyConfigured, AppriseException | TypeError)
    with pytest.raises((AppriseException, TypeError)):
        Apprise.instantiate("mailto://127.0.0.1", asset=quiet_asset(), suppress_exceptions=False)


def test_notify_calls_send_once_in_this_thread_with_the_whole_text(outgoing):
    seen = []

    class Probe(NotifyEmail):
        request_rate_per_sec = 0

        def send(self, *args, **kwargs):
            seen.append((args, kwargs, inspect.stack()[-1]))
            return True

    plugin = Probe(host="h", from_addr="a@b.co", asset=quiet_asset())
    text = "ก" * 100_000
    assert plugin.notify(body=text, title="t", body_format=NotifyFormat.TEXT, overflow=OverflowMode.UPSTREAM)
    ((args, kwargs, _),) = seen
    assert args == ()
    assert (kwargs["body"], kwargs["title"]) == (text, "t")


def test_two_sends_of_one_plugin_are_not_throttled(relay, line, outgoing):
    mail, push = EmailChannel(relay.url), LineChannel("token", line.url)
    began = monotonic()
    for _ in range(3):
        assert mail.send(outgoing()).ok
        assert push.send(outgoing(LINE_ID)).ok
    assert monotonic() - began < 3
    assert NotifyBase.request_rate_per_sec == 5.5  # why ours set it to 0


def test_apprise_sends_through_our_plugins(relay, outgoing, monkeypatch):
    calls = []
    original = NotifyBase.notify
    monkeypatch.setattr(NotifyBase, "notify", lambda self, **given: calls.append(self) or original(self, **given))
    assert EmailChannel(relay.url).send(outgoing()).ok
    assert isinstance(calls[0], TrackerEmail)


@pytest.mark.parametrize("plugin", [TrackerEmail, TrackerLine])
def test_registering_twice_is_harmless_and_leaves_the_stock_plugins_alone(plugin):
    register(plugin)
    register(plugin)
    manager = NotificationManager()
    assert manager[plugin.secure_protocol] is plugin
    assert manager["mailtos"] is NotifyEmail
    assert manager["line"] is NotifyLine


def test_the_privacy_url_of_our_plugins_holds_no_secret(line):
    assert "p@ss" not in parse_email_url(URL).url(privacy=True)
    assert "verysecret" not in LineChannel("verysecrettoken/+=", line.url)._plugin().url(privacy=True)


def test_the_asset_keeps_sends_in_the_calling_thread_without_a_time_limit():
    asset = quiet_asset()
    assert isinstance(asset, AppriseAsset)
    assert (asset.async_mode, asset._service_timeout, asset.app_id) == (False, 0.0, "ITA Tracker")


def test_the_channel_module_imports_nothing_heavy():
    heavy = ("apprise", "requests", "urllib3", "aiosmtpd", "smtplib")
    code = f"import sys, tracker.delivery.channel; print([m for m in {heavy} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"

import logging
import traceback
from urllib.parse import quote

import pytest

from tracker.delivery.mail import EmailChannel, parse_email_url
from tracker.errors import Misconfigured

PASSWORD = "hunter22secret"


def test_a_plain_relay_url_names_host_port_and_sender():
    plugin = parse_email_url("mailto://127.0.0.1:2525?from=ita@example.org&mode=insecure")
    assert (plugin.smtp_host, plugin.port, plugin.secure_mode) == ("127.0.0.1", 2525, "insecure")
    assert (plugin.sender.address, plugin.sender.name) == ("ita@example.org", "ITA Tracker")


def test_a_secure_url_means_starttls_on_587_with_login():
    plugin = parse_email_url("mailtos://user:p%40ss@smtp.example.org?from=ita@example.org")
    assert (plugin.port, plugin.secure_mode, plugin.user, plugin.password) == (587, "starttls", "user", "p@ss")


@pytest.mark.parametrize(
    "options",
    [
        "from=ita@example.org&name=กลุ่มงานจริยธรรม สำนักงานปลัด",
        "from=กลุ่มงานจริยธรรม สำนักงานปลัด <ita@example.org>",
        f"from=ita%40example.org&name={quote('กลุ่มงานจริยธรรม สำนักงานปลัด')}",
    ],
)
def test_a_thai_sender_name_may_be_long(options):
    sender = parse_email_url(f"mailto://127.0.0.1?{options}").sender
    assert (sender.address, sender.name) == ("ita@example.org", "กลุ่มงานจริยธรรม สำนักงานปลัด")


def test_timeouts_verification_and_reply_address_come_from_the_url():
    plugin = parse_email_url("mailtos://h.example.org?from=a@b.co&cto=3&rto=7&verify=no&reply=c@d.co")
    assert (plugin.socket_connect_timeout, plugin.socket_read_timeout) == (3.0, 7.0)
    assert not plugin.verify_certificate
    assert plugin.sender.reply_to == ("c@d.co",)


BAD = [
    "",
    "mailto://",
    "smtp://u:{p}@h",
    "json://u:{p}@h",
    "mailtos://u:{p}@h?from=nobody&mode=tls",
    "mailto://127.0.0.1",
    "mailtos://u:{p}@h.example.org/someone@example.org?from=a@b.co",
    "mailtos://u:{p}@h.example.org?from=a@b.co&to=c@d.co",
    "mailtos://u:{p}@h.example.org?from=a@b.co&cc=c@d.co",
    "mailtos://u:{p}@h.example.org?from=a@b.co&bcc=c@d.co",
    "mailtos://u:{p}@h.example.org?from=a@b.co&pgp=sign",
    "mailtos://u:{p}@h.example.org?from=a@b.co&overflow=split",
    "mailtos://u:{p}@h.example.org?from=a@b.co&+Message-ID=x",
    "mailtos://u:{p}ลับ@h.example.org?from=a@b.co",
    "mailtos://u:{p}@h.example.org:notaport?from=a@b.co",
    "mailtos://u:{p}@h.example.org:99999?from=a@b.co",
    "mailtos://u:{p}/x@h.example.org?from=a@b.co",
]


@pytest.mark.parametrize("url", BAD)
def test_a_bad_url_is_one_sentence_that_names_the_setting_and_no_password(url, caplog):
    caplog.set_level(logging.INFO)
    with pytest.raises(Misconfigured, match="TRACKER_EMAIL_URL") as caught:
        EmailChannel(url.format(p=PASSWORD))
    told = "".join(traceback.format_exception(caught.value, chain=True)).replace(url.format(p=PASSWORD), "")
    assert PASSWORD not in str(caught.value)
    assert PASSWORD not in told
    assert PASSWORD not in caplog.text
    assert "\n" not in str(caught.value)


def test_building_a_channel_connects_to_nobody():
    EmailChannel("mailtos://user:pass@smtp.nowhere.invalid?from=ita@example.org").close()

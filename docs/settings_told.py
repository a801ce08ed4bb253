"""What each setting means, by its key in `tracker.toml`, in each language: (meaning, default)."""

from typing import Literal

Lang = Literal["th", "en"]
Told = dict[str, tuple[str, str]]

_ENGLISH: Told = {
    "home": ("folder of one installation; in the environment only", "`./tracker-home`"),
    "agency": ("the agency's name in messages", "from `tracker init`"),
    "database_url": ("PostgreSQL (`postgresql+psycopg://...`) or SQLite", "SQLite file in the home"),
    "redis_url": ("Celery broker", "a private Redis started by `tracker up`"),
    "email_url": ("Apprise `mailto://` or `mailtos://` URL without recipients", "none: e-mail is off"),
    "bounce_url": (
        "mailbox of delivery reports: `imaps://user:password@host/INBOX` or `maildir:///path`",
        "none: mails that come back are not noticed",
    ),
    "line_token": ("LINE channel access token", "none: LINE is off"),
    "line_api_url": ("base of the LINE API", "the official one"),
    "channels": ("further Apprise schemas that people's channels may name, such as `tgram`", "none"),
    "sweep_every": ("seconds between checks", "`60`"),
    "office_hours": ("sending window, Bangkok time", "`08:30-16:30`"),
    "email_rate": ("messages a minute that the relay allows, kept by all workers together", "none"),
    "heartbeat_url": ("asked for (GET) each minute in which all is proven well (the watch)", "none"),
    "admin_url": ("Apprise URL with its recipient: whom to tell when something is wrong", "none"),
}

_THAI: Told = {
    "home": ("โฟลเดอร์ของการติดตั้งหนึ่งชุด ระบุได้เฉพาะในตัวแปรสภาพแวดล้อม", "`./tracker-home`"),
    "agency": ("ชื่อหน่วยงานในข้อความ", "จาก `tracker init`"),
    "database_url": ("PostgreSQL (`postgresql+psycopg://...`) หรือ SQLite", "ไฟล์ SQLite ในโฟลเดอร์"),
    "redis_url": ("ตัวกลางของ Celery", "Redis ส่วนตัวที่ `tracker up` เปิดให้"),
    "email_url": ("URL ของ Apprise แบบ `mailto://` หรือ `mailtos://` โดยไม่ระบุผู้รับ", "ไม่มี: ไม่ใช้อีเมล"),
    "bounce_url": (
        "กล่องจดหมายตีกลับ: `imaps://user:password@host/INBOX` หรือ `maildir:///path`",
        "ไม่มี: ไม่ทราบว่าอีเมลตีกลับ",
    ),
    "line_token": ("channel access token ของ LINE", "ไม่มี: ไม่ใช้ LINE"),
    "line_api_url": ("ที่อยู่ของ LINE API", "ที่อยู่ทางการ"),
    "channels": ("ช่องทางอื่นของ Apprise ที่ไฟล์รายชื่อใช้ได้ เช่น `tgram`", "ไม่มี"),
    "sweep_every": ("จำนวนวินาทีระหว่างการตรวจแต่ละรอบ", "`60`"),
    "office_hours": ("ช่วงเวลาที่ส่งข้อความ ตามเวลากรุงเทพ", "`08:30-16:30`"),
    "email_rate": ("จำนวนข้อความต่อนาทีที่เครื่องแม่ข่ายอีเมลยอมรับ รวมทุก worker", "ไม่มี"),
    "heartbeat_url": ("ที่อยู่ที่ระบบเรียก (GET) ทุกนาทีเมื่อพิสูจน์แล้วว่าปกติ", "ไม่มี"),
    "admin_url": ("URL ของ Apprise พร้อมผู้รับ: ผู้ที่จะแจ้งเมื่อมีสิ่งผิดปกติ", "ไม่มี"),
}

SETTINGS: dict[Lang, Told] = {"en": _ENGLISH, "th": _THAI}

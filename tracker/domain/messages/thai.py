"""The words of messages in formal Thai: polite, accusing nobody, naming units only."""

from datetime import date

from schedules.calendars import ERA
from tracker.domain.messages.words import Words
from tracker.domain.thai.dates import SHORT_MONTHS, weekday_day
from tracker.domain.thai.numerals import thai


def _short_day(day: date) -> str:
    return f"{_day_month(day)} {thai(day.year + ERA)}"


def _day_month(day: date) -> str:
    return f"{thai(day.day)} {SHORT_MONTHS[day.month - 1]}"


THAI = Words(
    number=thai,
    digits=thai,
    days=lambda count: f"{thai(count)} วัน",
    tasks=lambda count: f"{thai(count)} เรื่อง",
    day=weekday_day,
    short_day=_short_day,
    day_month=_day_month,
    dear="เรียน {name}",
    sections={
        "follow-up": "ติดตามครั้งที่ {n}",
        "overdue": "เกินกำหนดแล้ว",
        "today": "ครบกำหนดวันนี้",
        "coming": "ใกล้ครบกำหนด",
        "notice": "เรื่องที่ควรทราบ",
    },
    counted="{title} ({tasks})",
    parts={
        "follow-up": "เกินกำหนดและอยู่ระหว่างติดตาม {tasks}",
        "overdue": "เกินกำหนดแล้ว {tasks}",
        "today": "ครบกำหนดวันนี้ {tasks}",
        "coming": "ใกล้ครบกำหนด {tasks}",
    },
    between=" ",
    most="นานสุด {days}",
    left="อีก {days}",
    today="ครบกำหนดวันนี้",
    past="เกินกำหนดมาแล้ว {days}",
    followed="ติดตามครั้งที่ {n} {past}",
    due_short="กำหนด {day}",
    and_more="และอีก {count} รายการ",
    openings={
        "owner": (
            "ด้วย{agency} ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ITA) "
            "จึงขอเรียนแจ้งเรื่องในความรับผิดชอบของหน่วยงานของท่าน จำนวน {tasks} ({parts}) "
            "โดยมีรายละเอียดดังต่อไปนี้"
        ),
        "owner-late": (
            "ตามที่{agency} ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ITA) นั้น "
            "ขณะนี้ยังมีเรื่องที่ไม่ปรากฏผลในระบบติดตาม จึงขอเรียนเรื่องในความรับผิดชอบของหน่วยงานของท่าน "
            "จำนวน {tasks} ({parts}) โดยมีรายละเอียดดังต่อไปนี้"
        ),
        "above": (
            "ตามที่{agency} ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ITA) นั้น "
            "ขอเรียนสถานะการดำเนินงานของหน่วยงานที่เกี่ยวข้อง "
            "จำนวน {tasks} ({parts}) โดยมีรายละเอียดดังต่อไปนี้"
        ),
    },
    besides="อนึ่ง {opening}",
    measure="มาตรการ",
    measure_number="ข้อ {number} {title}",
    due="กำหนด",
    source="ที่มา",
    reference_to="อ้างถึง",
    task="เลขที่งาน",
    addressed="หมายเหตุ",
    quoted="“{phrase}”",
    place={"line": "แผนฯ บรรทัดที่ {n}", "page": "แผนฯ หน้า {n}", "row": "แผนฯ แถวที่ {n}", "part": "แผนฯ ส่วนที่ {n}"},
    inferred="กำหนดวันตามการตีความข้อความนี้",
    policy="ตามนโยบายการรายงานของหน่วยงาน",
    first_notice="การแจ้งครั้งแรกเมื่อ{day}",
    last_follow_up=" และการติดตามครั้งก่อนเมื่อ{day}",
    told_first=" แจ้งครั้งแรก {day}",
    moved_up="เสนอเรื่องนี้ต่อท่านโดยตรง เนื่องจาก{because}",
    acting_for="ปฏิบัติราชการแทน",
    why="เหตุที่ท่านได้รับข้อความนี้",
    whys={
        "owner": "ท่านเป็นผู้รับผิดชอบของหน่วยงานที่ระบุไว้ในแผน",
        "supervisor": "ท่านเป็นผู้กำกับดูแลหน่วยงานที่รับผิดชอบ และเรื่องดังกล่าวถึงลำดับที่ต้องเรียนให้ท่านทราบ",
        "executive": "ท่านเป็นผู้บริหารของหน่วยงาน และเรื่องดังกล่าวถึงลำดับที่ต้องเรียนให้ผู้บริหารทราบ",
        "coordinator": "ท่านเป็นผู้ประสานงาน ITA และยังไม่มีผู้รับรายอื่นที่สามารถติดต่อได้",
    },
    whys_acting={
        "owner": "ท่านปฏิบัติราชการแทน {name} ผู้รับผิดชอบของหน่วยงานที่ระบุไว้ในแผน",
        "supervisor": ("ท่านปฏิบัติราชการแทน {name} ผู้กำกับดูแลหน่วยงานที่รับผิดชอบ และเรื่องดังกล่าวถึงลำดับที่ต้องเรียนให้ผู้กำกับดูแลทราบ"),
        "executive": "ท่านปฏิบัติราชการแทน {name} ผู้บริหารของหน่วยงาน และเรื่องดังกล่าวถึงลำดับที่ต้องเรียนให้ผู้บริหารทราบ",
        "coordinator": "ท่านปฏิบัติราชการแทน {name} ผู้ประสานงาน ITA และยังไม่มีผู้รับรายอื่นที่สามารถติดต่อได้",
    },
    next="การดำเนินการต่อไป",
    nexts={
        "owner": "โปรดดำเนินการและส่งรายงานผลพร้อมหลักฐานถึง{contact} เพื่อให้ผู้ประสานงานบันทึกผลในระบบ",
        "supervisor": ("โปรดพิจารณากำกับติดตามให้แล้วเสร็จ และแจ้งผลหรือวันที่คาดว่าจะแล้วเสร็จถึง{contact}"),
        "executive": "โปรดพิจารณาสั่งการตามที่เห็นสมควร โดยแจ้งผลหรือข้อสั่งการถึง{contact}",
        "coordinator": "โปรดประสานหน่วยงานที่รับผิดชอบ และปรับปรุงรายชื่อผู้รับการแจ้งเตือนให้เป็นปัจจุบัน",
    },
    report_has=("รายงานควรประกอบด้วยผลการดำเนินงาน หลักฐาน ปัญหา อุปสรรค และข้อเสนอแนะ (หากไม่มี โปรดระบุว่า “ไม่มี”)"),
    need_time="หากต้องการเวลาเพิ่มเติม โปรดแจ้งผู้ประสานงานพร้อมวันที่คาดว่าจะส่ง",
    apology="หากหน่วยงานได้ส่งรายงานแล้ว ขออภัยมา ณ ที่นี้ และโปรดแจ้งให้ผู้ประสานงานตรวจสอบการบันทึกผล",
    coordinator="ผู้ประสานงาน ITA",
    by_email=" (อีเมล {email})",
    phone="โทร. {phone}",
    ask="สอบถามเพิ่มเติม",
    reference="เลขอ้างอิง",
    closings={
        "owner": "จึงเรียนมาเพื่อโปรดดำเนินการ",
        "supervisor": "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ",
        "executive": "จึงเรียนมาเพื่อโปรดพิจารณา",
        "coordinator": "จึงเรียนมาเพื่อโปรดดำเนินการ",
    },
    footer="ข้อความนี้จัดส่งโดยอัตโนมัติ จากระบบติดตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสของ{agency}",
    subject_one={
        "follow-up": "ติดตามครั้งที่ {n} {unit}{title} เกิน {days}",
        "overdue": "{unit}{title} เกินกำหนดมาแล้ว {days}",
        "today": "{unit}{title} ครบกำหนดวันนี้ {day}",
        "coming": "{unit}{title} กำหนด {day}",
    },
    subject_many={
        "follow-up": "ติดตามครั้งที่ {n} {unit}งาน ITA {tasks} เกินกำหนด {days}",
        "overdue": "{unit}งาน ITA {tasks} เกินกำหนด {days}",
        "today": "{unit}งาน ITA {tasks} ครบกำหนดวันนี้ {day}",
        "coming": "{unit}งาน ITA {tasks} เรื่องแรกกำหนด {day}",
    },
    and_others=" และอีก {tasks}",
)

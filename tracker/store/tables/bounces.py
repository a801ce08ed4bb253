"""What came back: the addresses that are off, the reports that were acted on, how far mailboxes are read."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class AddressOffRow(SQLModel, table=True):
    """One address of one person is not used, because a mail system or LINE refused it for good.

    The address is part of the key: a person who gets another address is reached there at once.
    """

    __tablename__ = "address_off"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    since: datetime
    why: str


class BounceRow(SQLModel, table=True):
    """A delivery report that was acted on; `key` is made of its Message-ID, so that it is acted on once."""

    __tablename__ = "bounce"
    key: str = Field(primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    at: datetime


class MailboxRow(SQLModel, table=True):
    """How far a mailbox was read: its UIDVALIDITY, and the highest UID that was looked at (RFC 9051, 2.3.1.1)."""

    __tablename__ = "mailbox"
    name: str = Field(primary_key=True)
    validity: int = Field(sa_type=BigInteger)  # both are unsigned and have 32 bits
    uid: int = Field(sa_type=BigInteger)

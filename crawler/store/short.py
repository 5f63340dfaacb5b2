"""Short forms of what stands in nearly every row: record ids, moments, hashes. What does not fit a form stands as it is.

SQLite keeps bytes as bytes in a column of texts, so rows of both kinds may stand side by side in a file that an earlier version
began.
"""

import hashlib
import struct
from datetime import datetime, timedelta, timezone

Short = str | bytes

_CHINA = timezone(timedelta(hours=8))
_SECONDS = struct.Struct(">I")


def short_id(record_id: str) -> Short:
    """``<urn:uuid:…>`` in 16 bytes."""
    short = short_hex(record_id[10:-1].replace("-", ""))
    return short if isinstance(short, bytes) and len(short) == 16 and long_id(short) == record_id else record_id


def long_id(stored: Short) -> str:
    """The record id behind a short one."""
    if isinstance(stored, str):
        return stored
    digits = stored.hex()
    return f"<urn:uuid:{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}>"


def both_ids(record_id: str) -> tuple[str, Short]:
    """A record id as files of every version may hold it."""
    return record_id, short_id(record_id)


def short_time(at: str) -> Short:
    """``2026-11-22T10:00:00+08:00`` in 4 bytes."""
    try:
        short = _SECONDS.pack(int(datetime.fromisoformat(at).timestamp()))
    except (ValueError, OverflowError, struct.error):
        return at
    return short if long_time(short) == at else at


def long_time(stored: Short) -> str:
    """The moment behind a short one."""
    return stored if isinstance(stored, str) else datetime.fromtimestamp(_SECONDS.unpack(stored)[0], _CHINA).isoformat()


def short_hex(digits: str) -> Short:
    """Hexadecimal digits, two in a byte."""
    try:
        short = bytes.fromhex(digits)
    except ValueError:
        return digits
    return short if short.hex() == digits and short else digits


def long_hex(stored: Short) -> str:
    """The digits behind a short form."""
    return stored if isinstance(stored, str) else stored.hex()


def key_number(key: str) -> int:
    """64 bits that tell one address key from another."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True)

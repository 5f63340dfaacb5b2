"""Members of zip archives, read in memory: nothing is ever written to a path that an archive names."""

import zipfile
from collections.abc import Callable, Iterator

from crawler.attachments.markup import member, open_archive
from crawler.attachments.model import AttachmentBroken, AttachmentLimits, AttachmentText, AttachmentUnreadable, State

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")

_WORST: tuple[State, ...] = ("read", "empty", "image-only", "too-large", "encrypted", "unreadable")
"""Of the members' states the last one here is the archive's; what is broken inside does not break the archive."""

ReadMember = Callable[[bytes, str], AttachmentText]


class Allowance:
    """What may still be unpacked, over all archives within one another."""

    def __init__(self, limits: AttachmentLimits) -> None:
        self.members = limits.members
        self.bytes = limits.unpacked_bytes

    def take(self, size: int) -> bool:
        self.members -= 1
        self.bytes -= size
        return self.members >= 0 and self.bytes >= 0


def read_archive(body: bytes, limits: AttachmentLimits, allowance: Allowance, read: ReadMember) -> AttachmentText:
    """Texts of all members under their names; ``read`` reads one."""
    with open_archive(body, limits) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not _is_junk(info.filename)]
        if not infos:
            return AttachmentText(kind="zip", state="empty", reason="no-members")
        parts: list[str] = []
        states: list[State] = []
        for name, text in _texts(archive, infos, allowance, read):
            states.append(text.state if text.state in _WORST else "unreadable")
            parts.append(f"{name}\n{text.text}")
            if sum(map(len, parts)) > limits.max_chars:
                states.append("too-large")
                break
    state = max(states, key=_WORST.index)
    if all(each == "encrypted" for each in states):
        return AttachmentText(kind="zip", state="encrypted")
    if state in {"read", "empty"}:
        return AttachmentText(kind="zip", text="\n".join(parts))
    reason = "members" if state != "encrypted" else "some-members"
    return AttachmentText(kind="zip", text="\n".join(parts), state="unreadable" if state == "encrypted" else state, reason=reason)


def _texts(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], allowance: Allowance, read: ReadMember
) -> Iterator[tuple[str, AttachmentText]]:
    for info in infos:
        name = member_name(info)
        if info.flag_bits & _ENCRYPTED:
            yield name, AttachmentText(kind="", state="encrypted")
        elif not allowance.take(info.file_size):
            yield name, AttachmentText(kind="", state="too-large", reason="members")
            return
        else:
            try:
                data = member(archive, info.filename)
            except (AttachmentBroken, AttachmentUnreadable):
                yield name, AttachmentText(kind="", state="unreadable", reason="bad-part")
                continue
            yield name, read(data, name)


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's own name without folders; names that are not marked as UTF-8 are GBK on Chinese machines."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode()
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").rpartition("/")[2][:200]


def _is_junk(name: str) -> bool:
    return name.startswith(_JUNK[0]) or name.endswith(_JUNK[1:])

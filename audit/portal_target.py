"""The portal that a command is asked for: an address, or a portal.yaml."""

from pathlib import Path

from audit.errors import UsageInvalid
from audit.portal_file import PortalFile, check_web_address


def portal_of(target: str) -> PortalFile:
    """The portal named by an address or a portal.yaml; raises :class:`UsageInvalid` when it is neither."""
    if "://" not in target and (target.endswith((".yaml", ".yml")) or Path(target).is_file()):
        if not Path(target).is_file():
            raise UsageInvalid(f"找不到文件 {target}，请检查路径，或直接给出门户首页的网址。")
        from audit.portal_reader import read_portal_file  # noqa: PLC0415  loads pydantic, which an address can do without

        return read_portal_file(Path(target))
    address = target if "://" in target else f"http://{target}"
    try:
        return PortalFile(url=check_web_address(address))
    except ValueError as error:
        raise UsageInvalid(f"{error}，例如 http://www.example.gov.cn/。") from error

"""What can go wrong before or around an audit, each with a stable code and one Chinese sentence.

::

    AuditError                 code          exit code
    ├── UsageInvalid           usage         2   the user asked for something impossible
    ├── PortalFileInvalid      portal-file   2   portal.yaml cannot be used
    ├── DeadlinesInvalid       deadlines     2   deadlines.yaml cannot be used
    ├── OutputUnwritable       output        2   --out or --data cannot be written
    ├── RunNotFound            run           2   no such run folder, or an incomplete one
    └── PortalUnreachable      unreachable   4   the portal's home page did not open, or the run is void
"""

from typing import ClassVar


class AuditError(Exception):
    """Base: ``str(error)`` is one Chinese sentence (or one per line) that says what, where, and what to do."""

    code: ClassVar[str] = "audit"
    exit_code: ClassVar[int] = 2


class UsageInvalid(AuditError):
    code = "usage"


class PortalFileInvalid(AuditError):
    code = "portal-file"


class DeadlinesInvalid(AuditError):
    code = "deadlines"


class OutputUnwritable(AuditError):
    code = "output"


class RunNotFound(AuditError):
    code = "run"


class PortalUnreachable(AuditError):
    code = "unreachable"
    exit_code = 4

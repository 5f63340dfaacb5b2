"""What can go wrong before or around an audit, each with a stable code and one Chinese sentence.

::

    AuditError                 code          exit code
    ├── UsageInvalid           usage         2   the user asked for something impossible
    ├── PortalFileInvalid      portal-file   2   portal.yaml cannot be used
    ├── DeadlinesInvalid       deadlines     2   deadlines.yaml cannot be used
    ├── IntakeRefused          intake        2   a list of problems cannot be imported
    ├── NightBusy              night         2   another night uses the data folder
    ├── AccountListInvalid     account-list  2   the list of 政务新媒体 accounts cannot be used
    ├── OutputUnwritable       output        2   --out or --data cannot be written
    ├── RunNotFound            run           2   no such run folder, or an incomplete one
    ├── LedgerUnusable         ledger        2   the ledger is broken, foreign, locked or of a newer program
    ├── TicketNotFound         ticket        2   no such ticket
    ├── TransitionRefused      transition    2   this cannot be done to the ticket now, or not by this person
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


class IntakeRefused(AuditError):
    code = "intake"


class NightBusy(AuditError):
    code = "night"


class AccountListInvalid(AuditError):
    code = "account-list"


class OutputUnwritable(AuditError):
    code = "output"


class RunNotFound(AuditError):
    code = "run"


class LedgerUnusable(AuditError):
    code = "ledger"


class TicketNotFound(AuditError):
    code = "ticket"


class TransitionRefused(AuditError):
    code = "transition"


class PortalUnreachable(AuditError):
    code = "unreachable"
    exit_code = 4

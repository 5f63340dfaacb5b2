"""What can go wrong with a report, each with a stable code and one Chinese sentence.

::

    ReportError              code
    ├── OutputUnwritable     output-unwritable   the report set cannot be written; earlier files are as they were
    └── ResultInvalid        result-invalid      the file is no result this version can read (``reports.result``)
"""

from typing import ClassVar


class ReportError(Exception):
    """Base: ``str(error)`` is one Chinese sentence that says what, where, and what to do."""

    code: ClassVar[str] = "report"


class OutputUnwritable(ReportError):
    code = "output-unwritable"

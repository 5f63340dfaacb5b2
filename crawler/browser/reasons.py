"""Why a page that a script fills was not read with a browser; in words in the rules' ``words.yaml``."""

NO_BROWSER = "no-browser"
BROWSER_OFF = "browser-off"
BROWSER_BUDGET = "browser-budget"
BROWSER_FAILED = "browser-failed"

REASONS = frozenset({NO_BROWSER, BROWSER_OFF, BROWSER_BUDGET, BROWSER_FAILED})

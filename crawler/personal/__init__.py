"""Numbers of persons in texts: found, masked, and put to a keyed hash, so that nothing but the captures holds the plain ones."""

from crawler.personal.guard import guarded, keyed, run_key
from crawler.personal.masking import Masker, masked_number
from crawler.personal.scan import Found, find_personal, may_hold_numbers

__all__ = ["Found", "Masker", "find_personal", "guarded", "keyed", "masked_number", "may_hold_numbers", "run_key"]

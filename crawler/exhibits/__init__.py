"""A captured page as an exhibit: harmless, shown from disk, with the quoted place marked."""

from crawler.exhibits.annotated import annotated_page
from crawler.exhibits.exhibit import CSP, Exhibit, Label, make_exhibit

__all__ = ["CSP", "Exhibit", "Label", "annotated_page", "make_exhibit"]

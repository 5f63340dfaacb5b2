"""台账: tickets that live through nights, in one database. Django lives here and nowhere else; nothing here fetches or judges."""

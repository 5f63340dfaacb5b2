"""Pure readers: a parsed page in, values with their evidence out. One file per question, one parse per page."""

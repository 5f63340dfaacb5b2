"""Shows: a versioned result as HTML, xlsx and JSON. A leaf: renders last year's result without today's rules."""

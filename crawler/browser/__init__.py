"""A browser for pages that only a script can fill: it draws, and everything it asks for is asked by the crawl."""

-- Facts of one run. Version 3; the number stands in PRAGMA user_version.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL -- JSON
) WITHOUT ROWID;

-- What a crawl has to know of its own course when it is taken up again after an interruption.
CREATE TABLE memory (
    part TEXT NOT NULL, -- trap file look named
    key TEXT NOT NULL,
    value NOT NULL, -- JSON; of named: 64 bits for each key (crawler.store.short)
    PRIMARY KEY (part, key)
) WITHOUT ROWID;

-- Every address met, once.
CREATE TABLE target (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE, -- crawler.addresses.url_key, with method and body for requests of list data
    url TEXT NOT NULL, -- as first met
    kind TEXT NOT NULL, -- page attachment image script css other
    internal INTEGER NOT NULL,
    state INTEGER NOT NULL, -- crawler.targets.State
    reason TEXT NOT NULL, -- why skipped, or kind of failure
    alias INTEGER, -- target it forwards to
    final_url TEXT NOT NULL, -- address that answered, when it is another spelling or a foreign one
    rank INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    part_of TEXT, -- address of the page this answer completes
    root TEXT, -- key of the first page of the list this one continues
    inbred INTEGER NOT NULL,
    request TEXT -- JSON of DataRequest, for list data
);

CREATE INDEX target_part_of ON target (part_of) WHERE part_of IS NOT NULL;

-- Attempts to open an address, oldest first.
CREATE TABLE try (
    target INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at NOT NULL, -- crawler.store.short
    status INTEGER,
    failure TEXT, -- crawler.facts.FailureKind; NULL: it opened
    detail TEXT NOT NULL,
    final INTEGER NOT NULL,
    capture NOT NULL, -- crawler.store.short
    PRIMARY KEY (target, number)
) WITHOUT ROWID;

-- What answered and is no page of the portal: attachments, pictures, foreign pages.
CREATE TABLE answer (
    target INTEGER PRIMARY KEY,
    status INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    magic TEXT NOT NULL, -- type by the first bytes
    size INTEGER, -- bytes, from Content-Length or because it was read whole
    complete INTEGER NOT NULL, -- 1: the capture holds all of it
    capture NOT NULL -- crawler.store.short
);

CREATE TABLE page (
    target INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    page_key TEXT NOT NULL, -- crawler.addresses.page_key
    final_key TEXT NOT NULL, -- page_key of the address that answered; '': the same
    part_of TEXT, -- page_key of the page it completes
    outside INTEGER NOT NULL, -- 1: a foreign page, read for its title and words only
    kind TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL, -- Last-Modified as sent
    body_hash NOT NULL, -- crawler.store.short
    facts BLOB NOT NULL, -- PageFacts, packed (crawler.store.page_codec)
    prefix INTEGER, -- template: the links before the page's own
    suffix INTEGER, -- template: the links after them
    own BLOB NOT NULL, -- targets of the page's own links, unsigned 32 bit
    texts BLOB NOT NULL -- zlib of JSON of [text, element, place] of the same links
);
CREATE INDEX page_url ON page (url);
CREATE INDEX page_page_key ON page (page_key);
CREATE INDEX page_final_key ON page (final_key) WHERE final_key != '';
CREATE INDEX page_part_of ON page (part_of) WHERE part_of IS NOT NULL;

-- Runs of links that many pages have in common: menus, banners, feet.
CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    own BLOB NOT NULL,
    texts BLOB NOT NULL
);

-- Menus: column_links and unit_links of pages, which name them by number.
CREATE TABLE menu (
    id INTEGER PRIMARY KEY, -- of their bytes
    links BLOB NOT NULL -- zlib of JSON of ColumnLink or UnitLink
);

-- Later looks at a page, apart in time.
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY,
    page_key TEXT NOT NULL,
    part_of TEXT,
    at TEXT NOT NULL,
    facts BLOB NOT NULL
);
CREATE INDEX sighting_page_key ON sighting (page_key);
CREATE INDEX sighting_part_of ON sighting (part_of) WHERE part_of IS NOT NULL;

-- Where each WARC record stands in captures.warc.gz.
CREATE TABLE capture (
    id PRIMARY KEY, -- crawler.store.short
    start INTEGER NOT NULL,
    length INTEGER NOT NULL
) WITHOUT ROWID;

-- Attachments of the portal's own hosts, as far as they were read.
CREATE TABLE attachment (
    target INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, -- by its bytes
    claimed TEXT NOT NULL, -- by its name
    state TEXT NOT NULL, -- crawler.attachments.model.State
    reason TEXT NOT NULL,
    pages INTEGER,
    size INTEGER,
    title TEXT NOT NULL,
    capture NOT NULL, -- crawler.store.short
    fetched_at NOT NULL, -- crawler.store.short
    times_seen INTEGER NOT NULL, -- fetches apart in time that showed this state
    personal TEXT NOT NULL, -- JSON of PersonalNumber, masked
    text BLOB NOT NULL -- zlib, masked
);

-- What the assembly made of the pages.
CREATE TABLE assembled (
    part TEXT NOT NULL, -- portal department column
    number INTEGER NOT NULL,
    facts BLOB NOT NULL,
    PRIMARY KEY (part, number)
) WITHOUT ROWID;

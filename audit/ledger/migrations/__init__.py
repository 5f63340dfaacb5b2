"""The steps of the ledger's schema, oldest first; a step that was released is never changed."""

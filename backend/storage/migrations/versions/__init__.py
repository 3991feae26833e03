"""The changes of the schema, oldest first. A new one is added to `schema.REVISIONS` and to `tables`."""

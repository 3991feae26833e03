"""The history of the schema: one module in `versions` for each change, run by `schema.migrate`."""

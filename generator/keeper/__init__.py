"""The ledger at a repository: opened, held against its keys, appended to, and built from."""

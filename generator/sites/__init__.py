"""Corpus → plan → shells (MkDocs) → filled pages: every site of the group as a folder of files."""

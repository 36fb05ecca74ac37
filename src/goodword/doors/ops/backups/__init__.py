"""Backup and restore: the database, the attachments and the keys in one file, with counts and digests."""

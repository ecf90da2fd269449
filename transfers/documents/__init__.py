"""The border where a policy document comes in: read, checked, and pointed at, line by line."""

from transfers.documents.load import Document, read_document

__all__ = ["Document", "read_document"]

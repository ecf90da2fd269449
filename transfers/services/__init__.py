"""Lists of services: what they lack, and what their items cost."""

from transfers.services.completeness import Completeness, completeness

__all__ = ["Completeness", "completeness"]

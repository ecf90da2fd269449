"""The table of districts: read strictly, typed, checked and joined."""

from transfers.districts.columns import (
    BooleanColumn,
    Column,
    InputSpec,
    NumberColumn,
    TextColumn,
)
from transfers.districts.raw import RawTable, read_table
from transfers.districts.table import Districts, JoinSpec, Source, TableSpec, build_districts

__all__ = [
    "BooleanColumn",
    "Column",
    "Districts",
    "InputSpec",
    "JoinSpec",
    "NumberColumn",
    "RawTable",
    "Source",
    "TableSpec",
    "TextColumn",
    "build_districts",
    "read_table",
]

"""The table of districts: read strictly, typed, checked and joined."""

from transfers.districts.changed import multiplied
from transfers.districts.columns import (
    BooleanColumn,
    Column,
    InputSpec,
    NumberColumn,
    TextColumn,
)
from transfers.districts.header import Wanted
from transfers.districts.matching import JoinSpec, TableSpec
from transfers.districts.raw import RawTable, read_table
from transfers.districts.table import Districts, Source, build_districts

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
    "Wanted",
    "build_districts",
    "multiplied",
    "read_table",
]

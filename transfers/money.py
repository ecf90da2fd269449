"""Money: a currency, the unit amounts are written in, and the smallest payable sum."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from transfers.arithmetic.decimals import decimal_places, fixed_decimal


class Money(Struct, frozen=True):
    """What amounts are counted in.

    Parameters
    ----------
    currency : str
        ISO code, such as ``CNY``.
    unit : str
        What a document's amounts are written in, such as 万元.
    unit_scale : Fraction, currency
        Whole currency units in one `unit`: 10000 for 万元.
    quantum : Fraction, units
        The smallest payable sum; amounts are whole numbers of quanta. Above 0, and a decimal.
    """

    currency: str
    unit: str
    unit_scale: Fraction
    quantum: Fraction

    def __post_init__(self) -> None:
        if self.quantum <= 0 or decimal_places(self.quantum) is None:
            raise ValueError(f"a quantum is a decimal above 0, not {self.quantum}")

    @property
    def places(self) -> int:
        """Return the digits behind the point that a whole number of quanta needs."""
        return decimal_places(self.quantum) or 0

    def to_quanta(self, amount: Fraction) -> Fraction:
        """Return an amount in units as quanta, exact: not always a whole number.

        Examples
        --------
        >>> Money("CNY", "万元", Fraction(10000), Fraction(1, 4)).to_quanta(Fraction(3, 2))
        Fraction(6, 1)
        """
        return amount / self.quantum

    def in_units(self, quanta: int | Fraction) -> Fraction:
        """Return quanta as an exact amount in units."""
        return quanta * self.quantum

    def format_quanta(self, quanta: int) -> str:
        """Write an amount for a data file: in units, plain, with the quantum's decimals.

        Examples
        --------
        >>> Money("CNY", "万元", Fraction(10000), Fraction(1, 100)).format_quanta(108025)
        '1080.25'
        """
        return fixed_decimal(self.in_units(quanta), self.places, "")

    def format_for_people(self, quanta: int | Fraction, places: int | None = None) -> str:
        """Write an amount for a reader: in units, thousands separated.

        Parameters
        ----------
        quanta : int or Fraction, quanta
            A Fraction where the figure was not rounded, such as an entitlement.
        places : int, optional
            Digits behind the point, rounded half away from zero; the quantum's by default.

        Examples
        --------
        >>> Money("CNY", "万元", Fraction(10000), Fraction(1)).format_for_people(1030)
        '1,030'
        >>> Money("CNY", "万元", Fraction(10000), Fraction(1)).format_for_people(
        ...     Fraction(3092905, 3000), places=2
        ... )
        '1,030.97'
        """
        return fixed_decimal(self.in_units(quanta), self.places if places is None else places, ",")

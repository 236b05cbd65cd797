"""NPI, DEA, EIN, licences, states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.reference import dea, ein, licences, npi, us_states


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        ("1234567893", True),
        ("1234567890", False),
        ("1245319599", True),
        ("123-456-7893", True),
        ("3234567893", False),
        ("123456789", False),
        ("", False),
    ],
)
def test_the_check_digit_of_an_npi(number: str, holds: bool) -> None:
    assert npi.check_digit_holds(number) is holds


@given(st.integers(min_value=100_000_000, max_value=299_999_999))
def test_exactly_one_last_digit_fits_an_npi(first_nine: int) -> None:
    assert sum(npi.check_digit_holds(f"{first_nine}{last}") for last in range(10)) == 1


@given(st.integers(min_value=100_000_000, max_value=299_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes(first_nine: int, place: int, shift: int) -> None:
    right = next(f"{first_nine}{last}" for last in range(10) if npi.check_digit_holds(f"{first_nine}{last}"))
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not npi.check_digit_holds(wrong)


def test_samples_and_repeated_digits_are_nobodys() -> None:
    assert npi.is_sample("1234567893")
    assert npi.is_sample("1111111112")
    assert not npi.is_sample("1457389206")


def test_dea_numbers() -> None:
    assert dea.check_digit_holds("AP5836727")
    assert dea.check_digit_holds("ap 5836727")
    assert not dea.check_digit_holds("AP5836728")
    assert dea.normalise("A15836727") is None
    assert dea.fits_name("AP5836727", "Patel") is True
    assert dea.fits_name("AP5836727", "Okafor") is False
    assert dea.fits_name("A95836727", "Okafor") is None


def test_tax_ids() -> None:
    assert ein.normalise("12 3456789") == "12-3456789"
    assert ein.normalise("123-45-6789") is None
    assert ein.plausible("12-3456789")
    assert not ein.plausible("07-1234567")


@pytest.mark.parametrize(
    ("number", "state", "written"),
    [
        ("35.108842", "Ohio", "OH 35.108842"),
        ("OH-35.108842", None, "OH 35.108842"),
        ("CA A 98765", None, "CA A 98765"),
        ("#ME123456", "FL", "FL ME123456"),
        ("PT.012345", None, "PT.012345"),
        ("number", None, None),
        ("123", None, None),
        ("12345678901234", None, None),
    ],
)
def test_licence_numbers_keep_their_own_writing(number: str, state: str | None, written: str | None) -> None:
    assert licences.normalise(number, state) == written


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("N.Y.", "NY"),
        ("new  york", "NY"),
        ("Calif.", "CA"),
        ("OH", "OH"),
        ("D.C.", "DC"),
        ("Ontario", None),
        ("", None),
    ],
)
def test_states_by_name(text: str, code: str | None) -> None:
    assert us_states.normalise(text) == code


@pytest.mark.parametrize(
    ("zip_code", "state"),
    [("97110", "OR"), ("43215-1234", "OH"), ("10001", "NY"), ("02134", "MA"), ("00000", None), ("4321", None)],
)
def test_states_by_zip(zip_code: str, state: str | None) -> None:
    assert us_states.of_zip(zip_code) == state

"""Settings come from the environment, and a mistake in them stops docscan at the start."""

import pytest

from docscan.errors import SettingsError
from docscan.settings import Settings, read_settings


def test_a_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCSCAN_MAX_PAGES", "7")
    assert read_settings().max_pages == 7


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DOCSCAN_MAX_PAGE", "7", "DOCSCAN_MAX_PAGE is not a setting"),
        ("docscan_max_page", "7", "docscan_max_page is not a setting"),
        ("DOCSCAN_MAX_PAGES", "many", "DOCSCAN_MAX_PAGES cannot be used"),
        ("DOCSCAN_MAX_PAGES", "0", "DOCSCAN_MAX_PAGES cannot be used"),
        ("DOCSCAN_ENGINE", "abbyy", "DOCSCAN_ENGINE cannot be used"),
        ("DOCSCAN_PORT", "99999", "DOCSCAN_PORT cannot be used"),
    ],
)
def test_a_mistake_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=said):
        read_settings()


def test_a_misspelt_name_is_answered_with_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCSCAN_MAX_BYTE", "1")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "DOCSCAN_MAX_BYTES" in caught.value.remedy


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []

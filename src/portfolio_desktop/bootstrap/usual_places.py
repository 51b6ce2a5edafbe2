"""Where this system keeps a user's settings, log, cache and documents, unless `--home` names a folder for all of them."""

from __future__ import annotations

from platformdirs import PlatformDirs

from portfolio_desktop.places import NAME, Places


def usual_places() -> Places:
    """The system's usual places; creates nothing."""
    usual = PlatformDirs(NAME, appauthor=False)
    return Places(
        settings=usual.user_config_path / "settings.json",
        log=usual.user_log_path,
        cache=usual.user_cache_path,
        default_library=usual.user_documents_path / "學習歷程",
        sample=usual.user_data_path / "sample",
    )

import json
import logging
import os
from pathlib import Path

import pytest

from portfolio_desktop import messages
from portfolio_desktop.bootstrap.ground import LOG_NAME, keep_log, lay


def test_laying_the_ground_writes_nothing(tmp_path):
    ground = lay(tmp_path / "home")
    assert ground.places.settings == tmp_path / "home" / "settings.json"
    assert list(tmp_path.iterdir()) == []


def test_the_language_asked_for_wins_over_the_remembered_one(tmp_path):
    (tmp_path / "settings.json").write_text(json.dumps({"language": "en"}), encoding="utf-8")
    lay(tmp_path, "zh_TW")
    assert messages.current() == "zh_TW"


def test_rules_and_forms_are_read_once(tmp_path):
    ground = lay(tmp_path)
    assert ground.rules is lay(tmp_path).rules
    assert ground.forms is lay(tmp_path).forms
    assert ground.rules.for_year(113).quota("course") == 6


def test_the_last_library_is_remembered(tmp_path):
    (tmp_path / "庫").mkdir()
    ground = lay(tmp_path / "home").remember(tmp_path / "庫")
    assert ground.settings.last_library == str(tmp_path / "庫")
    assert lay(tmp_path / "home").settings.last_library == str(tmp_path / "庫")


def test_remembering_the_same_library_again_does_not_touch_the_file(tmp_path):
    ground = lay(tmp_path / "home").remember(tmp_path)
    ground.places.settings.unlink()
    assert ground.remember(tmp_path) is ground
    assert not ground.places.settings.exists()


def test_work_goes_on_where_nothing_can_be_remembered(tmp_path, caplog):
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    ground = lay(tmp_path / "home").remember(tmp_path)
    assert ground.settings.last_library == str(tmp_path)
    assert "could not be remembered" in caplog.text


def test_the_log_begins_with_its_first_line(tmp_path):
    places = lay(tmp_path).places
    with keep_log(places) as path:
        assert not path.parent.exists()
        logging.getLogger("portfolio_desktop.somewhere").info("水質 %s", "報告")
    assert path == places.log / LOG_NAME
    assert "水質 報告" in path.read_text(encoding="utf-8")


def test_the_log_is_put_down_afterwards(tmp_path):
    before = list(logging.getLogger().handlers)
    with keep_log(lay(tmp_path).places):
        assert logging.getLogger().handlers != before
    assert logging.getLogger().handlers == before


def test_the_log_is_kept_small(tmp_path):
    with keep_log(lay(tmp_path).places) as path:
        for number in range(30):
            logging.getLogger("portfolio_desktop").info("%d %s", number, "x" * 200_000)
    files = sorted(path.parent.iterdir())
    assert len(files) == 3
    assert all(file.stat().st_size <= 1_300_000 for file in files)


@pytest.mark.parametrize("name", ["in-the-way", "caf\udce9"])
def test_a_log_that_cannot_be_written_disturbs_nothing(tmp_path, capfd, name):
    home = Path(os.fsdecode(os.fsencode(tmp_path / name)))
    home.write_text("no folder", encoding="utf-8")
    with keep_log(lay(home).places):
        logging.getLogger("portfolio_desktop").info("lost")
    assert capfd.readouterr() == ("", "")


def test_words_of_stray_bytes_are_logged_too(tmp_path):
    with keep_log(lay(tmp_path).places) as path:
        # Past the root logger: what pytest captures could not be sent from one test process to another.
        handler = logging.getLogger().handlers[-1]
        handler.emit(logging.LogRecord("portfolio_desktop", logging.INFO, "", 0, "caf\udce9.pdf", None, None))
    assert "caf\\udce9.pdf" in path.read_text(encoding="utf-8")

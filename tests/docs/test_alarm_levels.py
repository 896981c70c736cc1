"""The script that measures levels of alarm says what it needs."""

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "alarm_levels.py"


def test_of_several_columns_one_must_be_named(tmp_path, monkeypatch, capsys):
    panel = tmp_path / "panel.csv"
    panel.write_text("country,year,month,then,now\nGondal,2031,1,3,4\nGondal,2031,2,5,5\n")
    spec = importlib.util.spec_from_file_location("alarm_levels", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(sys, "argv", ["alarm_levels.py", str(panel)])
    with pytest.raises(SystemExit):
        module.main()
    told = capsys.readouterr().err
    assert "2 columns may be the values" in told
    assert "--column" in told

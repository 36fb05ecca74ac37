"""The model file: what is in force, absent, damaged, a company's own; how big it may be."""

import logging
import shutil

import pytest

from goodword.base.language import classify
from goodword.base.language.current import SHIPPED, in_force
from goodword.base.language.model import MAGIC, Unreadable, read
from goodword.base.language.readings import DIMENSIONS

TEXT = "正在直播，导播台黑屏了，订单ZL20990101-7"


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setattr("goodword.base.language.current.LOOK_EVERY", 0.0)  # no second between two looks
    monkeypatch.setenv("GOODWORD_DATA_DIR", str(tmp_path))
    (tmp_path / "language").mkdir()
    return tmp_path


def put(data_dir, content):
    path = data_dir / "language" / "language.model"
    path.write_bytes(content)
    return path


def labels(reading):
    return {getattr(reading, name).label for name in DIMENSIONS}


def test_the_shipped_model_is_small_and_says_where_it_comes_from():
    header = read(SHIPPED).header

    assert SHIPPED.stat().st_size < 5_000_000  # 4.05 MB of 17,476 messages; 10 MB is what is promised
    assert sum(header["messages"].values()) >= 3000
    assert set(header["figures"]) == {"content", "severity", "kind", "sentiment", "stage"}
    assert header["version"].startswith(header["day"])


def test_a_reading_names_the_model_that_made_it(data_dir):
    assert classify(TEXT).model == read(SHIPPED).version


def test_a_companys_own_model_comes_first_without_a_restart(data_dir):
    shipped = classify(TEXT)
    own = put(data_dir, SHIPPED.read_bytes())

    assert in_force().path == own
    assert classify(TEXT) == shipped
    own.unlink()
    assert in_force().path == SHIPPED


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: b"GIF89a",
        lambda whole: MAGIC,
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
        lambda whole: whole[: len(MAGIC)] + b"\xff\xff\xff\xff" + whole[len(MAGIC) + 4 :],
        lambda whole: whole.replace(b'"scale"', b'"scala"'),
    ],
)
def test_a_damaged_model_is_refused_and_the_shipped_one_reads(data_dir, damage):
    path = put(data_dir, damage(SHIPPED.read_bytes()))

    with pytest.raises(Unreadable):
        read(path)
    assert in_force().path == SHIPPED
    assert str(path) in in_force().problem
    assert classify(TEXT).severity.label == "urgent"


def test_without_any_model_everything_is_unclassified_and_it_is_said_once(data_dir, monkeypatch, caplog):
    monkeypatch.setattr("goodword.base.language.current.SHIPPED", data_dir / "nowhere.model")
    with caplog.at_level(logging.WARNING):
        readings = [classify(TEXT) for _ in range(3)]

    assert all(labels(reading) == {None} for reading in readings)
    assert all(reading.model == "" for reading in readings)
    assert [figure.value for figure in readings[0].figures] == ["ZL20990101-7"]
    assert len(caplog.records) == 1


def test_a_new_model_in_place_of_the_old_is_read_anew(data_dir):
    own = put(data_dir, b"no model")
    assert in_force().path == SHIPPED
    shutil.copy(SHIPPED, own.with_name("new"))
    own.with_name("new").replace(own)

    assert in_force().path == own


def test_a_new_model_is_noticed_within_a_second(data_dir, monkeypatch):
    monkeypatch.setattr("goodword.base.language.current.LOOK_EVERY", 1.0)
    assert in_force(seconds=lambda: 100.0).path == SHIPPED
    own = put(data_dir, SHIPPED.read_bytes())

    assert in_force(seconds=lambda: 100.9).path == SHIPPED
    assert in_force(seconds=lambda: 101.0).path == own

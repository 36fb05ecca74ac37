"""Simplified and English are written by people, Traditional is derived: every page is whole in each of the three."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from tests.support.walking import Stop, stops, typed_words
from tests.trust.kit.house import build
from tests.voice.cases.ledger.ledgers import HEADER

from goodword.base.language.script import chosen, traditional, written
from goodword.doors.web.templatetags.goodword_ui import t
from goodword.engine.policy.queries import all_clauses

SRC = Path(__file__).parents[3] / "src/goodword"
DIST = SRC / "doors/web/static/goodword/dist"
HAN = re.compile(r"[\u3400-\u9fff]+")
OURS = ("doors/web", "doors/portal", "voice", "wiring", "engine/policy")
"""Where the words of the pages are written."""
NAMED_BY_THEMSELVES = re.compile(r"简体中文|繁體中文|English")
MASKED_NAME = re.compile(r"[\u3400-\u9fff]{1,2}\*+")
NO_WORDS = re.compile(r"<(script|style)\b.*?</\1>|<textarea\b.*?</textarea>", re.S)
SHOWN = re.compile(r'(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"')
BOTH_SIDES = re.compile(r'<(\w+)[^>]* lang="(?:en|zh-Hans|zh-hans|zh-hant)".*?</\1>', re.S)
"""What says of itself that it is in another language than the page."""


def simplified_only(text: str) -> set[str]:
    """The characters no Traditional page may have: those the Traditional character set does not hold."""
    return {sign for sign in text if HAN.match(sign) and not sign.encode("big5", "ignore")}


def words_of(html: str) -> list[str]:
    """What people read and hear of a page, piece by piece."""
    whole = BOTH_SIDES.sub(" ", NO_WORDS.sub(" ", html.partition("<body")[2]))
    seen = re.split(r"<[^>]*>", whole)
    return [unescape(piece).strip() for piece in [*seen, *SHOWN.findall(whole)] if piece.strip()]


def read_in(stop: Stop, language: str) -> list[str]:
    client = Client(HTTP_HOST="localhost")
    if stop.account is not None:
        client.force_login(stop.account)
    client.cookies["django_language"] = language
    return words_of(client.get(stop.path).content.decode())


def test_the_whole_catalogue_has_traditional_characters():
    sources = [
        path for room in OURS for path in (SRC / room).rglob("*") if path.suffix in {".py", ".html", ".yaml"}
    ]
    catalogue = {run for path in sources for run in HAN.findall(path.read_text(encoding="utf-8"))}
    assert len(catalogue) > 2_000
    assert sum(bool(simplified_only(run)) for run in catalogue) > 1_000, "the check sees nothing"
    left = {run: traditional(run) for run in catalogue if simplified_only(traditional(run))}
    assert left == {}


@pytest.mark.parametrize(
    ("zh", "hant"),
    [
        ("工单已关闭", "工單已關閉"),
        ("后来在后台回复", "後來在後臺回覆"),
        ("部门负责人", "部門負責人"),
        ("现场调试设备", "現場調試設備"),  # a vocabulary of elsewhere would make it "debugging"
        ("no Chinese here", "no Chinese here"),
    ],
)
def test_characters_change_and_words_stay(zh: str, hant: str):
    assert traditional(zh) == hant


def test_what_was_typed_stays_as_it_was():
    with translation.override("zh-hant"):
        assert t("已交由{name}处理", "Handed to {name}", name="技术部") == "已交由技术部處理"
        assert chosen("保存", "Save") == "保存"
        assert written("还剩 3 小时") == "還剩 3 小時"
    with translation.override("zh-hans"):
        assert (chosen("关闭", "Close"), written("关闭")) == ("关闭", "关闭")


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("en-GB", "en"),
        ("fr", "zh-Hans"),
    ],
)
@pytest.mark.django_db
def test_a_customer_is_spoken_to_as_the_browser_asks(asked: str, lang: str):
    page = Client(HTTP_HOST="localhost").get("/p/", headers={"Accept-Language": asked}).content.decode()
    assert f'<html lang="{lang}"' in page
    assert ("portal.hant.js" in page) is (lang == "zh-Hant")


def test_the_scripts_speak_traditional_too():
    for name in ("workbench", "portal"):
        assert HAN.search((DIST / f"{name}.js").read_text(encoding="utf-8"))
        assert not simplified_only((DIST / f"{name}.hant.js").read_text(encoding="utf-8"))


@pytest.mark.either
@pytest.mark.django_db
def test_every_page_is_whole_in_english_and_in_traditional_chinese():
    cache.clear()
    house = build()
    walk = list(stops(house))
    assert len(walk) > 25
    typed = [*typed_words(), *HEADER]  # a ledger's own headings are shown as they stand in its file
    dump = "\n".join(typed)
    cites = sorted((clause.cite for clause in all_clauses().values()), key=len, reverse=True)
    wrong: set[str] = set()
    for stop in walk:
        for language in ("en", "zh-hant"):
            for piece in read_in(stop, language):
                text = MASKED_NAME.sub(" ", NAMED_BY_THEMSELVES.sub(" ", piece))
                for one in (*typed, *(cites if language == "en" else ())):
                    text = text.replace(one, " ")
                for run in HAN.findall(text):
                    bad = run if language == "en" else simplified_only(run)
                    if bad and run not in dump:
                        wrong.add(f"{language} {stop.name}: {piece[:80]!r}")
    assert not wrong, "\n".join(sorted(wrong))

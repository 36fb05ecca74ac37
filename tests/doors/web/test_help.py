"""Help beside every page in both languages, its search, the palette's places, and keys that can be switched off."""

from __future__ import annotations

import re

import pytest
from django.urls import NoReverseMatch, reverse
from tests.cast import Cast, a_case

from goodword.doors.web.help.drawing import drawn, plain
from goodword.doors.web.help.pages import LANGUAGES, PART_OF, SHELVES, TEXTS, names, source_of, staff_pages

HAN = re.compile(r"[一-鿿]")


def test_every_page_for_colleagues_has_its_help_in_both_languages():
    wanted = {PART_OF.get(name, name) for name in staff_pages()}
    missing = [
        f"{name}.{language}.md"
        for name in sorted(wanted)
        for language in LANGUAGES
        if not (TEXTS / f"{name}.{language}.md").is_file()
    ]
    assert missing == [], f"write these into {TEXTS}, or say in PART_OF whose part the page is"
    assert len(wanted) > 25


def test_every_text_is_there_twice_and_about_something_that_exists():
    files = {path.name for path in TEXTS.iterdir()}
    assert files == {f"{name}.{language}.md" for name in names() for language in LANGUAGES}
    assert names() <= {*staff_pages(), "keys"}
    assert {name for _, _, shelf in SHELVES for name in shelf} <= names()
    assert set(PART_OF.values()) <= names()


@pytest.mark.parametrize("name", sorted(names()))
def test_a_text_has_a_title_says_something_and_is_drawn_whole(name: str):
    for language in LANGUAGES:
        source = source_of(name, language)
        title, _, body = source.partition("\n")
        assert title.startswith("# "), language
        assert len(plain(body).strip()) > 30, language
        assert bool(HAN.search(title)) == (language == "zh")
        html = drawn(source)
        assert not re.search(r"\*\*|`|\]\(", html), language
        for target in re.findall(r"\]\((?!/)([^)]+)\)", source):
            assert target in names(), target
    lists = [
        re.sub(r"^\d+", "1", line)[:2] for line in source.splitlines() if re.match(r"(- |\d+\. |## )", line)
    ]
    other = source_of(name, "zh").splitlines()
    assert lists == [re.sub(r"^\d+", "1", line)[:2] for line in other if re.match(r"(- |\d+\. |## )", line)]


def test_what_stands_in_a_text_is_escaped():
    html = drawn(
        "# x\n\n<b>no</b> **a<i>** `<k>` [<w>](/cases/)\n\n## h\n- one\n- two\n1. first\n\nlast\nline"
    )
    assert "<b>" not in html
    assert "<i>" not in html
    assert '<strong>a&lt;i&gt;</strong> <kbd>&lt;k&gt;</kbd> <a href="/cases/">&lt;w&gt;</a>' in html
    assert "<h3>h</h3>\n<ul><li>one</li><li>two</li></ul>\n<ol><li>first</li></ol>\n<p>last line</p>" in html


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_page_leads_to_its_own_help(cast: Cast, browse, language: str):
    case = a_case(cast)
    lead = browse(cast.deputy)
    lead.cookies["django_language"] = language
    pages = (
        ("/", "desk"),
        ("/cases/", "cases"),
        (f"/cases/{case.number}/", "case"),
        ("/regulations/reader/", "reader"),
        ("/regulations/FB-4.3b/", "clause"),
        ("/profile/", "profile"),
    )
    for path, name in pages:
        page = lead.get(path).content.decode()
        assert f'href="/help/{name}/"' in page, path
        text = lead.get(f"/help/{name}/", headers={"HX-Request": "true"}).content.decode()
        title = source_of(name, "en" if language == "en" else "zh").partition("\n")[0][2:]
        assert "<html" not in text
        assert f">{title}</h2>" in text
        assert f"<h1>{title}</h1>" in lead.get(f"/help/{name}/").content.decode()


def test_the_reader_s_help_tells_how_dispatch_stops_and_is_resumed(cast: Cast, browse):
    text = browse(cast.deputy).get("/help/reader/").content.decode()
    for words in ("95% 区间", "什么时候会停", "怎样恢复", "漏判紧急"):
        assert words in text


def test_the_index_lists_what_one_may_open_and_is_searched(cast: Cast, browse):
    lead, administrator = browse(cast.lead), browse(cast.administrator)
    assert "/help/cases/" in lead.get("/help/").content.decode()
    assert "/help/settings-company/" not in lead.get("/help/").content.decode()
    assert "/help/settings-company/" in administrator.get("/help/").content.decode()
    found = lead.get("/help/?q=两步验证").content.decode()
    assert found.index("/help/second-factor-own/") < found.index("/help/desk/")
    assert lead.get("/help/?q=%00%25_").status_code == 200


def test_help_that_is_not_there_is_a_404(cast: Cast, browse):
    for name in ("nonsense", "desk.zh", "..", "keys%00"):
        assert browse(cast.lead).get(f"/help/{name}/").status_code == 404, name


def test_the_palette_offers_the_pages_one_may_open_in_both_languages(cast: Cast, browse):
    lead = browse(cast.lead).get("/palette/")
    places = {place["url"]: (place["zh"], place["en"]) for place in lead.json()}
    assert places["/cases/new/"] == ("新建工单", "New case")
    assert places["/"] == ("工作台", "My desk")
    assert "/settings/company/" not in places
    assert "no-store" in lead["Cache-Control"]
    administrator = browse(cast.administrator)
    offered = [place["url"] for place in administrator.get("/palette/").json()]
    assert "/settings/company/" in offered
    assert "/cases/" not in offered
    assert all(administrator.get(url).status_code in {200, 302} for url in offered)


def test_every_place_of_the_palette_is_a_page_without_number(cast: Cast, browse):
    for place in browse(cast.deputy).get("/palette/").json():
        assert place["zh"]
        assert place["en"]
        assert "<" not in place["url"]
    with pytest.raises(NoReverseMatch):
        reverse("web:case")


def test_keys_are_switched_off_and_on_for_the_device(cast: Cast, browse):
    lead = browse(cast.lead)
    assert "data-keys" not in lead.get("/").content.decode().partition("<body")[0]
    for wanted, marked in (("off", True), ("on", False)):
        answer = lead.post("/profile/keys/", {"keys": wanted})
        assert (answer.status_code, answer["Location"]) == (302, "/profile/#keys")
        assert ('data-keys="off"' in lead.get("/").content.decode()) == marked

"""The design system: words of time, two languages, components that say what they must and trust nobody's text."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from runpy import run_path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString
from django_cotton.compiler_regex import CottonCompiler

from goodword.doors.web import words
from goodword.doors.web.template_setup import TEMPLATE_APPS, template_settings

ROOT = Path(__file__).resolve().parents[3]
DOORS = ROOT / "src/goodword/doors"
TEMPLATES = sorted([*DOORS.glob("web/templates/**/*.html"), *DOORS.glob("portal/templates/**/*.html")])
COMPONENTS = DOORS / "web/templates/cotton"
DIST = DOORS / "web/static/goodword/dist"
NOW = datetime(2026, 10, 10, 2, 0, tzinfo=UTC)
HOSTILE = "\"' onmouseover=alert(1) <b>&"
Draw = Callable[..., str]


class Seen(HTMLParser):
    """The tags and attributes a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def draw(settings) -> Draw:
    """Draws a piece of template as a page would, components compiled."""
    settings.COTTON_ISOLATE_BY_DEFAULT = True

    def drawn(source: str, **context: object) -> str:
        html = Template(CottonCompiler().process(source)).render(Context(context))
        return re.sub(r"\s+", " ", html).strip()

    return drawn


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0, "还剩 不到 1 分", "under 1 min left"),
        (59, "还剩 不到 1 分", "under 1 min left"),
        (8 * 60 + 59, "还剩 8 分", "8 min left"),
        (3600, "还剩 1 小时", "1 h left"),
        (3 * 3600 + 5 * 60, "还剩 3 小时 5 分", "3 h 5 min left"),
        (2 * 86400 + 3 * 3600, "还剩 2 天 3 小时", "2 d 3 h left"),
        (12 * 86400 + 3 * 3600, "还剩 12 天", "12 d left"),
        (-1, "超时 不到 1 分", "under 1 min late"),
        (-31 * 60, "超时 31 分", "31 min late"),
    ],
)
def test_time_left_is_said_in_words_in_both_languages(seconds: int, zh: str, en: str):
    due_at = NOW + timedelta(seconds=seconds)
    assert words.due_words(due_at, NOW) == zh
    assert words.due_words(due_at, NOW, en=True) == en


def test_the_browser_says_the_same_words_as_the_server():
    """words.ts is bundled and asked for the same lengths; a page must not change its words when script starts."""
    build = run_path(str(ROOT / "frontend/build.py"))
    node, npm = build["node_home"]()
    build["install_packages"](node, npm)
    lengths = [
        0,
        59,
        60,
        539,
        3599,
        3600,
        11100,
        86399,
        86400,
        183600,
        604799,
        604800,
        1047600,
        -1,
        -60,
        -1860,
    ]
    script = (
        "const e=require('esbuild');"
        "const o=e.buildSync({entryPoints:['src/modules/words.ts'],bundle:true,format:'cjs',write:false});"
        "const m={exports:{}};new Function('module','exports',o.outputFiles[0].text)(m,m.exports);"
        f"console.log(JSON.stringify({json.dumps(lengths)}.map(s=>[m.exports.dueWords(s,false),m.exports.dueWords(s,true)])))"
    )
    said = subprocess.run(
        [str(node), "-e", script], cwd=ROOT / "frontend", capture_output=True, text=True, check=True
    )
    due = [NOW + timedelta(seconds=length) for length in lengths]
    ours = [[words.due_words(at, NOW), words.due_words(at, NOW, en=True)] for at in due]
    assert json.loads(said.stdout) == ours


def test_moments_are_said_as_people_say_them():
    assert words.short_words(NOW, NOW) == "今天 02:00"
    assert words.short_words(NOW - timedelta(days=1), NOW, en=True) == "yesterday 02:00"
    assert words.short_words(NOW - timedelta(days=40), NOW) == "08-31 02:00"
    assert words.short_words(NOW - timedelta(days=400), NOW) == "2025-09-05"
    assert words.ago_words(NOW - timedelta(hours=3), NOW) == "3 小时前"
    assert words.ago_words(NOW + timedelta(minutes=8), NOW, en=True) == "in 8 min"
    assert words.exact_words(NOW) == "2026-10-10 周六 02:00:00"


def test_a_countdown_is_green_then_amber_then_red_and_keeps_its_outcome():
    due_at, warn_at = NOW, NOW - timedelta(minutes=3)

    def tone(minutes: float, **facts: object) -> str:
        at = NOW + timedelta(minutes=minutes)
        return words.countdown(due_at, at, warn_at=warn_at, **facts).tone  # type: ignore[arg-type] # facts vary

    assert [tone(-9), tone(-3), tone(0), tone(0.1)] == ["green", "amber", "amber", "red"]
    met_late = words.countdown(due_at, NOW + timedelta(days=1), met_at=NOW + timedelta(minutes=31))
    assert (met_late.words, met_late.tone, met_late.running) == ("已完成 · 超时 31 分", "red", False)
    assert words.countdown(due_at, NOW, met_at=NOW).words == "按时完成"
    assert words.countdown(due_at, NOW + timedelta(days=1), paused=True).tone == "plain"


def test_a_countdown_shows_its_words_and_the_exact_time_in_the_companys_zone(draw: Draw, settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    html = draw(
        '<c-countdown :due="due" :now="now" why="FB-3.2a" />', due=NOW + timedelta(minutes=8), now=NOW
    )
    assert "还剩 8 分" in html
    assert "到期 2026-10-10 周六 10:08:00 · FB-3.2a" in html
    assert 'class="countdown countdown--green"' in html
    assert "data-countdown" in html
    assert "data-countdown" not in draw('<c-countdown :due="now" :met="now" :now="now" />', now=NOW)


def test_text_is_in_the_pages_language_with_its_facts_escaped(draw: Draw):
    source = '{% t "还有 {n} 件" "{n} left" n=n %}'
    assert draw(source, n="<3>") == "还有 &lt;3&gt; 件"
    with translation.override("en"):
        assert draw(source, n=3) == "3 left"
        assert ">Save</span>" in draw("<c-button label=\"{% t '保存' 'Save' %}\" />")


@pytest.mark.parametrize(
    "source",
    [
        '<c-badge label="{{ x }}" title="{{ x }}" />',
        '<c-badge :label="x" :title="x" />',
        '<c-button :label="x" :value="x" :iconly="True" />',
        '<c-person :name="x" :role="x" :data-x="x" />',
        '<c-field name="q" :value="x" :error="x" :help="x" :placeholder="x" />',
        '<c-masked :value="x" reveal="/r" />',
        '<c-refusal :sentence="x" :cure="x" />',
        '<c-timeline-entry :title="x" :by="x">{{ x }}</c-timeline-entry>',
        '<c-clause :id="x" :citation="x" :title="x" />',
        '<c-figure :label="x" :value="x" :href="x" />',
        '<c-table :caption="x"><tr><td>{{ x }}</td></tr></c-table>',
        '<c-pair :label="x" :value="x" />',
        '<c-note :text="x" />',
        '<c-empty :title="x">{{ x }}</c-empty>',
    ],
)
@pytest.mark.parametrize("x", [HOSTILE, '"a" onmouseover="alert(1)"', "' onmouseover='alert(1)"])
def test_no_component_lets_a_persons_text_become_markup(draw: Draw, source: str, x: str):
    seen = Seen()
    seen.feed(draw(source, x=x))
    assert seen.tags
    assert "b" not in seen.tags
    assert not [name for name in seen.attributes if name.startswith("on")]


def test_further_attributes_reach_the_element(draw: Draw):
    html = draw('<c-button label="x" hx-post="/a?b=1&c=2" name="do" value="{{ v }}" data-on />', v="a&b")
    assert 'hx-post="/a?b=1&amp;c=2"' in html
    assert 'name="do" value="a&amp;b" data-on' in html
    assert "variant=" not in html


def test_a_components_unset_attribute_is_not_filled_from_the_page(draw: Draw):
    assert "leak" not in draw(
        '<c-badge tone="good">x</c-badge><c-button />', label="leak", icon="leak", slot="leak"
    )


def test_a_button_with_an_address_is_a_link_and_a_disabled_one_says_why(draw: Draw):
    assert draw('<c-button href="/x" label="去" />').startswith('<a class="btn btn--secondary" href="/x"')
    html = draw('<c-button href="/x" label="关闭" :disabled="True" reason="还没有回访" />')
    assert html.startswith("<button")
    assert " disabled" in html
    assert 'title="还没有回访"' in html


class Report(forms.Form):
    name = forms.CharField(label="称呼", help_text="怎么称呼您")
    kind = forms.ChoiceField(label="方面", widget=forms.RadioSelect, choices=[("d", "设备"), ("s", "服务")])
    agree = forms.BooleanField(label="同意", required=False)


def test_a_forms_field_has_its_label_help_and_error_tied_to_the_control(draw: Draw):
    html = draw('<c-field :field="form.name" />', form=Report({}))
    assert '<label class="field__label" for="id_name">称呼<span class="field__required"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert set(described[1].split()) <= set(re.findall(r'id="([^"]+)"', html))
    assert 'aria-invalid="true"' in html


def test_choices_are_a_fieldset_and_a_single_box_stands_before_its_label(draw: Draw):
    assert "<fieldset" in draw('<c-field :field="form.kind" />', form=Report({}))
    html = draw('<c-field :field="form.agree" />', form=Report({}))
    assert html.index('type="checkbox"') < html.index("<label")


def test_a_field_by_hand_keeps_what_was_chosen(draw: Draw):
    pairs = [(1, "一般"), (2, "紧急")]
    html = draw('<c-field name="s" label="程度" :options="pairs" :value="2" />', pairs=pairs)
    assert '<option value="2" selected>紧急</option>' in html
    assert 'for="id_s"' in html


def test_the_stepper_tells_where_the_case_stands_and_its_round(draw: Draw):
    steps = [
        {"label": "接收", "state": "done"},
        {"label": "分诊", "state": "current"},
        {"label": "关闭", "state": "todo"},
    ]
    html = draw('<c-stepper :steps="steps" :round="2" />', steps=steps)
    assert "第 2 轮" in html
    assert html.count('aria-current="step"') == 1
    assert "（已完成）" in html


def test_a_refusal_names_its_clauses_and_the_cure(draw: Draw):
    html = draw('<c-refusal sentence="不能关闭" cure="先回访" :clauses="ids" />', ids=["FB-4.3e", "FB-4.3a"])
    assert 'role="alert"' in html
    assert [html.count(f">{word}<") for word in ("FB-4.3e", "FB-4.3a")] == [1, 1]
    assert html.count("先回访") == 1


def test_a_masked_value_offers_revealing_only_where_there_is_a_way(draw: Draw):
    assert "显示" in draw('<c-masked value="王**" reveal="/r" />')
    assert "href" not in draw('<c-masked value="王**" />')


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_styleguide_draws_every_component_in_both_languages(language: str, settings):
    settings.COTTON_ISOLATE_BY_DEFAULT = True
    with translation.override(language):
        html = get_template("web/styleguide.html").template.render(Context({}))
    source = "".join(path.read_text() for path in (DOORS / "web/templates/web").glob("styleguide*.html"))
    shown = set(re.findall(r"<c-([a-z-]+)", source)) - {"slot"}
    assert {path.stem.replace("_", "-") for path in COMPONENTS.glob("*.html")} <= shown
    assert "<c-" not in html
    visible = re.sub(r"<[^>]+>", " ", html)
    if language == "en":
        left = set(re.findall(r"[\u4e00-\u9fff]+", visible)) - {"简体中文", "王", "三", "四", "一", "二"}
        assert not left


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_keeps_to_the_house_rules(path: Path):
    """Both languages given; no inline script, style or handler; every icon is in the sprite's list."""
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.S)
    for tag in re.findall(r"{%\s*t\s+(.*?)%}", text, flags=re.S):
        assert len(re.findall(r"\"[^\"]*\"|'[^']*'|[\w.|]+\s*(?=\s)", tag)) >= 2, tag
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|js:", text)
    icons = set((ROOT / "frontend/src/icons.txt").read_text().split())
    named = re.findall(r"<c-icon[^>]*?\bname=\"([a-z0-9-]+)\"", text) + re.findall(
        r"\bicon=\"([a-z0-9-]+)\"", text
    )
    assert not set(named) - icons


def test_templates_need_no_automatic_set_up():
    assert all(app.endswith("SimpleAppConfig") for app in TEMPLATE_APPS)
    live, debug = (template_settings(on)[0]["OPTIONS"]["loaders"][0] for on in (False, True))
    assert live[0] == debug[0] == "template_partials.loader.Loader"
    assert live[1][0][0] == "django.template.loaders.cached.Loader"


def test_pages_stay_within_their_weight():
    """First load without charts: workbench under 150 kB, public pages under 60 kB, gzip, sprite included."""
    run_path(str(ROOT / "frontend/build.py"))["build"]()

    def weight(*names: str) -> int:
        return sum(len(gzip.compress((DIST / name).read_bytes())) for name in (*names, "icons.svg"))

    assert weight("workbench.js", "workbench.css") < 60_000
    assert weight("portal.js", "portal.css") < 30_000


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two #rrggbb colours."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["tokens", "dark"])
def test_text_can_be_read_on_every_ground_it_stands_on(theme: str):
    text = (ROOT / f"frontend/src/css/{theme}.css").read_text()
    colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))
    grounds = ["page", "surface", "surface-2"]
    pairs = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent") for ground in grounds]
    pairs += [
        (tone, ground)
        for tone in ("good", "warn", "bad", "info")
        for ground in ("surface", f"{tone}-soft", "page")
    ]
    pairs += [("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "accent")]
    pairs += [
        ("accent-strong", "accent-soft"),
        ("accent-ink", "accent"),
        ("bad-ink", "bad"),
        ("ink-2", "bad-soft"),
    ]
    pairs += [("ink-2", "surface-3"), ("ink-3", "accent-soft")]
    faint = {pair: round(contrast(*(colour[name] for name in pair)), 2) for pair in pairs}
    assert {pair: value for pair, value in faint.items() if value < 4.5} == {}
    assert contrast(colour["line-strong"], colour["surface"]) >= 3


@pytest.mark.parametrize("label", ["退款", HOSTILE, SafeString("<b>退款</b>")])
def test_a_component_that_is_kept_is_the_component(draw: Draw, label: str):
    drawn = draw("{% drawn 'badge' tone='warn' icon='flag' label=label %}", label=label)
    assert drawn == draw('<c-badge tone="warn" icon="flag" :label="label" />', label=label)
    assert drawn == draw("{% drawn 'badge' tone='warn' icon='flag' label=label %}", label=label)

"""FB-2.1c: one set of scripts for every channel; versions are kept, and it is counted who sent which."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, told, triaged

from goodword.base.core.errors import Forbidden, Invalid
from goodword.company.knowledge import queries
from goodword.company.knowledge.actions import writing
from goodword.company.knowledge.actions.writing import Words
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import replying
from goodword.voice.cases.rules.phrases import PhraseWarning

WORDS = Words(
    "到货", "晚到", "{客户称呼}您好，{工单号} 的设备会晚到。", "Dear {customer}, {case} comes late."
)


@pytest.fixture
def script(cast: Cast):
    return writing.write("late", WORDS, by=cast.lead.by, at=cast.at)


def test_a_script_belongs_to_no_channel_and_keeps_every_version(cast: Cast, script):
    writing.rewrite(script, Words("到货", "晚到", "改过的话"), by=cast.lead.by, at=cast.at + timedelta(1))
    assert [v.number for v in queries.versions_of(script)] == [2, 1]
    assert queries.versions_of(script)[1].text == WORDS.text
    (offered,) = [v for v in queries.in_use() if v.script == script]
    assert (offered.number, offered.text) == (2, "改过的话")
    facts = [entry.facts for entry in Entry.objects.filter(kind="company.script_written").order_by("pk")]
    assert facts == [{"script": script.pk, "version": n, "key": "late"} for n in (1, 2)]


def test_what_differs_in_nothing_is_no_version(cast: Cast, script):
    assert writing.rewrite(script, WORDS, by=cast.lead.by, at=cast.at).version == 1


def test_one_out_of_use_is_not_offered_and_a_further_version_brings_it_back(cast: Cast, script):
    version = queries.versions_of(script)[0]
    writing.retire(script, by=cast.lead.by, at=cast.at)
    assert script not in [v.script for v in queries.in_use()]
    assert queries.version_in_use(version.pk) is None
    writing.rewrite(script, WORDS, by=cast.lead.by, at=cast.at)
    assert script in [v.script for v in queries.in_use()]


@pytest.mark.parametrize(
    ("key", "words", "field"),
    [
        ("late", WORDS, "key"),
        ("Not A Key", WORDS, "key"),
        ("new", Words("到货", "晚到", "{客户电话}您好"), "text"),
        ("new", Words("到货", "晚到", "您好", "Dear {phone}"), "text_en"),
        ("new", Words("", "晚到", "您好"), "situation"),
        ("new", Words("到货", "晚到", "长" * 4001), "text"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(cast: Cast, script, key, words, field):
    with pytest.raises(Invalid) as refused:
        writing.write(key, words, by=cast.lead.by, at=cast.at)
    assert list(refused.value.fields) == [field]


def test_only_who_may_writes_scripts(cast: Cast, script):
    for act in (
        lambda: writing.write("mine", WORDS, by=cast.intake.by, at=cast.at),
        lambda: writing.rewrite(script, Words("a", "b", "c"), by=cast.intake.by, at=cast.at),
        lambda: writing.retire(script, by=cast.intake.by, at=cast.at),
    ):
        with pytest.raises(Forbidden):
            act()


def test_who_sent_which_version_is_counted_and_journalled_without_words(cast: Cast, script):
    case, version = triaged(cast), queries.versions_of(script)[0]
    for n in range(2):
        at = case.changed_at + timedelta(minutes=n + 1)
        replying.reply(case, by=cast.engineer.by, at=at, text="您好,会晚到", purpose="other", script=version)
    entry = told(case, "case.replied")
    assert (entry["script"], entry["script_version"]) == (script.pk, 1)
    assert "晚到" not in str(entry)
    (use,) = queries.uses_of(script)
    assert (use.account, use.times, use.version.number) == (cast.engineer.account, 2, 1)
    assert queries.times_sent([script.pk]) == {script.pk: 2}


def test_the_phrase_check_looks_at_what_came_of_the_script_and_a_refused_reply_counts_nothing(
    cast: Cast, script
):
    case, version = triaged(cast), queries.versions_of(script)[0]
    with pytest.raises(PhraseWarning):
        replying.reply(
            case,
            by=cast.engineer.by,
            at=case.changed_at,
            text="今天不可能送到",
            purpose="other",
            script=version,
        )
    assert queries.uses_of(script) == []

"""FB-4.2e: replies avoid blunt phrases; the writer is warned, offered a kinder wording, and may insist."""

from __future__ import annotations

import pytest
from tests.cast import Cast, duty, proposed, told, triaged
from tests.clauses.telling import new_edition, refused_by, when

from goodword.voice.cases.actions import replying, solving
from goodword.voice.cases.models import Case, Message
from goodword.voice.cases.rules.phrases import PhraseWarning

ID = "FB-4.2e"


def write(
    case: Case, cast: Cast, text: str, *, at: str = "2026-01-05 10:30", anyway: bool = False
) -> Message:
    """The engineer writes an opinion."""
    return replying.reply(case, by=cast.engineer.by, at=when(at), text=text, purpose="opinion", anyway=anyway)


@pytest.mark.parametrize("phrase", ["不可能", "没办法", "impossible"])
def test_the_writer_is_warned_where_the_phrase_stands_and_offered_another(cast: Cast, phrase: str) -> None:
    case, text = triaged(cast), f"今天送到 {phrase},请谅解。"
    with refused_by(ID) as refused:
        write(case, cast, text)
    warning = refused.value
    assert isinstance(warning, PhraseWarning)
    (hit,) = warning.hits
    assert (warning.code, text[hit.start : hit.end]) == ("warning", phrase)
    assert hit.zh
    assert hit.en
    assert not case.messages.filter(direction="out").exists()
    assert duty(case, "FB-4.2d").state == "open"


def test_the_kinder_wording_goes_out_without_a_warning(cast: Cast) -> None:
    case = triaged(cast)
    with refused_by(ID) as refused:
        write(case, cast, "没办法今天送到。")
    sent = write(case, cast, f"今天暂时送不到。{refused.value.hits[0].zh}。")
    assert (sent.phrases, sent.anyway, told(case, "case.replied")["phrases"]) == ([], False, 0)


def test_whoever_insists_may_send_it_and_that_is_recorded(cast: Cast) -> None:
    case = triaged(cast)
    sent = write(case, cast, "今天送到不可能。", anyway=True)
    assert (sent.phrases, sent.anyway, sent.by) == (["不可能"], True, cast.engineer.account)
    assert told(case, "case.replied")["phrases"] == 1


def test_a_solution_that_is_written_to_the_customer_is_read_too(cast: Cast) -> None:
    solution = proposed(cast).solutions.get()
    with refused_by(ID):
        solving.communicate(
            solution, by=cast.engineer.by, at=when("2026-01-05 11:00"), channel="mail", text="修好没办法。"
        )


def test_the_company_keeps_its_own_list(cast: Cast) -> None:
    new_edition(cast, ID, holds_from="2026-01-07", phrases=["不归我管"], replacements=[])
    case = triaged(cast)
    assert write(case, cast, "这个不归我管。", at="2026-01-06 10:00").pk
    with refused_by(ID):
        write(case, cast, "这个不归我管。", at="2026-01-07 10:00")
    assert write(case, cast, "不可能今天送到。", at="2026-01-07 10:00").pk

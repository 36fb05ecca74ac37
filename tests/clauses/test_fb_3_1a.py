"""FB-3.1a: feedback is classed by content and sub-class, with device type and stage beside it."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, told, triaged
from tests.clauses.telling import retriaged, when

from goodword.base.core.errors import Invalid
from goodword.base.language.current import in_force
from goodword.base.language.lexicon import lexicon
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases import labels

pytestmark = pytest.mark.django_db
ID = "FB-3.1a"
DAY = when("2026-01-05 10:00").date()
REGULATION = {
    "device": {"fault", "performance", "missing_accessory"},
    "service": {"slow_answer", "late_delivery", "late_repair", "attitude"},
    "other": {"price", "contract", "suggestion"},
}


def test_the_classes_of_the_regulation_are_there_in_both_languages() -> None:
    for content, named in REGULATION.items():
        entries = labels.subclasses(content, on=DAY)
        assert named <= {entry["code"] for entry in entries}
        assert all(entry["zh"] and entry["en"] for entry in entries)
    assert labels.name_of("content", "device", on=DAY) == "设备类"
    assert labels.name_of("stage", "in_use", on=DAY, language="en") == "In use"


def test_whatever_the_reader_may_propose_is_one_of_the_choices() -> None:
    rules = lexicon()
    model = in_force().model
    assert model is not None
    for name in ("kind", "content", "severity", "stage"):
        assert set(model.heads[name].labels) <= labels.codes(name, on=DAY)
    assert set(rules.devices.values()) <= labels.codes("device_type", on=DAY)
    for content in REGULATION:
        known = {entry["code"] for entry in labels.subclasses(content, on=DAY)}
        assert set(rules.dimensions[f"subclass.{content}"].labels) <= known


def test_every_class_of_the_catalogue_can_be_chosen(cast: Cast) -> None:
    case = triaged(cast)
    for content in all_clauses()[ID].values["contents"]:
        for subclass in content["subclasses"]:
            chosen = {"content": content["code"], "subclass": subclass["code"]}
            retriaged(cast, case, at=when("2026-01-05 11:00"), stage="repair", device_type="镜头", **chosen)
            facts = told(case, "case.triaged")
            assert {**facts, **chosen, "stage": "repair", "device_type": "镜头"} == facts


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ({"content": "weather"}, "content"),
        ({"content": "service", "subclass": "fault"}, "subclass"),
        ({"stage": "afterwards"}, "stage"),
        ({"kind": "rumour"}, "kind"),
    ],
)
def test_what_is_no_class_is_refused_with_the_field_that_is_wrong(
    cast: Cast, label: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        retriaged(cast, a_case(cast), at=cast.at, **label)
    assert ID in refused.value.clauses
    assert list(refused.value.fields) == [field]


def test_the_reader_proposes_and_a_persons_correction_stands_and_teaches(cast: Cast) -> None:
    case = a_case(cast)
    assert case.proposal["content"]["label"] == "device"
    retriaged(cast, case, at=when("2026-01-05 10:05"), content="service", subclass="late_repair")
    assert case.content == "service"
    taught = case.labels.get(name="content")
    assert (taught.proposed, taught.chosen) == ("device", "service")

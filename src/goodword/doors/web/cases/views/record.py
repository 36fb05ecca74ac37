"""Complete the record: `/cases/<number>/record/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import records

from ..ability import Ability, calls, within
from ..forms.record import RecordForm

ABILITY = Ability(
    name="record",
    zh="补充记录要素",
    en="Complete the record",
    icon="forms",
    right="cases.note",
    possible=within(*s.OPEN),
    act=calls(records.complete),
    form=RecordForm,
    group="more",
)

"""Reading regulation packs from YAML, without Django: the product's five, or those of another directory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from goodword.engine.policy.ranges import ranges_from, within_ranges
from goodword.engine.policy.schema import (
    CALENDARS,
    CAPABILITIES,
    DEFAULT_SUPERSEDES,
    DEFAULT_WARN_AT,
    DEPARTMENTS,
    GROUPS,
    KINDS,
    PERIODS,
    RESPONSIBLE,
    ROLES,
    Allowance,
    Bearer,
    Binding,
    Clause,
    Condition,
    Edition,
    Meeting,
    Pack,
    PackError,
    Place,
    Scalar,
    Step,
    Within,
)

# The C loader is ten times as fast; the pure one stands in where PyYAML was built without libyaml.
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc] # which of the two it is, only the installed PyYAML knows
    """Plain data only; `on`, `off`, `yes` and `no` stay words, so that `{on: case.replied}` stays itself."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, rules in _SAFE.yaml_implicit_resolvers.items()
}

ALLOWANCE = re.compile(r"(0|[1-9][0-9]{0,5}) (s|min|h|wmin|wh|wd)")
_ENTRY = re.compile(r"[a-z_]+\.[a-z_]+")
DOTTED = re.compile(r"[a-z_]+(\.[a-z_]+)+")
CLAUSE_ID = re.compile(r"[A-Z]{2}-[0-9]+(\.[0-9]+)*[a-z]?")
_IN_OPEN_HOURS = {"min": "wmin", "h": "wh"}
_ORDER = ("FB", "WM", "SU", "KC", "CS")


def read_packs(directory: Path | str | None = None) -> tuple[Pack, ...]:
    """All packs of `directory` (default: those that come with the product), in the regulations' order.

    Raises `PackError` for the first thing that is not as the schema says; ids are unique over all packs.
    The product's own packs are read once per process.
    """
    return _own_packs() if directory is None else _read(Path(directory))


def clauses(packs: Iterable[Pack]) -> dict[str, Clause]:
    """Every clause of `packs` by its id, in the order they stand in."""
    return {clause.id: clause for pack in packs for clause in pack.clauses}


def pack_from(data: object, *, file: str) -> Pack:
    """The pack that `data` (what a YAML file holds) describes; `file` is the name used in errors."""
    place = Place(file)
    parts = place.keys(data, "", need="id title source edition clauses", may="values")
    figures = _mapping(parts.get("values", {}), place, "values")
    if not isinstance(parts["clauses"], list):
        place.refuse("clauses", zh="这里应是条款的列表", en="a list of clauses is expected here")
    read: dict[str, Clause] = {}
    for item in parts["clauses"]:
        clause = _clause(item, file, str(parts["id"]), figures)
        if clause.id in read:
            _refuse_twice(file, clause.id)
        read[clause.id] = clause
    return Pack(
        id=str(parts["id"]),
        title=place.text(parts["title"], "title"),
        source=place.text(parts["source"], "source"),
        edition=_edition(parts["edition"], place),
        clauses=tuple(read.values()),
        values=figures,
    )


def _read(directory: Path) -> tuple[Pack, ...]:
    packs = [_load(path.read_bytes(), path.name) for path in sorted(directory.glob("*.yaml"))]
    return _together(packs, str(directory))


@cache
def _own_packs() -> tuple[Pack, ...]:
    folder = resources.files("goodword.engine.policy") / "packs"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return _together([_load(f.read_bytes(), f.name) for f in files], "packs")


def plain_data(raw: bytes, file: str) -> Any:
    """What a YAML file holds, as plain data; raises `PackError` when it is no YAML."""
    try:
        return yaml.load(raw, Loader=_Loader)  # nosec B506 # noqa: S506 - built on the safe loader: plain data only
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError(
            file=file, clause="", where="", zh=f"不是合格的 YAML:{error}", en=f"not proper YAML: {error}"
        ) from error


def _load(raw: bytes, file: str) -> Pack:
    return pack_from(plain_data(raw, file), file=file)


def _together(packs: list[Pack], where: str) -> tuple[Pack, ...]:
    if not packs:
        raise PackError(file=where, clause="", where="", zh="这里没有制度包", en="there is no pack here")
    seen: set[str] = set()
    for pack in packs:
        for name in (pack.id, *(clause.id for clause in pack.clauses)):
            if name in seen:
                _refuse_twice(f"{pack.id}.yaml", name)
            seen.add(name)
    return tuple(sorted(packs, key=lambda p: (_ORDER.index(p.id) if p.id in _ORDER else len(_ORDER), p.id)))


def _refuse_twice(file: str, name: str) -> None:
    raise PackError(file=file, clause=name, where="id", zh="编号重复", en="this id is given twice")


def _clause(data: object, file: str, pack: str, figures: dict[str, Any]) -> Clause:
    named = data.get("id", "") if isinstance(data, dict) else ""
    place = Place(file, str(named))
    parts = place.keys(
        data, "", need="id cite kind title words", may="soft inferred values ranges planned binding bound_by"
    )
    if not isinstance(named, str) or not CLAUSE_ID.fullmatch(named) or not named.startswith(f"{pack}-"):
        place.refuse("id", zh=f"编号应以“{pack}-”开头", en=f"an id here reads like “{pack}-3.2a”")
    values = _mapping(parts.get("values", {}), place, "values")
    ranges = ranges_from(_mapping(parts.get("ranges", {}), place, "ranges"), place)
    within_ranges(values, ranges, place)
    place = Place(file, named, figures=(values, figures))
    ways = [key for key in ("planned", "binding", "bound_by") if key in parts]
    if len(ways) != 1:
        place.refuse(
            "",
            zh="planned、binding、bound_by 必须三选一",
            en="give exactly one of planned, binding and bound_by",
        )
    kind = place.one_of(parts["kind"], "kind", KINDS)
    if (kind == "duty") != (ways[0] == "binding") and ways[0] != "planned":
        place.refuse(
            ways[0], zh="义务用 binding，其他用 bound_by", en="a duty has a binding, others bound_by"
        )
    if not isinstance(parts["cite"], str) or not parts["cite"].strip():
        place.refuse("cite", zh="缺少出处", en="the place in the regulation is missing")
    return Clause(
        id=named,
        cite=parts["cite"],
        kind=kind,  # type: ignore[arg-type] # checked by one_of just above
        title=place.text(parts["title"], "title"),
        words=place.text(parts["words"], "words"),
        soft=place.flag(parts, "soft"),
        inferred=place.flag(parts, "inferred"),
        values=values,
        ranges=ranges,
        planned=place.one_of(parts["planned"], "planned", CAPABILITIES) if "planned" in parts else None,
        binding=binding_from(parts["binding"], place) if "binding" in parts else None,
        bound_by=place.names(parts["bound_by"], "bound_by", DOTTED) if "bound_by" in parts else (),
    )


def allowance_from(value: object, place: Place, where: str) -> Allowance:
    """An allowance such as `10 min`; a figure of a clause on the working-hours clock counts open hours."""
    found = place.figure(value, where)
    match = ALLOWANCE.fullmatch(found) if isinstance(found, str) else None
    if match is None:
        place.refuse(
            where,
            zh=f"“{found}”不是时限，应如“10 min”“2 h”“30 wmin”“3 wd”",
            en=f"“{found}” is no allowance; it reads like “10 min”, “2 h”, “30 wmin”, “3 wd”",
        )
    unit = match[2]
    if found is not value and place.figures[0].get("clock") == "working_hours":
        unit = _IN_OPEN_HOURS.get(unit, unit)
    return Allowance(amount=int(match[1]), unit=unit)  # type: ignore[arg-type] # the pattern admits only units


def _condition(data: object, place: Place, where: str) -> Condition:
    alternatives = data if isinstance(data, list) else [data]
    read: list[tuple[tuple[str, tuple[Scalar, ...]], ...]] = []
    for facts in alternatives:
        if not isinstance(facts, dict) or not facts:
            place.refuse(where, zh="条件应是“事实: 值”", en="a condition reads “fact: value”")
        read.append(tuple((str(k), _scalars(v, place, f"{where}.{k}")) for k, v in facts.items()))
    if not read:
        place.refuse(where, zh="条件是空的", en="the condition is empty")
    return Condition(any_of=tuple(read))


def _scalars(data: object, place: Place, where: str) -> tuple[Scalar, ...]:
    values = data if isinstance(data, list) else [data]
    if not values or not all(isinstance(v, str | int | float | bool) for v in values):
        place.refuse(
            where, zh="条件的值应是文字、数字或真假", en="a condition's value is a text, number or flag"
        )
    return tuple(values)


def _optional_condition(data: Mapping[str, Any], key: str, place: Place, where: str) -> Condition | None:
    return _condition(data[key], place, f"{where}.{key}") if key in data else None


def _meetings(data: object, place: Place) -> tuple[Meeting, ...]:
    where = "binding.meets_on"
    if not isinstance(data, list) or not data:
        place.refuse(where, zh="这里应是非空的列表", en="a list with at least one entry is expected here")
    read = []
    for item in data:
        parts = place.keys({"on": item} if isinstance(item, str) else item, where, need="on", may="if")
        (kind,) = place.names([parts["on"]], where, _ENTRY)
        read.append(Meeting(on=kind, when=_optional_condition(parts, "if", place, where)))
    return tuple(read)


def _within(data: object, place: Place) -> tuple[Within, ...]:
    where = "binding.within"
    if not isinstance(data, list):
        return (Within(allow=allowance_from(data, place, where)),)
    read = []
    for item in data:
        parts = place.keys(item, where, need="allow", may="when")
        allow = allowance_from(parts["allow"], place, where)
        read.append(Within(allow=allow, when=_optional_condition(parts, "when", place, where)))
    if not read:
        place.refuse(where, zh="时限列表是空的", en="the list of allowances is empty")
    return tuple(read)


def _bearer(data: object, place: Place) -> Bearer:
    parts = place.keys(data, "binding.bearer", need="role", may="department person")
    role = place.one_of(parts["role"], "binding.bearer.role", ROLES)
    if (department := parts.get("department")) is not None:
        place.one_of(department, "binding.bearer.department", (*DEPARTMENTS, RESPONSIBLE))
    return Bearer(role=role, department=department, person=parts.get("person"))


def _escalation(data: object, place: Place) -> tuple[Step, ...]:
    where = "binding.escalation"
    steps = place.figure(data, where)
    if not isinstance(steps, list):
        place.refuse(where, zh="升级阶梯应是列表", en="the ladder is a list")
    read = []
    for step in steps:
        parts = place.keys(step, where, need="after to")
        to = place.one_of(parts["to"], f"{where}.to", ("bearer", *ROLES, *GROUPS))
        read.append(Step(after=allowance_from(parts["after"], place, where), to=to))
    return tuple(read)


_BINDING_MAY = (
    "within every each when unless calendar warn_at escalation pauses_on resumes_on releases_on "
    "supersedes_on repeats rings_alone scope"
)


def binding_from(data: object, place: Place) -> Binding:
    """The binding of a duty; raises `PackError` for anything that is not as `Binding` says."""
    parts = place.keys(data, "binding", need="subject starts_on meets_on bearer", may=_BINDING_MAY)
    if ("within" in parts) == ("every" in parts):
        place.refuse("binding", zh="within 与 every 必须二选一", en="give exactly one of within and every")
    subject = str(parts["subject"])
    kinds = {
        key: place.names(parts[key], f"binding.{key}", _ENTRY) if key in parts else ()
        for key in ("starts_on", "pauses_on", "resumes_on", "releases_on")
    }
    if bool(kinds["pauses_on"]) != bool(kinds["resumes_on"]):
        place.refuse(
            "binding", zh="pauses_on 与 resumes_on 应成对", en="pauses_on and resumes_on go together"
        )
    supersedes = DEFAULT_SUPERSEDES.get(subject, ())
    if "supersedes_on" in parts:
        supersedes = place.names(parts["supersedes_on"], "binding.supersedes_on", _ENTRY)
    meets = _meetings(parts["meets_on"], place)
    for kind in (*(k for group in kinds.values() for k in group), *supersedes, *(m.on for m in meets)):
        if not kind.startswith(f"{subject}."):
            place.refuse(
                "binding", zh=f"“{kind}”不是{subject}的记录", en=f"“{kind}” is no entry of {subject}"
            )
    return Binding(
        subject=subject,
        meets_on=meets,
        bearer=_bearer(parts["bearer"], place),
        within=_within(parts["within"], place) if "within" in parts else (),
        every=_every(parts, place),
        each=parts.get("each"),
        when=_optional_condition(parts, "when", place, "binding"),
        unless=_optional_condition(parts, "unless", place, "binding"),
        calendar=place.one_of(parts.get("calendar", "office"), "binding.calendar", CALENDARS),
        warn_at=_warn_at(parts.get("warn_at", DEFAULT_WARN_AT), place),
        escalation=_escalation(parts["escalation"], place) if "escalation" in parts else (),
        supersedes_on=supersedes,
        repeats=place.flag(parts, "repeats"),
        rings_alone=place.flag(parts, "rings_alone"),
        scope=place.one_of(parts.get("scope", "round"), "binding.scope", ("round", "subject")),  # type: ignore[arg-type] # checked just here
        **kinds,
    )


def _every(parts: Mapping[str, Any], place: Place) -> str | None:
    if "every" not in parts:
        return None
    return place.one_of(place.figure(parts["every"], "binding.every"), "binding.every", PERIODS)


def _warn_at(value: object, place: Place) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        place.refuse("binding.warn_at", zh="应在 0 与 1 之间", en="a share between 0 and 1 is expected")
    return float(value)


def _edition(data: object, place: Place) -> Edition:
    parts = place.keys(data, "edition", need="number holds_from note")
    number, day = parts["number"], parts["holds_from"]
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        place.refuse("edition.number", zh="版本号从 1 起", en="editions are numbered from 1")
    if not isinstance(day, date):
        place.refuse(
            "edition.holds_from", zh="应是日期，如 2026-01-01", en="a day such as 2026-01-01 is expected"
        )
    return Edition(number=number, holds_from=day, note=place.text(parts["note"], "edition.note"))


def _mapping(data: object, place: Place, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        place.refuse(where, zh="这里应是一组键值", en="a mapping is expected here")
    return data

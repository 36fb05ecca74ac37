"""Sound input to begin with: a form or a body as it should be, made from its own declaration, one value then spoilt."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django import forms

from goodword.base.core import clock

WORDS = "一切正常的内容。"


def sound_form(form: forms.Form) -> dict[str, Any]:
    """A value for each field of a form, one its declaration takes."""
    return {
        name: value
        for name, field in form.fields.items()
        if (value := _of_field(form, name, field)) is not None
    }


def _of_field(form: forms.Form, name: str, field: forms.Field) -> Any:
    initial = form.get_initial_for_field(field, name)
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        row = field.queryset.first() if field.queryset is not None else None
        return row.pk if row else None
    if isinstance(field, forms.ChoiceField):
        return next((value for value, _ in _flat(field.choices) if value not in ("", None)), None)
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.DateTimeField):
        return (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    if isinstance(field, forms.FileField):
        return None
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return initial if initial is not None else 1
    return initial or WORDS


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for value, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(value, label)]
    return found


def sound_body(schema: dict[str, Any], whole: dict[str, Any], *, named: dict[str, Any] | None = None) -> Any:
    """A value for a JSON schema. named: values to take for properties of these names."""
    if "$ref" in schema:
        return sound_body(
            whole["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], whole, named=named
        )
    for several in ("anyOf", "allOf", "oneOf"):
        if several in schema:
            chosen = next((one for one in schema[several] if one.get("type") != "null"), {})
            return sound_body(chosen, whole, named=named)
    if "enum" in schema or "const" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    if schema.get("type") == "object":
        known = named or {}
        return {
            name: known[name] if name in known else sound_body(inner, whole, named=named)
            for name, inner in schema.get("properties", {}).items()
        }
    if schema.get("type") == "array":
        return [sound_body(schema.get("items", {}), whole, named=named)]
    if schema.get("examples"):
        return schema["examples"][0]
    return _of_type(schema)


def _of_type(schema: dict[str, Any]) -> Any:
    kind, form = schema.get("type"), schema.get("format")
    if kind == "string":
        if form == "uuid":
            return str(uuid.UUID(int=9))
        if form in ("date-time", "date"):
            moment = clock.now() + timedelta(days=1)
            return moment.isoformat() if form == "date-time" else moment.date().isoformat()
        return WORDS[: schema.get("maxLength", 99)]
    return {"integer": 1, "number": 1, "boolean": True}.get(str(kind))

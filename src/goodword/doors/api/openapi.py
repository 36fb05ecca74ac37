"""The API's description (OpenAPI 3.1), true to what it answers."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema, get_schema

from .problems import HANDLERS, MEDIA_TYPE

PREFIX = "/api/v1/"
ABOUT = (
    "Everything staff do at the screen, under the same rights and refused with the same clauses. "
    "Personal values come masked. A refusal is `application/problem+json` and names its clauses; `detail` speaks "
    "the language of `Accept-Language` (zh, en)."
)


class Api(NinjaAPI):
    """Ninja with our errors and a description that knows their media type."""

    _described: OpenAPISchema | None = None

    def set_default_exception_handlers(self) -> None:
        """Every error becomes a problem; none is left to an error page."""
        for kind, handler in HANDLERS.items():
            self.add_exception_handler(kind, handler)  # type: ignore[arg-type]  # it says type[Exception], never gives one

    def get_openapi_schema(
        self,
        *,
        path_prefix: str | None = None,
        path_params: dict[str, Any] | None = None,
    ) -> OpenAPISchema:
        """The description, built once."""
        if self._described is None:
            self._described = get_schema(self, path_prefix or PREFIX)
            _name_problems(self._described)
        return self._described


def _name_problems(described: OpenAPISchema) -> None:
    """Faults are problem+json; those that pass come with Retry-After."""
    for methods in described["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
                if int(status) in {429, 503}:
                    response["headers"] = {"Retry-After": {"schema": {"type": "string"}}}

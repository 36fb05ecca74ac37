"""`goodword serve`."""

from __future__ import annotations

import click

from goodword.base.core import environment

from ..serving import serve


@click.command()
@click.option("--bind", default=None, metavar="HOST:PORT", help="Instead of GOODWORD_BIND. 监听地址。")
def command(bind: str | None) -> None:
    """Serve pages, static files and the API with GOODWORD_WEB_PROCESSES processes of GOODWORD_WEB_THREADS threads.

    Stops on SIGTERM or Ctrl-C.

    提供网页、静态文件与接口。
    """
    values = environment.read()
    (values["GOODWORD_DATA_DIR"] / "static").mkdir(
        parents=True, exist_ok=True
    )  # looked into first, may be empty
    serve(
        bind or values["GOODWORD_BIND"],
        processes=values["GOODWORD_WEB_PROCESSES"],
        threads=values["GOODWORD_WEB_THREADS"],
    )

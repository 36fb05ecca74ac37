"""What the writer of a mail wrote now: quoted text, earlier mails and signatures folded away.

Line by line and in linear time. Answers between quotes are kept. When nothing would be left, all of it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from goodword.base.documents.mail.pages import CUT, OWN, QUOTED, Line, Signs

LONGEST_LEAD = 400  # characters of "On … wrote:", over as many lines as below
LEAD_LINES = 4
HEAD_LINES = 8  # within which the fields of an earlier mail's head stand
SIGNATURE_LINES = 25
SHORT = 80
DASHES = "-—–_=*~#+> \t\u3000<|"
MARKED = re.compile(r"\s{0,3}(?:>|＞)")
NOT_MARKED = re.compile(r".*(?:<<<|>>> >>>)")
MOMENT = re.compile(r"\d{1,2}\s*[:：.h時时]\s*\d{2}|(?:19|20)\d\d|\d{1,2}\s?[./月-]\s?\d{1,2}")
ENDING = re.compile(r"[:：]\s*[-—*\s]*\Z")
LEAD_ENDS = (":", "：", "-", "—", "*", "=", ">")
FULL = re.compile(r"(?:19|20)\d\d\D[^<]*?\d{1,2}:\d{2}")
DATE_FIRST = re.compile(r"\W{0,3}(?:(?:19|20)\d\d\s?[-./年]\s?\d|\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d)")
MAIL = re.compile(r"[<(\[]\s*(?:mailto:)?[^\s<>@]{1,100}@[^\s<>@]{1,100}[>)\]]")
FRAMED = re.compile(r"-{4,}\s?[^-]{3,60}\s?-{4,}")
RULE = re.compile(r"\s*[-_=—]{10,}\s*")
MIDDLE = re.compile(r"\s*-{0,3}\s*\bOn (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},|\d{1,4}[-/])")


@dataclass(frozen=True, slots=True)
class Words:
    """quoting.yaml, made ready."""

    starts: tuple[str, ...]
    verbs: re.Pattern[str]
    separators: frozenset[str]
    bare: tuple[str, ...]
    heads: dict[str, str]
    in_line: re.Pattern[str]
    sent_from: tuple[str, ...]
    sent_from_ends: tuple[str, ...]
    closings: frozenset[str]
    signs: Signs


@cache
def known() -> Words:
    """The words by which quotes and signatures are told."""
    said: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("quoting.yaml").read_text("utf-8"))
    page = said["page"]
    return Words(
        starts=tuple(dict.fromkeys(said["starts"])),
        verbs=_any(said["verbs"]),
        separators=frozenset(said["separators"]),
        bare=tuple(said["bare_separators"]),
        heads={name: role for role, names in said["heads"].items() for name in names},
        in_line=re.compile(rf"[\s*](?i:({_any(chain(*said['heads'].values())).pattern}))\s?[:：]"),
        sent_from=tuple(said["sent_from"]),
        sent_from_ends=tuple(said["sent_from_ends"]),
        closings=frozenset(said["closings"]),
        signs=Signs(_any(page["quoted"]), _any(page["cut"]), _any(page["signed"])),
    )


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def fold(text: str) -> str:
    """The writer's own words in a plain text."""
    return fold_lines([Line(line) for line in text.split("\n")])


def fold_lines(lines: Sequence[Line]) -> str:
    """The writer's own words in the lines of a mail; all of them when every one is quoted."""
    marks = _marks(_split(lines))
    kept = _without_signatures(marks) if marks else []
    folded = _joined(line.text for line in kept)
    return folded or _joined(line.text for line in lines)


def _joined(texts: Iterable[str]) -> str:
    said: list[str] = []
    for text in texts:
        if text.strip() or (said and said[-1]):
            said.append(text.rstrip())
    return "\n".join(said).strip()


def _split(lines: Sequence[Line]) -> list[Line]:
    """`Thank you On Wed, Apr 4, 2012 … wrote:` on one line is two."""
    found: list[Line] = []
    for line in lines:
        middle = MIDDLE.search(line.text) if line.mark == OWN and "On " in line.text[:1_000] else None
        if middle and middle.start() and line.text[: middle.start()].strip(DASHES):
            found += [Line(line.text[: middle.start()]), Line(line.text[middle.start() :].lstrip(" -"))]
        else:
            found.append(line)
    return found


def _marks(lines: list[Line]) -> list[Line]:
    """Each line with what it is, up to an earlier mail's head; none where a mail is handed on without a word."""
    found: list[Line] = []
    at = 0
    written = False  # whether the writer said something yet
    while at < len(lines):
        line = lines[at]
        if line.mark == OWN and MARKED.match(line.text) and not NOT_MARKED.match(line.text[:SHORT]):
            line = Line(line.text, QUOTED)
        ends_here = line.mark == CUT or (line.mark == OWN and _begins_earlier_mail(lines, at))
        if ends_here and line.mark == OWN and not written:
            return []
        if ends_here and written:
            return _without_rule(found)
        lead = 0 if line.mark != OWN or ends_here else _lead(lines, at)
        if lead:
            if written and not _is_quoted(lines, at + lead):
                return _without_rule(found)
            found += [Line(each.text, QUOTED) for each in lines[at : at + lead]]
            at += lead
            continue
        found.append(line)
        written = written or (line.mark == OWN and bool(line.text.strip(DASHES)))
        at += 1
    return found


def _without_rule(found: list[Line]) -> list[Line]:
    """Without the rule (____) that stands above an earlier mail."""
    while found and not found[-1].text.strip(DASHES):
        found.pop()
    return found


def _is_quoted(lines: list[Line], at: int) -> bool:
    """Whether the next line that says something is marked as quoted."""
    for line in lines[at : at + HEAD_LINES]:
        if line.text.strip():
            return line.mark == QUOTED or MARKED.match(line.text) is not None
    return True


def _begins_earlier_mail(lines: list[Line], at: int) -> bool:
    text = lines[at].text.strip()
    if not text or len(text) > 2 * SHORT:
        return False
    inner = text.strip(DASHES).lower().rstrip(":：").strip()
    if inner in known().separators and text[:2].strip("-—–_=*~# ") == "" and len(text) - len(inner) >= 4:
        return True
    if text.lower().startswith(known().bare) or _is_head(lines, at):
        return True
    return FRAMED.fullmatch(text) is not None and at + 1 < len(lines) and _is_head(lines, at + 1)


def _is_head(lines: list[Line], at: int) -> bool:
    """Whether From, Sent, To, Subject of an earlier mail begin here, in any language: a sender or a moment among two."""
    if _role(lines[at].text) is None:
        return False
    roles = {role for line in lines[at : at + HEAD_LINES] if (role := _role(line.text))}
    roles |= {known().heads[name.lower()] for name in known().in_line.findall(lines[at].text[: 4 * SHORT])}
    return len(roles) >= 2 and (
        "from" in roles or ("sent" in roles and MOMENT.search(lines[at].text) is not None)
    )


def _role(text: str) -> str | None:
    name, sign, _ = text[:SHORT].replace("：", ":").partition(":")
    return known().heads.get(name.strip(" \t\u3000*|_").lower()) if sign else None


def _lead(lines: list[Line], at: int) -> int:
    """How many lines `On … wrote:` takes that begins here; 0 when none does."""
    first = lines[at].text.strip(DASHES)
    if not first:
        return 0
    many = first.startswith(known().starts) or DATE_FIRST.match(first) or first.endswith("<") or "<" in first
    said = ""
    for count in range(LEAD_LINES if many else 1):
        if at + count >= len(lines) or lines[at + count].mark not in (OWN, QUOTED):
            return 0
        said = f"{said} {lines[at + count].text.strip()}".strip()
        if len(said) > LONGEST_LEAD:
            return 0
        if _is_lead(said):
            return count + 1
    return 0


def _is_lead(said: str) -> bool:
    if not said.endswith(LEAD_ENDS):
        return False
    words = known()
    body = said.strip(DASHES)
    last = 0
    for verb in words.verbs.finditer(body):
        last = verb.end()
    has_mail = MAIL.search(said) is not None
    if last and MOMENT.search(body) is not None:
        if ENDING.search(said) is not None:
            return (
                body.startswith(words.starts)
                or has_mail
                or DATE_FIRST.match(body) is not None
                or last > len(body) - 4
            )
        return last >= len(body) - 1 and body.startswith(words.starts)
    if last and has_mail:
        return ENDING.search(said) is not None and last >= len(body) - 4
    if not has_mail or not said.rstrip(":： ").endswith(">"):
        return False
    return DATE_FIRST.match(body) is not None or (
        ENDING.search(said) is not None and FULL.search(body) is not None
    )


def _without_signatures(lines: list[Line]) -> list[Line]:
    """The writer's own lines; each run of them loses the signature at its end."""
    kept: list[Line] = []
    run: list[Line] = []
    for line in [*lines, Line("", CUT)]:
        if line.mark == OWN:
            run.append(line)
            continue
        if line.mark in (QUOTED, CUT) and run:
            kept += _unsigned(run, any(each.text.strip() for each in kept))
            run = []
        if line.mark == QUOTED and not line.text.strip("> "):
            kept.append(Line(""))
    return kept


def _unsigned(run: list[Line], is_later: bool) -> list[Line]:
    """A run of own lines up to where its signature begins; whole when nothing else would be left of the mail."""
    said = next((at for at, line in enumerate(run) if line.text.strip(DASHES)), len(run))
    end = next(
        (
            at
            for at, line in enumerate(run)
            if (is_later or at > said) and line.text.rstrip("\u00a0 \t") == "--"
        ),
        len(run),
    )
    end = _before_closing(run, end, said)
    while end and (not run[end - 1].text.strip() or _is_sent_from(run[end - 1].text)):
        end -= 1
    end = _before_closing(run, end, said)
    return run[:end] if is_later or end > said else run


def _before_closing(run: list[Line], end: int, said: int) -> int:
    """Where a closing or a rule begins below which only short lines stand; `said`: the first line with words."""
    for at in range(end - 1, max(said, end - SIGNATURE_LINES - 1), -1):
        text = run[at].text.strip()
        if len(text) > SHORT:
            break
        if RULE.fullmatch(text) or text.strip(" ,，.!！。、~").lower() in known().closings:
            return at
    return end


def _is_sent_from(text: str) -> bool:
    text = text.strip(" \t<>()\u3000*_-").lower()
    return len(text) <= SHORT and (
        text.startswith(known().sent_from) or text.endswith(known().sent_from_ends)
    )

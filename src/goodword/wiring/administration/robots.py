"""Group robots, and the company's apps on WeCom, DingTalk and Feishu: set up, switched, tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.core.sealing import encrypt
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Department
from goodword.company.channels.actions.notifying import queue_message
from goodword.company.channels.outside.addresses import address_of
from goodword.company.channels.outside.errors import BadAddressError
from goodword.company.channels.robots.calls import CALLS
from goodword.company.channels.robots.groups import WAY
from goodword.company.channels.robots.models import PlatformApp, Robot
from goodword.company.channels.robots.posting import HOSTS, PURPOSE

from .facts import begin, journal
from .kinds import PLATFORM_APP_SET, ROBOT_ADDED, ROBOT_SWITCHED


@dataclass(frozen=True, slots=True)
class NewRobot:
    """What a robot is set up with. private: its address is a gateway of the company's own."""

    platform: str
    name: str
    address: str
    secret: str = ""
    department: Department | None = None
    ordinary: bool = False
    private: bool = False


def add_robot(new: NewRobot, *, by: Actor, at: datetime) -> Robot:
    """Have a group's robot say what its people are told.

    Effects: the robot, its address and secret sealed; `company.robot_added`, without either. Raises Forbidden without
    settings.edit, Invalid for an address that is not the platform's.
    """
    by.require("settings.edit")
    _check(new.address, HOSTS[new.platform], private=new.private)
    with one_fact():
        begin()
        robot = Robot.objects.create(
            platform=new.platform,
            name=new.name,
            sealed_address=encrypt(new.address, purpose=PURPOSE),
            sealed_secret=encrypt(new.secret, purpose=PURPOSE),
            department=new.department,
            ordinary=new.ordinary,
            private=new.private,
            made_at=at,
        )
        journal(ROBOT_ADDED, by=by, at=at, robot=robot.pk, platform=new.platform, private=new.private)
    return robot


def switch_robot(robot_id: int, *, is_on: bool, by: Actor, at: datetime) -> Robot:
    """On, or off. Effects: the robot; `company.robot_switched`. Raises Forbidden without settings.edit, NotFound."""
    by.require("settings.edit")
    with one_fact():
        begin()
        robot = _known(robot_id)
        if robot.is_on != is_on:
            robot.is_on = is_on
            robot.save(update_fields=["is_on"])
            journal(ROBOT_SWITCHED, by=by, at=at, robot=robot.pk, is_on=is_on)
    return robot


def try_robot(robot_id: int, *, by: Actor, at: datetime) -> None:
    """Have it say a word. Effects: one message. Raises Forbidden without settings.edit, NotFound."""
    by.require("settings.edit")
    robot = _known(robot_id)
    said = {"title_zh": "好口碑:机器人试发", "title_en": "Goodword: the robot is tried", "path": "/notices/"}
    payload = {**said, "kind": "try", "clause_id": "", "urgent": False, "robot": robot.pk}
    with one_fact():
        queue_message(WAY, payload=payload, at=at, dedupe_key=f"{WAY}:try:{robot.pk}:{at.isoformat()}")


@dataclass(frozen=True, slots=True)
class NewApp:
    """What an app is set up with. secret: empty keeps the one there is. base: empty for the platform's own."""

    platform: str
    corp: str
    agent: str = ""
    secret: str = ""
    base: str = ""
    is_on: bool = True
    private: bool = False


def set_app(new: NewApp, *, by: Actor, at: datetime) -> PlatformApp:
    """Set the company's app on a platform up, or change it.

    Effects: the app, its secret sealed; `company.platform_app_set`, without it. Raises Forbidden without settings.edit,
    Invalid for an address that is none of the platform's, an app without a secret, or another address for a
    secret that was given for the one before.
    """
    by.require("settings.edit")
    base = new.base.rstrip("/") or CALLS[new.platform].base
    _check(base, HOSTS[new.platform], private=new.private)
    with one_fact():
        begin()
        app = PlatformApp.objects.filter(platform=new.platform).first() or PlatformApp(platform=new.platform)
        if not new.secret and (
            not app.sealed_secret or app.base != base
        ):  # it goes nowhere else than it was given for
            raise Invalid("请填写密钥。", "Give its secret.", fields={"secret": "必填 / required"})
        app.base, app.corp, app.agent, app.private, app.is_on = (
            base,
            new.corp,
            new.agent,
            new.private,
            new.is_on,
        )
        if new.secret:
            app.sealed_secret = encrypt(new.secret, purpose=PURPOSE)
        app.save()
        journal(PLATFORM_APP_SET, by=by, at=at, platform=new.platform, is_on=new.is_on, private=new.private)
    return app


def _known(robot_id: int) -> Robot:
    robot = Robot.objects.filter(pk=robot_id).first()
    if robot is None:
        raise NotFound
    return robot


def _check(address: str, hosts: tuple[str, ...], *, private: bool) -> None:
    try:
        _, host, _, _ = address_of(address, private=private)
    except BadAddressError:
        host = ""
    if not host or (not private and host not in hosts):
        raise Invalid(
            "地址应是平台给出的 https 地址。",
            "The address should be the https one the platform gave.",
            fields={"address": " / ".join(hosts)},
        )

"""Header fields as they really arrive: charsets, torn words, addresses, dates."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from tests.base.documents.mail.letters import letter, part, people, several, subject

from goodword.base.documents.mail import read

SAID = "编码器坏了，请尽快处理"


def word(data: bytes, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(data).decode()}?="


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("gb2312", "gbk"),
        ("GBK", "gbk"),
        ("gb18030", "gb18030"),
        ("utf-8", "utf-8"),
        ("x-gbk", "gbk"),
        ("gb2312", "gb18030"),
    ],
)
def test_a_subject_in_every_chinese_charset(charset, codec):
    assert subject(word(SAID.encode(codec), charset)) == SAID


def test_traditional_japanese_and_korean():
    assert subject(word("設備故障".encode("big5"), "big5")) == "設備故障"
    assert subject(word("解除".encode("iso2022_jp"), "iso-2022-jp")) == "解除"
    assert subject(word("고장".encode("euc_kr"), "ks_c_5601-1987")) == "고장"
    assert subject("=?utf-7?Q?+f45ZfQ-?=") == b"+f45ZfQ-".decode("utf-7")


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_raw_eight_bit_fields_without_any_charset(codec):
    raw = letter("", Subject=SAID.encode(codec), From="王小明".encode(codec) + b" <xm@example.com>")
    assert (read(raw).subject, read(raw).sender.name) == (SAID, "王小明")


def test_a_raw_field_is_read_in_the_charset_the_body_names():
    raw = letter("", Subject="設備故障".encode("big5"), Content_Type="text/plain; charset=big5")
    assert read(raw).subject == "設備故障"


def test_latin_letters_stay_latin():
    for said in ("Äußerung über Größe", "Müller", "élan vital", "Ça va? Où êtes-vous, à Évry"):
        assert subject(said.encode("latin-1")) == said
    assert subject("最喜歡這部，雖然".encode("gbk")) == "最喜歡這部，雖然"


def test_a_character_torn_between_two_words_is_whole():
    data = SAID.encode()
    assert subject(f"{word(data[:10], 'utf-8')}\r\n {word(data[10:], 'utf-8')}") == SAID
    gbk = SAID.encode("gbk")
    assert subject(f"{word(gbk[:5], 'gb2312')} {word(gbk[5:], 'gb2312')}") == SAID


def test_words_beside_words_and_beside_text():
    assert subject("=?utf-8?Q?a?= =?gbk?B?xOM=?= b =?utf-8?q?c_d?=e") == "a你 b c de"
    assert subject('"=?utf-8?B?5L2g?="') == '"你"'
    assert subject("=?utf-8?B?5L2g") == "=?utf-8?B?5L2g"
    assert subject("=?nonsense?B?5L2g?=") == "你"


def test_a_wrong_charset_is_found_out():
    for said in (SAID, SAID + "。", "你好", "设备坏了"):
        assert subject(word(said.encode(), "gb2312")) == said
        assert subject(word(said.encode(), "big5")) == said
        assert subject(word(said.encode("gbk"), "gb2312")) == said
    assert subject(word("Привет".encode(), "koi8-r")) == "Привет"
    assert subject(word("Привет".encode("koi8-r"), "koi8-r")) == "Привет"
    assert subject(word(SAID.encode("gbk"), "iso-8859-1")) == SAID


def test_signs_that_turn_the_direction_are_taken_out():
    assert subject("=?utf-8?B?4oCuZ3BqLmV4ZQ==?=") == "gpj.exe"


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("xm@example.com", "", "xm@example.com"),
        ("<xm@example.com>", "", "xm@example.com"),
        ("xm@example.com (Wang)", "Wang", "xm@example.com"),
        ('"Wang, Xiaoming" <xm@example.com>', "Wang, Xiaoming", "xm@example.com"),
        ("Wang, Xiaoming <xm@example.com>", "Wang, Xiaoming", "xm@example.com"),
        ("'Wang' <xm@example.com>", "Wang", "xm@example.com"),
        ('"xm@example.com" <xm@example.com>', "", "xm@example.com"),
        ("Wang xm@example.com", "Wang", "xm@example.com"),
        ("Wang <xm@example.com", "Wang", "xm@example.com"),
        ("Wang <<xm@example.com>>", "Wang", "xm@example.com"),
        ("Wang [desk] <mailto:xm@example.com>", "Wang [desk", "xm@example.com"),
        ("=?utf-8?B?546LIDx4bUBleGFtcGxlLmNvbT4=?=", "王", "xm@example.com"),
        ("=?iso-8859-1?Q?B=FCrling,=20A?= <b@example.com>", "Bürling, A", "b@example.com"),
        ("Wang <xm@\r\n example.com>", "Wang", "xm@example.com"),
        ("Wang <no such address@example.com>", "Wang", "no such address@example.com"),
        ("Wang", "Wang", ""),
        ("", "", ""),
        ("<>", "", ""),
    ],
)
def test_senders_in_every_form(written, name, email):
    assert tuple(read(letter(From=written)).sender) == (name, email)


def test_groups_and_nobody():
    assert people("undisclosed-recipients:;") == []
    assert people("Desk: a@example.com, B <b@example.com>; c@example.com") == [
        ("", "a@example.com"),
        ("B", "b@example.com"),
        ("", "c@example.com"),
    ]
    assert people("a@example.com; b@example.com") == [("", "a@example.com"), ("", "b@example.com")]


def test_several_senders_the_first_with_an_address_counts():
    mail = read(letter(From="Desk, A <a@example.com>, B <b@example.com>"))
    assert (str(mail.sender), [str(each) for each in mail.others_from]) == (
        '"Desk, A" <a@example.com>',
        ["B <b@example.com>"],
    )
    assert read(letter(From=None, Sender="s@example.com")).sender.email == "s@example.com"


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 6 Jan 2020 12:09:37 +0800",
        "Mon, 6 Jan 2020 12:09:37 +0800 (CST)",
        "6 Jan 2020 04:09:37 GMT",
        "06 Jan 20 04:09:37 -0000",
        "Mon Jan  6 04:09:37 2020",
        "Mon, 6 Jan 2020 12.09.37 +0800",
        "2020-01-06 12:09:37 +0800",
        "2020-01-06T04:09:37Z",
        "星期一, 6 一月 2020 12:09:37 +0800",
        "星期一, 06 1月 2020 12:09:37 +0800",
    ],
)
def test_dates_in_every_form(written):
    assert read(letter(Date=written)).date == datetime(2020, 1, 6, 4, 9, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "yesterday", "Mon, 31 Feb 2020 12:00:00 +0800", "1 Jan 2900 00:00:00", "=?", "9" * 90]
)
def test_a_date_that_is_none(written):
    assert read(letter(Date=written)).date is None


def test_references_are_joined_in_their_order_and_once():
    mail = read(letter(References="<a@x>\r\n <b@x>", In_Reply_To="<b@x> <c@x>", Message_ID=" <d@x> "))
    assert (mail.references, mail.message_id) == (["a@x", "b@x", "c@x"], "d@x")
    assert read(letter(References="<a@x> <no-host>", In_Reply_To="your mail of 6 Jan b@x")).references == [
        "a@x",
        "no-host",
        "b@x",
    ]


def test_line_ends_of_every_kind_and_a_mailbox_line():
    for newline in (b"\r\n", b"\n", b"\r"):
        raw = letter("hello", Subject="a\r\n b").replace(b"\r\n", newline)
        assert (read(raw).subject, read(raw).body_text) == ("a b", "hello")
        raw = b"From xm@example.com Mon Jan  6 04:09:37 2020" + newline + raw
        assert read(raw).sender.email == "xm@example.com" or newline == b"\r"


def test_a_missing_empty_line_loses_no_text():
    assert (
        read(b"From: a@example.com\nSubject: s\nThe device is broken.\nHelp").body_text
        == "The device is broken.\nHelp"
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("filename*=utf-8''%E6%95%85%E9%9A%9C.pdf", "故障.pdf"),
        ("filename*0*=gb2312''%B9%CA; filename*1*=%D5%CF.pdf", "故障.pdf"),
        ('filename*0="a b"; filename*1="c.pdf"', "a bc.pdf"),
        ('filename="=?gbk?B?ucrVzy5wZGY=?="', "故障.pdf"),
        ("filename=a b.pdf", "a b.pdf"),
        ('filename="a;b.pdf"', "a;b.pdf"),
        ('filename="open.pdf', "open.pdf"),
        ('filename="../../etc/故障.pdf"', "故障.pdf"),
    ],
)
def test_file_names_in_every_form(written, name):
    raw = several(
        part("text/plain", "x"), part("application/pdf", "x", Content_Disposition=f"attachment; {written}")
    )
    assert [file.name for file in read(raw).attachments] == [name]


def test_a_raw_file_name():
    raw = several(part("text/plain", "x"), b'Content-Type: a/b; name="\xb9\xca\xd5\xcf.doc"\r\n\r\nx')
    assert [file.name for file in read(raw).attachments] == ["故障.doc"]

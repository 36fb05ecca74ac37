"""Texts, pages and files of a mail: what is the body, what is attached, whatever wraps them."""

from __future__ import annotations

import hashlib

import pytest
from tests.base.documents.mail.letters import (
    enveloped,
    file,
    framed,
    letter,
    names,
    part,
    several,
    winmail,
)

from goodword.base.documents.limits import Limits
from goodword.base.documents.mail import read
from goodword.base.documents.mail.confined import read_confined

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def test_an_alternative_is_read_once():
    mail = read(several(part("text/plain", "words"), part("text/html", "<p>words</p>"), kind="alternative"))
    assert (mail.body_text, mail.body_html, mail.attachments) == ("words", "<p>words</p>", [])


def test_words_that_stand_twice_are_read_once_and_no_others_are_lost():
    choice = part(
        'multipart/alternative; boundary="b2"',
        framed(part("text/plain", "words"), part("text/html", "<p>words</p>"), boundary="b2"),
    )
    page_alone = part(
        'multipart/alternative; boundary="b2"', framed(part("text/html", "<p>words</p>"), boundary="b2")
    )
    assert read(several(choice, part("text/plain", " \r\n"))).body_text == "words"
    for first in (choice, page_alone):
        mail = read(several(first, part("text/html", "<i>footer</i>"), part("text/plain", "list <x>")))
        assert mail.body_text == "words\n\nfooter\n\nlist <x>"
        assert mail.body_html == "<p>words</p>\n<i>footer</i>\n<p>list &lt;x&gt;</p>"


def test_a_page_alone_gives_the_text():
    mail = read(
        letter("<p>One</p><ul><li>a<li>b</ul><table><tr><td>x<td>y</table>1 &lt; 2", Content_Type="text/html")
    )
    assert mail.body_text == "One\n\n- a\n- b\n\nx y\n1 < 2"


def test_an_empty_plain_text_gives_way_to_the_page():
    assert (
        read(several(part("text/plain", "  "), part("text/html", "<b>yes</b>"), kind="alternative")).body_text
        == "yes"
    )


def test_the_page_is_safe_and_calls_nobody():
    page = (
        '<script>x</script><img src="https://spy.example/1.gif"><img src="cid:a"><a href="javascript:x">j</a>'
        '<a href="https://example.com">l</a><p style="background:url(https://spy.example)" onclick="x">p</p><form><input></form>'
    )
    mail = read(letter(page, Content_Type="text/html"))
    for gone in ("script", "spy", "javascript", "style", "onclick", "form", "input"):
        assert gone not in mail.body_html
    assert 'src="cid:a"' in mail.body_html
    assert 'rel="noopener noreferrer nofollow"' in mail.body_html
    assert mail.remote_pictures == 1


@pytest.mark.parametrize(
    "charset", ["gb2312", "gbk", "gb18030", "utf-8", "big5", "iso-2022-jp", "utf-7", "utf-16"]
)
def test_a_body_in_its_charset(charset):
    said = "設備" if charset in ("big5", "iso-2022-jp") else "设备坏了"
    codec = "gbk" if charset == "gb2312" else charset
    assert read(letter(said.encode(codec), Content_Type=f"text/plain; charset={charset}")).body_text == said


@pytest.mark.parametrize(
    "declared", ["us-ascii", "iso-8859-1", "utf-8", "", "x-unknown", '"gb2312', "utf-8mb4"]
)
def test_a_body_whose_charset_is_wrong_or_missing(declared):
    assert (
        read(letter("设备坏了".encode("gbk"), Content_Type=f"text/plain; charset={declared}")).body_text
        == "设备坏了"
    )


def test_one_bad_byte_does_not_cost_the_others():
    text = read(
        letter("设备坏了。".encode() * 9 + b"\xe8", Content_Type="text/plain; charset=utf-8")
    ).body_text
    assert text.startswith("设备坏了。" * 9)
    assert "\0" not in read(letter(b"a\0b")).body_text


def test_damaged_transfer_encodings():
    qp = "=E8=AE=BE=\r\n=E5=A4=87 = x =ZZ"
    assert (
        read(
            letter(qp, Content_Transfer_Encoding="quoted-printable", Content_Type="text/plain; charset=utf-8")
        ).body_text
        == "设备 = x =ZZ"
    )
    for written in ("aGVsbG8", "aGVs\r\nbG8=", "aGVs!bG8=", "aGVsbG8=\r\n-- footer --"):
        assert read(letter(written, Content_Transfer_Encoding="base64")).body_text.startswith("hello")


def test_flowed_paragraphs_are_joined():
    said = "One line \r\ngoes on.\r\n> quoted \r\n> too\r\n-- \r\nme"
    assert (
        read(letter(said, Content_Type="text/plain; format=flowed")).body_text
        == "One line goes on.\n> quoted too\n-- \nme"
    )


def test_a_file_is_told_by_its_bytes():
    mail = read(several(part("text/plain", "see"), file("a.pdf", b"%PDF-1")))
    (found,) = mail.attachments
    assert (found.name, found.type, found.size, found.inline) == ("a.pdf", "application/pdf", 6, False)
    assert found.sha256 == hashlib.sha256(b"%PDF-1").hexdigest()


def test_texts_between_files_are_one_body():
    assert (
        read(several(part("text/plain", "one"), file("a.pdf", b"x"), part("text/plain", "two"))).body_text
        == "one\n\ntwo"
    )


def test_a_named_text_is_a_file_and_one_alone_is_the_body():
    mail = read(several(part("text/plain", "one"), part('text/plain; name="log.txt"', "two")))
    assert (mail.body_text, names(mail)) == ("one", ["log.txt"])
    assert read(letter("one", Content_Type='text/plain; name="log.txt"')).body_text == "one"


def test_a_picture_in_the_text_is_inline():
    related = several(
        part("text/html", '<img src="cid:p1">'),
        part("image/png", PNG, Content_ID="<p1>"),
        part("application/pdf", "x", Content_Disposition='inline; filename="a.pdf"'),
        kind="related",
    )
    assert [(found.name, found.inline) for found in read(related).attachments] == [
        ("image-1.png", True),
        ("a.pdf", False),
    ]


def test_a_mail_inside_keeps_its_bytes_and_is_called_by_its_subject():
    inner = letter("inner words", Subject="=?utf-8?B?5pWF6Zqc?=")
    mail = read(several(part("text/plain", "outer"), part("message/rfc822", inner)))
    assert (mail.body_text, names(mail), mail.attachments[0].content) == ("outer", ["故障.eml"], inner)


def test_outlooks_package_is_unpacked():
    package = winmail({"故障报告.pdf": b"%PDF-1", "b.txt": b"two"}, text="包里的话")
    mail = read(
        several(
            part("application/ms-tnef", package, Content_Disposition='attachment; filename="winmail.dat"')
        )
    )
    assert (mail.body_text, names(mail)) == ("包里的话", ["故障报告.pdf", "b.txt"])
    assert names(read(several(file("winmail.dat", b"no package", "application/ms-tnef")))) == ["winmail.dat"]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_signed_wrapper_is_opened(chunked):
    inner = several(part("text/plain", "signed words"), file("a.pdf", b"x")).partition(
        b"Subject: Encoder\r\n"
    )[2]
    wrapped = letter(
        enveloped(inner, chunked=chunked),
        Content_Type="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
    )
    mail = read(wrapped)
    assert (mail.body_text, names(mail)) == ("signed words", ["a.pdf"])
    closed = letter(
        b"\x30\x03abc", Content_Type="application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"
    )
    assert names(read(closed)) == ["smime.p7m"]


def test_uuencoded_files_in_the_text():
    body = "see\r\nbegin 644 a.txt\r\n%:&5L;&\\ \r\n`\r\nend\r\nbye"
    mail = read(letter(body))
    assert (names(mail), mail.attachments[0].content, "begin" in mail.body_text) == (
        ["a.txt"],
        b"hello",
        False,
    )


def test_a_uuencoded_part_without_its_first_line():
    raw = several(
        part("text/plain", "x"),
        part("a/b; name=a.txt", "%:&5L;&\\ \r\n`\r\n", Content_Transfer_Encoding="x-uuencode"),
    )
    assert read(raw).attachments[0].content == b"hello"


def test_a_file_without_a_name_goes_by_its_description():
    raw = several(
        part("text/plain", "x"), part("message/rfc822", letter(), Content_Description="Undelivered Message")
    )
    assert names(read(raw)) == ["Undelivered Message.eml"]


def test_a_calendar_is_a_file():
    mail = read(
        several(
            part("text/plain", "come"),
            part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR"),
            kind="alternative",
        )
    )
    assert (mail.body_text, names(mail)) == ("come", ["invite-1.ics"])


def test_boundaries_that_are_missing_wrong_or_never_closed():
    parts = (part("text/plain", "words"), file("a.pdf", b"x"))
    for content_type in (
        "multipart/mixed",
        'multipart/mixed; boundary="other"',
        "multipart/mixed; boundary=",
    ):
        mail = read(letter(framed(*parts), Content_Type=content_type))
        assert (mail.body_text, names(mail)) == ("words", ["a.pdf"])
    open_end = several(*parts).removesuffix(b"--b1--\r\n")
    assert names(read(open_end)) == ["a.pdf"]
    assert (
        read(letter("no parts at all", Content_Type="multipart/mixed; boundary=b")).body_text
        == "no parts at all"
    )


def test_only_so_many_parts_and_so_deep():
    many = read(several(*[part("text/plain", "x")] * 10_000))
    assert many.cut
    levels = "".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(3_000)
    )
    assert read(f"From: a@example.com\r\n{levels}\r\nx".encode()).cut
    assert read(letter("long " * 99), Limits(text_chars=20)).body_text == "long long long long"


def test_the_child_says_the_same():
    raw = several(part("text/plain", "设备坏了"), file("a.pdf", b"%PDF-1"))
    said, files = read_confined(raw)
    assert (said["body_text"], said["attachments"][0]["sha256"]) == ("设备坏了", files[0].sha256)
    assert files[0].content == b"%PDF-1"

"""What the writer said now: in the forms of the mail programs people here and elsewhere use."""

from __future__ import annotations

import pytest
from tests.base.documents.mail.letters import letter, part, several

from goodword.base.documents.mail import read
from goodword.base.documents.mail.quoting import fold

OWN = "编码器又坏了。\n请今天派人来。"

LEADS = [
    "在 2026年1月6日，下午3:09，客服 <desk@example.com> 写道：",
    '在 2026-01-06 12:09:37，"客服" <desk@example.com> 写道：',
    "客服 <desk@example.com> 于2026年1月6日周二 下午3:09写道：",
    'At 2026-01-06 12:09:37, "desk" <desk@example.com> wrote:',
    "On Tue, Jan 6, 2026 at 3:09 PM Desk <desk@example.com> wrote:",
    "On Tue, Jan 6, 2026 at 3:09 PM A Desk With A Long Name\n<desk@example.com> wrote:",
    "On Jan 6, 2026, at 3:09 PM, Desk <\na-very-long-address-that-was-wrapped@example.com>\nwrote:",
    "---- On Tue, 06 Jan 2026 14:02:50 +0800 desk@example.com wrote ----",
    "Le mar. 6 janv. 2026 à 15:09, Desk <desk@example.com> a écrit :",
    "El mar, 6 ene 2026 a las 15:09, Desk (<desk@example.com>) escribió:",
    "Il giorno mar 6 gen 2026 alle ore 15:09 Desk <desk@example.com> ha\nscritto:",
    "Am Di., 6. Jan. 2026 um 15:09 Uhr schrieb Desk <desk@example.com>:",
    "Em ter., 6 de jan. de 2026 às 15:09, Desk <desk@example.com> escreveu:",
    "Op di 6 jan 2026 om 15:09 schreef Desk <desk@example.com>:",
    "Den tis 6 jan. 2026 kl 15:09 skrev Desk <desk@example.com>:",
    "W dniu 6 stycznia 2026 15:09 użytkownik Desk <desk@example.com>\nnapisał:",
    "2026年1月6日(火) 15:09 Desk <desk@example.com>:",
    "2026/01/06 15:09、Desk <desk@example.com>のメッセージ:",
    "2026년 1월 6일 (화) 오후 3:09, Desk <desk@example.com>님이 작성:",
    "вт, 6 янв. 2026 г. в 15:09, Desk <desk@example.com> написал:",
    "Tue, 06 Jan 2026 14:00:51 +0800 от Desk <desk@example.com>:",
    '06.01.2026, 14:41, "Desk" <desk@example.com>:',
]
HEADS = [
    '------------------ 原始邮件 ------------------\n发件人: "客服"<desk@example.com>;\n发送时间: 2026年1月6日(星期二) 中午12:09\n收件人: "小明"<xm@example.com>;\n主题: 回复：编码器',
    "-----原始邮件-----\n发件人:客服 <desk@example.com>\n发送时间:2026-01-06 12:09:37 (星期二)\n收件人: xm@example.com",
    "-----邮件原件-----\n发件人: 客服 [mailto:desk@example.com]\n发送时间: 2026年1月6日 12:09",
    "发件人： 客服\n发送时间： 2026-01-06 12:09\n收件人： 小明\n主题： 编码器",
    "发件人: 客服 <desk@example.com>\n日期: 2026年1月6日 星期二 下午3:09\n收件人: 小明\n主题: Re: 编码器",
    "寄件者: Desk\n寄件日期: 2026年1月6日\n收件者: xm\n主旨: 編碼器",
    "-----Original Message-----\nFrom: Desk\nSent: Tuesday, January 6, 2026 3:09 PM",
    "________________________________\nFrom: Desk <desk@example.com>\nSent: Tuesday, January 6, 2026 3:09:00 PM\nTo: xm@example.com\nSubject: Re: Encoder",
    "*From:* Desk [mailto:desk@example.com]\n*Sent:* Tuesday, January 6, 2026\n*To:* xm@example.com",
    "Von: Desk\nGesendet: Dienstag, 6. Januar 2026 15:09\nAn: xm@example.com\nBetreff: Encoder",
    "De : Desk [mailto:desk@example.com]\nEnvoyé : mardi 6 janvier 2026 15:09\nÀ : xm\nObjet : Encoder",
    "From: Desk <desk@example.com> Sent: Tuesday, January 6, 2026 To: xm Subject: Encoder",
    "---------- Forwarded message ---------\nFrom: Desk <desk@example.com>\nDate: Tue, Jan 6, 2026 at 3:09 PM",
    "-------- Oprindelig besked --------\nFra: Desk <desk@example.com>\nDato: 06.01.2026",
]
SIGNATURES = [
    "-- \n王小明\n示例公司",
    "--\n王小明",
    "发自我的iPhone",
    "来自QQ邮箱手机版",
    "发送自 Windows 邮件",
    "Sent from my iPhone",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Von meinem iPhone gesendet",
    "Best regards,\n\nWang Xiaoming\nExample Co.",
    "此致\n敬礼！\n王小明",
    "------------------\n王小明\n示例公司 工程部",
    "祝好\n王小明\n\n发自我的iPhone",
]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("quote", ["\n> 您好\n> 再见", "\n您好\n再见"])
def test_what_somebody_wrote_is_folded(lead, quote):
    assert fold(f"{OWN}\n\n{lead}\n{quote}") == OWN


@pytest.mark.parametrize("head", HEADS)
def test_an_earlier_mail_below_is_folded(head):
    assert fold(f"{OWN}\n\n{head}\n\n您好，原来的话\n> 更早的话") == OWN


@pytest.mark.parametrize("signature", SIGNATURES)
def test_signatures_are_folded_above_a_quote_too(signature):
    assert fold(f"{OWN}\n\n{signature}") == OWN
    assert fold(f"{OWN}\n\n{signature}\n\n{LEADS[0]}\n\n> 您好") == OWN


def test_answers_between_quotes_are_kept():
    assert fold("见下\n> 什么坏了？\n编码器\n> 哪一台？\n二号机") == "见下\n编码器\n二号机"


def test_an_answer_below_the_quote_is_kept():
    assert fold(f"{LEADS[4]}\n\n> What broke?\n> Which one?\n\nThe encoder.") == "The encoder."


def test_a_lead_on_the_same_line_is_cut_off():
    assert fold("Thanks On Tue, Jan 6, 2026 at 3:09 PM, desk@example.com wrote:\n> Hi") == "Thanks"


@pytest.mark.parametrize(
    "text",
    [
        "On the other hand, it works.\nOn average twice a day.",
        "He wrote: nothing works.",
        "I came from: Beijing\nto: Shanghai",
        "Times that fail:\n2026-01-06 14:30\n15.01.2026 14:30\nJan 6, 2026 at 14:30",
        "## Points\n----\n1. one\n----\nThe dashes are mine.",
        "I sent from my iPhone app a message that never arrived and it is still there.\nHelp",
        "With regards to the payment, it is late.",
        "See >>> >>> http://example.com <<<\nand call",
        "发件人写错了：请改成王小明",
        "他在2026年写道歉信给我：没有用",
    ],
)
def test_what_only_looks_like_a_quote_stays(text):
    assert fold(text) == text


@pytest.mark.parametrize("text", ["> all of it", HEADS[0] + "\n\n原来的话", "--\n王小明", "发自我的iPhone"])
def test_a_mail_of_nothing_else_is_kept_whole(text):
    assert fold(text) == text


PAGES = [
    '<div class="gmail_quote"><div class="gmail_attr">On Tue, Jan 6, 2026 Desk wrote:<br></div><blockquote>old</blockquote></div>',
    '<blockquote type="cite"><div>old</div></blockquote>',
    '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Desk</div><div>old</div>',
    '<span id="OLK_SRC_BODY_SECTION"><div>old</div></span>',
    '<div class="moz-cite-prefix">Am 6.1. um 3 schrieb Desk:</div><blockquote>old</blockquote>',
    '<div class="yahoo_quoted"><div>old</div></div>',
    '<div id="isReplyContent">old</div>',
    '<div class="ntes-mailmaster-quote">old</div>',
    "<div>------------------ 原始邮件 ------------------</div><div><b>发件人:</b> 客服</div><div>old</div>",
    '<div style="border-top:solid #B5C4DF 1.0pt"><p><b>From:</b> Desk<br><b>Sent:</b> Tuesday<br><b>To:</b> xm</p></div><p>old</p>',
    '<div name="quote"><div name="quoted-content">old</div></div>',
    '<div class="gmail_signature">old</div>',
    '<div id="ms-outlook-mobile-signature">old</div>',
]


@pytest.mark.parametrize("page", PAGES)
def test_quotes_of_a_page_are_folded_by_its_markup(page):
    own = "<div>编码器又坏了。</div><div>请今天派人来。</div>"
    mail = read(letter(own + page, Content_Type="text/html; charset=utf-8"))
    assert mail.reply_text == OWN
    assert "old" in mail.body_text
    assert "old" in mail.body_html


def test_answers_inside_a_pages_quote_are_kept():
    page = "<div>See below</div><div class='gmail_quote'><blockquote>Which?</blockquote><div>The second</div><blockquote>When?</blockquote></div>"
    assert read(letter(page, Content_Type="text/html")).reply_text == "See below\nThe second"


def test_where_the_plain_text_shows_no_quote_the_page_decides():
    page = '<p>New words</p><div id="divRplyFwdMsg">x</div><p>Old words</p>'
    raw = several(part("text/plain", "New words\n\nOld words"), part("text/html", page), kind="alternative")
    assert read(raw).reply_text == "New words"

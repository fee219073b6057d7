"""What mail programs put around somebody's words, program by program, language by language."""

from __future__ import annotations

import pytest

from mianyue.understanding.mail.html_text import text_of_html
from mianyue.understanding.mail.own_part import own_part

QUOTED = "\n1. 12月1日（周二）10:00\n2. Wednesday 2 December 14:00\n"

ABOVE = {
    "dingtalk": "------------------------------------------------------------------\n发件人：星河招聘 <hr@xinghe.example>\n发送时间：2026年11月30日(星期一) 09:00\n收件人：严天佑 <yan@b.example>\n主　题：面试邀请\n",
    "feishu": '发件人："星河招聘"<hr@xinghe.example>\n日期：2026年11月30日 (周一) 09:00\n主题：[外部]面试邀请\n收件人："严天佑"<yan@b.example>\n',
    "139": "----邮件原文----\n发件人：星河招聘 <hr@xinghe.example>\n收件人：严天佑\n抄送: (无)\n发送时间：2026-11-30 09:00:00\n主题：面试邀请\n",
    "sina": "----- 原始邮件 -----\n发件人：星河招聘 <hr@xinghe.example>\n收件人：yan@sina.example\n主题：面试邀请\n日期：2026年11月30日 09点00分\n",
    "xiaomi": '原始邮件\n发件人："星河招聘" <hr@xinghe.example>\n时间：2026年11月30日 09:00\n收件人：yan@b.example\n',
    "huawei": "-------- 原始邮件 --------\n发件人：星河招聘 <hr@xinghe.example>\n日期：2026年11月30日周一 09:00\n收件人：yan@b.example\n主 题：面试邀请\n",
    "samsung zh": "-------- 原始信息 --------\n发件人： 星河招聘 <hr@xinghe.example>\n日期： 2026/11/30 09:00 (GMT+08:00)\n收件人： yan@b.example\n",
    "samsung en": "-------- Original message --------\nFrom: Galaxy HR <hr@xinghe.example>\nDate: 30/11/2026 09:00 (GMT+08:00)\nTo: yan@b.example\nSubject: Interview\n",
    "outlook mac": "From: Galaxy HR <hr@xinghe.example>\nDate: Monday, 30 November 2026 at 09:00\nTo: Yan <yan@b.example>\nSubject: Interview\n",
    "outlook bold": "*From:* Galaxy HR <hr@xinghe.example>\n*Sent:* Monday, 30 November 2026 09:00\n*To:* Yan <yan@b.example>\n*Subject:* Interview\n",
    "outlook ja": "差出人: 星河 <hr@xinghe.example>\n送信日時: 2026年11月30日 9:00\n宛先: 佐藤 <sato@b.example>\n件名: 面接\n",
    "outlook ko": "보낸 사람: 은하 <hr@xinghe.example>\n보낸 날짜: 2026년 11월 30일 월요일 오전 9:00\n받는 사람: 민수\n제목: 면접\n",
    "outlook de": "Von: Galaxy HR <hr@xinghe.example>\nGesendet: Montag, 30. November 2026 09:00\nAn: Jürgen\nBetreff: Gespräch\n",
    "outlook fr": "De : Galaxy HR <hr@xinghe.example>\nEnvoyé : lundi 30 novembre 2026 09:00\nÀ : Chloé\nObjet : Entretien\n",
    "outlook es": "De: Galaxy HR <hr@xinghe.example>\nEnviado el: lunes, 30 de noviembre de 2026 9:00\nPara: Lucía\nAsunto: Entrevista\n",
    "outlook pt": "De: Galaxy HR <hr@xinghe.example>\nEnviada em: segunda-feira, 30 de novembro de 2026 09:00\nPara: João\nAssunto: Entrevista\n",
    "outlook tw": "寄件者: 星河 <hr@xinghe.example>\n寄件日期: 2026年11月30日 上午 09:00\n收件者: 林佳穎\n主旨: 面試\n",
    "proton": "On Monday, November 30th, 2026 at 9:00 AM, Galaxy HR <hr@xinghe.example> wrote:\n",
    "thunderbird zh": "在 2026/11/30 09:00, 星河 写道:\n",
    "thunderbird tw": "星河 於 2026/11/30 09:00 寫道:\n",
    "gmail tw": "星河 <hr@xinghe.example> 於 2026年11月30日 週一 上午9:00寫道：\n",
    "gmail ru": "пн, 30 нояб. 2026 г. в 09:00, Galaxy HR <hr@xinghe.example>:\n",
    "mail.ru": "Понедельник, 30 ноября 2026, 9:00 +03:00 от Galaxy HR <hr@xinghe.example>:\n",
    "gmail vi": "Vào Th 2, 30 thg 11, 2026 vào lúc 09:00 Galaxy HR <hr@xinghe.example> đã viết:\n",
    "gmail ar": "في الاثنين، ٣٠ نوفمبر ٢٠٢٦ في ٩:٠٠ ص تمت كتابة ما يلي بواسطة ‪Galaxy HR‬‏ <‪hr@xinghe.example‬‏>:\n",
    "gmail it": "Il giorno lun 30 nov 2026 alle ore 09:00 Galaxy HR <hr@xinghe.example> ha scritto:\n",
    "gmail de": "Am Mo., 30. Nov. 2026 um 09:00 Uhr schrieb Galaxy HR <hr@xinghe.example>:\n",
    "gmail fr": "Le lun. 30 nov. 2026 à 09:00, Galaxy HR <hr@xinghe.example> a écrit :\n",
    "gmail pt": "Em seg., 30 de nov. de 2026 às 09:00, Galaxy HR <hr@xinghe.example> escreveu:\n",
    "gmail ja": "2026年11月30日(月) 9:00 Galaxy HR <hr@xinghe.example>:\n",
    "gmail broken in the address": "On Mon, Nov 30, 2026 at 9:00 AM Galaxy Technology Recruiting <hr@xinghe.example\n> wrote:\n",
    "gmail broken before wrote": "On Mon, Nov 30, 2026 at 9:00 AM Galaxy Technology Recruiting <hr@xinghe.example>\nwrote:\n",
    "gmail broken twice": "On Mon, Nov 30, 2026 at\n9:00 AM Galaxy Technology Recruiting\n<hr@xinghe.example> wrote:\n",
    "apple ja": "2026/11/30 9:00、星河 <hr@xinghe.example>のメール:\n",
    "apple old": "Begin forwarded message:\n\nFrom: HR <hr@xinghe.example>\nSubject: Interview\n",
    "exchange underline": "________________________________\nFrom: Galaxy HR <hr@xinghe.example>\nSent: Monday, November 30, 2026 9:00:00 AM\nTo: yan@b.example\n",
    "naver": '-----Original Message-----\nFrom: "은하"<hr@xinghe.example>\nTo: <minsu@naver.example>;\nSent: 2026-11-30 (월) 09:00:00 (GMT+09:00)\n',
    "lotus": "From:   Galaxy HR <hr@xinghe.example>\nTo:     yan@b.example\nDate:   30/11/2026 09:00\nSubject:        Interview\n",
}

BELOW = {
    "iphone zh": "发自我的iPhone",
    "iphone apple zh": "从我的 iPhone 发送",
    "iphone en": "Sent from my iPhone",
    "android": "Sent from my Samsung Galaxy smartphone.",
    "outlook": "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    "outlook zh": "获取 Outlook for iOS",
    "mail for windows": "Sent from Mail for Windows",
    "mail for windows zh": "从 Windows 版邮件发送",
    "proton": "Sent with Proton Mail secure email.",
    "yahoo": "Sent from Yahoo Mail for iPhone",
    "huawei": "发自我的华为手机",
    "wecom": "发自我的企业微信",
    "netease": "发自网易邮箱大师",
    "qq": "来自我的手机QQ邮箱",
    "foxmail": "发送自 Windows 10 版邮件应用",
    "ja": "iPhoneから送信",
    "ko": "나의 iPhone에서 보냄",
    "de": "Von meinem iPhone gesendet",
    "fr": "Envoyé de mon iPhone",
    "es": "Enviado desde mi iPhone",
    "dashes": "-- \nYan Tianyou\n+86 138 0013 8000",
    "zh regards": "此致\n敬礼\n严天佑",
    "regards": "Best regards,\nYan Tianyou",
}
BEFORE = {
    "microsoft 365": "[You don't often get email from yan@b.example. Learn why this is important at https://aka.ms/LearnAboutSenderIdentification ]",
    "microsoft 365 zh": "你通常不会收到来自 yan@b.example 的电子邮件。了解这一点为什么很重要<https://aka.ms/LearnAboutSenderIdentification>",
    "caution": "CAUTION: This email originated from outside of the organization. Do not click links or open attachments.",
    "external": "[EXTERNAL EMAIL]",
    "zh": "【外部邮件】此邮件来自公司外部，请谨慎点击链接和附件。",
    "zh warning": "注意：该邮件来自外部，请勿轻易打开附件。",
}
OWN = ["周三下午两点可以，谢谢", "The second one, please.\nIs there parking?"]


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("program", ABOVE)
def test_the_letter_below_is_cut(program, own):
    assert own_part(f"{own}\n\n{ABOVE[program]}{QUOTED}") == own
    assert own_part(f"{own}\n\n{ABOVE[program]}{QUOTED}".replace("\n", "\r\n")) == own


@pytest.mark.parametrize("program", [name for name in ABOVE if "wrote" in ABOVE[name] or "写道" in ABOVE[name]])
def test_answers_between_and_below_quoted_lines_are_kept(program):
    text = f"{ABOVE[program]}> 1. 10:00\n这个时间不行\n> 2. 14:00\n\n这个可以的\n"
    assert own_part(text) == "这个时间不行\n\n这个可以的"


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("line", BELOW)
def test_what_programs_and_people_sign_with_is_cut(line, own):
    assert own_part(f"{own}\n\n{BELOW[line]}\n") == own


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("banner", BEFORE)
def test_what_our_own_gateway_put_on_top_is_cut(banner, own):
    assert own_part(f"{BEFORE[banner]}\n\n{own}\n") == own


KEPT = [
    "From 2pm to 4pm on Wednesday:\n2 December",
    "来自我的朋友推荐，想问问岗位",
    "日期：12月2日\n时间：14:00\n主题：面试",
    "时间：周三\n地点：线上",
    "Date: 2 December\nTime: 14:00",
    "周一 10:00\n周二 14:00\n周三 16:00",
    "可以：\n1. 周三\n2. 周四",
    "我昨天 10:30 在邮件里写到：周三可以",
    "Confidentiality is fine with me, the second time please.",
    "This message is to confirm Wednesday 14:00.",
    "本人周三下午有空，仅供参考",
    "sent from the train: I will be 10 minutes late",
    "注意：周三我不行，周四可以",
    "请回复 yan@b.example，周三 14:00 可以：谢谢",
    "12/2 14:00\n12/3 10:00",
    "* 周三下午\n* 周四上午",
    "- Wed pm\n- Thu am",
    "1",
    "OK",
    "好的👌",
    "第二个",
    "周三",
    "Option Two",
    "Thank You",
    "从我的公司过去要一小时，周三可以",
    "From: Wednesday 2 pm\nTo: Wednesday 5 pm",
    "Thanks\nWednesday 2 pm",
]


@pytest.mark.parametrize("own", KEPT)
def test_own_words_that_look_like_a_programs_stay(own):
    assert own_part(own) == own
    assert own_part(f"您好！\n\n{own}\n\n谢谢") == f"您好！\n\n{own}\n\n谢谢"


HTML = {
    "outlook desktop": '<p class=MsoNormal><span lang=EN-US>{}</span></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal><b><span>发件人<span lang=EN-US>:</span></span></b><span lang=EN-US> HR &lt;hr@xinghe.example&gt; <br></span><b><span>发送时间<span lang=EN-US>:</span></span></b><span lang=EN-US> 2026</span>年<span lang=EN-US>11</span>月<span lang=EN-US>30</span>日<span lang=EN-US> 9:00<br></span><b>收件人<span>:</span></b> Yan<br><b>主题:</b> x</p></div></div><p>1. 12月1日 10:00</p>',
    "new outlook": '<div>{}</div><div id="mail-editor-reference-message-container"><div><b>From:</b> HR<br></div><div>1. 10:00</div></div>',
    "feishu": '<div>{}</div><div id="lark-mail-quote-1" class="history-quote-wrapper"><div>发件人：HR</div><div>1. 10:00</div></div>',
    "gmail app": '<div dir="auto">{}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">2026年11月30日(月) 9:00 HR &lt;hr@xinghe.example&gt;:<br></div><blockquote class="gmail_quote">1. 10:00</blockquote></div>',
    "foxmail": '<div>{}</div><div><hr style="width:210px"></div><div><br></div><blockquote style="margin-top:0"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt"><div><b>发件人：</b>&nbsp;HR</div><div><b>发送时间：</b>&nbsp;2026-11-30</div></div><div>1. 10:00</div></blockquote>',
    "aliyun": '<div class="__aliyun_email_body_block"><div>{}</div><blockquote style="margin-right:0"><div>------------------------------------------------------------------</div><div>发件人：HR</div><div>1. 10:00</div></blockquote></div>',
    "table": "<table><tr><td>{}</td></tr></table><blockquote>1. 10:00</blockquote>",
    "unclosed": "<div>{}<blockquote>1. 10:00",
    "upper case": "<DIV>{}</DIV><BLOCKQUOTE>1. 10:00</BLOCKQUOTE>",
}


@pytest.mark.parametrize("program", HTML)
def test_the_letter_below_is_cut_from_html(program):
    assert own_part(text_of_html(HTML[program].format("第二个可以。<br>请问几楼？"))) == "第二个可以。\n请问几楼？"

"""Facts that a model may make up in words that no rule forbids by name, and ordinary sentences that should be usable."""

from __future__ import annotations

import json

import pytest

from mianyue.understanding.wording.check import check
from mianyue.understanding.wording.suggestion import Asked, SuggestionRefused

CHINESE = Asked("zh", "后端开发工程师", (), "Output: JSON.")
ENGLISH = Asked("en", "Backend Engineer", (), "Output: JSON.")

INVENTED_ZH = (
    "面试共三轮，期待与您交流。",
    "我们的团队在业内很有名气，期待与您交流。",
    "公司会报销您的路费，期待与您交流。",
    "您的申请排在前列，期待与您交流。",
    "我们已经决定邀请您，期待与您交流。",
    "团队由十几人组成，期待与您交流。",
    "您可以带家人一起来，期待与您交流。",
    "请于早八点前回复，期待与您交流。",
    "您在阿里工作的经历，我们想和您交流。",
    "您毕业于名校，我们想和您交流。",
    "您之前在字节的工作让我们想和您交流。",
    "听说您最近搬家了，期待与您交流。",
    "小王会联系您，期待与您交流。",
    "老李也很期待与您交流。",
    "我是招聘组的小陈，期待与您交流。",
    "我们在浦东等您，期待与您交流。",
    "请走东门，期待与您交流。",
    "我们会在年前给您答复，期待与您交流。",
    "这个岗位需要出差，期待与您交流。",
    "这个岗位可以居家办公，期待与您交流。",
    "本岗位工作强度不大，期待与您交流。",
    "我们实行弹性工作制，期待与您交流。",
    "您跳槽频繁，但我们仍想与您交流。",
    "您的年纪正合适，我们想与您交流。",
    "像您这样的女性工程师，我们想与您交流。",
    "您是我们唯一的候选人，期待与您交流。",
    "我们拒绝了其他候选人，期待与您交流。",
    "您需要先通过考核，期待与您交流。",
    "请加我好友，期待与您交流。",
    "请先付押金，期待与您交流。",
    "我们周围有很多餐厅，期待与您交流。",
    "您在上家公司做得不开心，我们想与您交流。",
    "您的孩子也可以在园里玩，期待与您交流。",
    "请把护照号码发给我们，期待与您交流。",
    "请回复您的银行卡，期待与您交流。",
    "请回复您的期望，期待与您交流。",
    "面试时请说英语，期待与您交流。",
    "我们是一家上市公司，期待与您交流。",
    "您将向技术负责人汇报，期待与您交流。",
    "您的简历由朋友推荐，期待与您交流。",
)

INVENTED_EN = (
    "There will be several rounds, and we look forward to them with you.",
    "Our team is well known and we would like to talk to you.",
    "We will cover your travel and look forward to it with you.",
    "Your application is near the front of our list, and we look forward to it.",
    "We have decided to invite you and look forward to it.",
    "Please use the east gate, and we look forward to it.",
    "You can work from home with us, and we look forward to it.",
    "The role requires travel, and we would like to talk with you.",
    "We look forward to meeting you and your family.",
    "As a woman in this field, you would be of interest to us.",
    "You are young, and we would like to talk with you about it.",
    "You are our only candidate and we would like to talk with you.",
    "We turned down the others and would like to talk with you.",
    "Please send us your bank details and we will talk with you.",
    "Please pay a small deposit and we will talk with you.",
    "We know you were unhappy at your last company and would like to talk.",
    "Please speak french when we talk with you.",
    "You were referred to us by a friend, and we would like to talk with you.",
    "Our listed company would like to talk with you about the role.",
    "We heard about your recent move and would like to talk with you.",
    "You will report to the board and we would like to talk with you.",
    "we will meet you at the cafe by the river and talk with you.",
    "alice will call and talk with you about the role.",
    "Your graduation from a good school made us want to talk with you.",
    "Please reply with your password and we will talk with you.",
    "Your experience of a decade with it is of interest to us.",
    "Your work at google with it is of interest to us.",
    "We would like to hear about your cat and your work with us.",
    "You are accepted, and we look forward to it with you.",
    "The answer to your question is yes, and we look forward to it.",
)

ORDINARY_ZH = (
    "期待您回复这封信。",
    "感谢您抽空阅读这封信。",
    "谢谢您投递我们的岗位，我们很高兴收到您的简历。",
    "非常感谢您对我们团队的关注。",
    "感谢您的申请，我们已认真读过您的材料。",
    "很高兴收到您的投递，我们对您的经历很感兴趣。",
    "我们希望能与您聊一聊您在这方面的实践与思考。",
    "希望有机会听您分享相关项目中的体会。",
    "我们很想听您谈谈这方面的工作。",
    "您在简历中提到的这些内容，与团队目前的工作方向相近。",
    "如您有任何疑问，欢迎直接回复本信。",
    "若有不便之处，请告诉我们，我们会尽力配合。",
    "祝您生活愉快，工作顺利。",
    "期待与您进一步沟通，祝好。",
    "盼复，顺祝安好。",
    "期待早日与您见面。",
    "感谢您的时间与关注，期待与您相见。",
    "再次感谢您的关注与信任。",
    "我们期待与您展开一次愉快的交流。",
    "感谢您选择投递这个岗位。",
    "我们注意到您在这些方面有过实践，想和您深入聊聊。",
    "您与这些技术打交道的经历，正是我们想多了解的。",
    "请您按照自己的安排选择方便的安排。",
    "如果还有想了解的内容，也请告诉我们。",
    "愿您一切安好，期待您的回音。",
    "感谢您愿意花时间了解我们的工作。",
    "我们团队在日常工作中也会用到它们，因此很想与您交流心得。",
    "您的经历引起了我们的兴趣。",
    "请放心，您可以随时提出问题。",
    "感谢您的耐心等候，我们仍希望与您见面。",
    "之前给您写过信，不知您是否已经看到。",
    "我们依然很期待与您相识。",
    "冒昧再次来信，希望没有打扰到您。",
    "谢谢您的理解与配合。",
    "感谢您的来信，我们已为您另寻安排。",
    "祝好，期待与您会面。",
    "衷心感谢您的信任，我们期待与您畅谈。",
    "您好，很荣幸能邀请您与我们的团队交流。",
    "希望这次交流对您也有所帮助。",
    "期待倾听您的想法，也乐意回答您的问题。",
)

ORDINARY_EN = (
    "Thank you for taking the time to apply.",
    "We appreciate your interest and would like to get to know you.",
    "It was a pleasure to read about your background.",
    "We enjoyed reading your application and would like to speak with you.",
    "Your background caught our attention, and we would love to hear more.",
    "We would be glad to hear how you approached this work.",
    "We are curious about the way you worked with these tools.",
    "Our team works with both, so we would like to hear your thoughts on them.",
    "If anything is unclear, simply reply to this message.",
    "Do not hesitate to reach out if you have any questions.",
    "Should you have any questions, please feel free to reply.",
    "We look forward to speaking with you.",
    "Looking forward to hearing from you.",
    "Thank you again for your interest, and we hope to speak with you.",
    "Kind regards and thank you for your time.",
    "We hope this finds you well.",
    "We wrote to you recently and would still be glad to talk.",
    "We are still interested in meeting you and hearing about your work.",
    "Thank you for letting us know; here are other options for you to look at.",
    "We are happy to answer anything you would like to know about the role.",
    "We would welcome the chance to talk with you about the role.",
    "Please take your time, and let us know what works for you.",
    "With kind regards from the whole team.",
    "It would be a pleasure to meet you.",
    "Best regards, and we hope to hear from you.",
    "I hope you are doing well.",
    "We'd be happy to tell you more about our work and hear about yours.",
)


def passes(sentence: str, asked: Asked) -> bool:
    rest = "期待与您交流。" if asked.language == "zh" else "We look forward to hearing from you."
    try:
        check(json.dumps({"opening": sentence, "personal": "", "closing": rest}), asked)
    except SuggestionRefused:
        return False
    return True


@pytest.mark.parametrize(("sentence", "asked"), [*((s, CHINESE) for s in INVENTED_ZH), *((s, ENGLISH) for s in INVENTED_EN)])
def test_made_up_facts_are_refused(sentence, asked):
    assert not passes(sentence, asked)


def test_ordinary_sentences_are_usable():
    """Written before the vocabulary, by the same hand; a sentence refused without need costs no more than a template."""
    refused = [s for s in ORDINARY_ZH if not passes(s, CHINESE)] + [s for s in ORDINARY_EN if not passes(s, ENGLISH)]
    assert len(refused) <= 0.05 * len(ORDINARY_ZH + ORDINARY_EN), refused

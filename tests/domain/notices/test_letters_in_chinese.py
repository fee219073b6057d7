from dataclasses import replace

from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.render import render

FOOTER = """
青禾智能科技 招聘组　+86 21 0000 0000　recruiting@example.com
您收到这封信，是因为您应聘了我们的岗位。您的个人信息仅用于本次招聘，保留期限与您的权利见 https://example.com/privacy；如需更正、删除或提出异议，请联系 privacy@example.com
"""
MAP = (
    "https://uri.amap.com/marker?position=121.4737,31.2304&name=%E4%B8%8A%E6%B5%B7%E6%80%BB%E9%83%A8&coordinate=wgs84&callnative=1"
)


def test_invitation(onsite):
    letter = render(compose(onsite, "invitation"))
    assert letter.subject == "面试邀请｜后端开发工程师｜青禾智能科技，请选择时间"
    assert (
        letter.text
        == f"""唐浩然，您好：

我们看了您投递「后端开发工程师」的简历，您在 Kafka 与微服务方面的经验与这个岗位很契合，想邀请您参加一面。

请在下面选一个方便的时间（北京时间，以下时间均已为您保留至 12 月 1 日 周二 18:00）：
  1. 12 月 2 日 周三 14:00–15:00    选这个 → https://m.example.com/o1
  2. 12 月 3 日 周四 10:00–11:00    选这个 → https://m.example.com/o2
  3. 12 月 4 日 周五 15:00–16:00    选这个 → https://m.example.com/o3
都不方便，或想问点什么、不再考虑：https://m.example.com/p7（直接回复本邮件也可以）

面试官　　李四（技术中心）
地点　　　上海市示例区云杉路 1 号 8 层 会议室 B　导航：{MAP}
形式　　　现场，约 60 分钟：自我介绍 10 分钟，项目交流 35 分钟，您的提问 15 分钟
请带　　　身份证件原件（门禁登记用）、纸质简历 1 份
岗位资料　https://jobs.example.com/J001
{FOOTER}"""
    )


def test_confirmation(onsite):
    letter = render(compose(onsite, "confirmation"))
    assert letter.subject == "面试已约好｜后端开发工程师｜青禾智能科技，12 月 2 日 周三 14:00"
    assert (
        letter.text
        == f"""唐浩然，您好：

已为您约好「后端开发工程师」的一面。

时间　　　12 月 2 日 周三 14:00–15:00（北京时间）
地点　　　上海市示例区云杉路 1 号 8 层 会议室 B　导航：{MAP}
面试官　　李四（技术中心）
形式　　　现场，约 60 分钟：自我介绍 10 分钟，项目交流 35 分钟，您的提问 15 分钟
请带　　　身份证件原件（门禁登记用）、纸质简历 1 份
岗位资料　https://jobs.example.com/J001

查看或更改 → https://m.example.com/p7

想换个时间或有问题：请用上面的链接，或直接回复本邮件
{FOOTER}"""
    )


def test_change_shows_old_and_new(onsite):
    text = render(compose(onsite, "changed")).text
    assert text.startswith(
        """唐浩然，您好：

很抱歉，「后端开发工程师」的一面时间有变动。

原时间　　12 月 3 日 周四 10:00–11:00（北京时间）
新时间　　12 月 2 日 周三 14:00–15:00（北京时间）
"""
    )


def test_change_of_the_room_alone_does_not_speak_of_an_old_time(onsite):
    text = render(compose(replace(onsite, previous=onsite.chosen.interval), "changed")).text
    assert "原时间" not in text
    assert "很抱歉，「后端开发工程师」的一面安排有变动，现在的安排如下。" in text


def test_follow_up_is_shorter_than_the_invitation(onsite):
    assert (
        render(compose(onsite, "follow_up")).text
        == f"""唐浩然，您好：

之前邀请您参加「后端开发工程师」的一面，我们仍期待与您见面。

请在下面选一个方便的时间（北京时间，以下时间均已为您保留至 12 月 1 日 周二 18:00）：
  1. 12 月 2 日 周三 14:00–15:00    选这个 → https://m.example.com/o1
  2. 12 月 3 日 周四 10:00–11:00    选这个 → https://m.example.com/o2
  3. 12 月 4 日 周五 15:00–16:00    选这个 → https://m.example.com/o3
都不方便，或想问点什么、不再考虑：https://m.example.com/p7（直接回复本邮件也可以）

形式　现场，约 60 分钟
{FOOTER}"""
    )


def test_interviewer_learns_who_what_where_and_nothing_else(onsite):
    letter = render(compose(replace(onsite, recipient=replace(onsite.recipient, name="李四")), "interviewer_booked"))
    assert letter.subject == "面试安排｜后端开发工程师｜一面，12 月 2 日 周三 14:00"
    assert (
        letter.text
        == """李四，您好：

为您安排了一场面试，候选人唐浩然。

时间　　　　12 月 2 日 周三 14:00–15:00（北京时间）
候选人　　　唐浩然
岗位　　　　后端开发工程师，一面
会议室　　　会议室 B（上海总部）
形式　　　　现场，约 60 分钟
面试官　　　李四（技术中心）
岗位关键词　Kafka、微服务
简历　　　　https://m.example.com/r7

接受 → https://m.example.com/p7

这个时间不方便：https://m.example.com/p7

青禾智能科技 招聘组　+86 21 0000 0000　recruiting@example.com
您收到这封信，是因为您是这场面试的面试官。候选人信息仅用于本次招聘，请勿转发；您本人的权利见 https://example.com/privacy，如有异议请联系 privacy@example.com
"""
    )


def test_without_keywords_no_experience_is_praised(onsite):
    text = render(compose(replace(onsite, keywords=()), "invitation")).text
    assert "我们看了您投递「后端开发工程师」的简历，想邀请您参加一面。" in text


def test_options_in_different_rooms_each_name_theirs(onsite):
    first, second, third = onsite.options
    text = render(compose(replace(onsite, options=(first, replace(second, room_name="会议室 A"), third)), "invitation")).text
    assert "  2. 12 月 3 日 周四 10:00–11:00 · 会议室 A    选这个 → https://m.example.com/o2\n" in text
    assert "地点　　　上海市示例区云杉路 1 号 8 层　导航：" in text

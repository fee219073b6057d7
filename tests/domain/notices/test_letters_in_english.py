from dataclasses import replace

from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.facts import Recipient
from mianyue.domain.notices.render import render

FOOTER = """
Qinghe Recruiting · +86 21 0000 0000 · recruiting@example.com
You receive this letter because you applied to us. Your data is used for this recruitment only; your rights and how long we keep it: https://example.com/privacy (to correct or delete it, or to object: privacy@example.com)
"""


def test_invitation(abroad):
    letter = render(compose(abroad, "invitation"))
    assert letter.subject == "Interview for Backend Engineer at Qinghe: please pick a time"
    assert (
        letter.text
        == f"""Dear Amelia Varga,

Thank you for applying for Backend Engineer. Your work with Kafka and microservices is close to what this team does, and we would like to meet you for an interview (First interview).

Please pick one of these times (Vienna time; all of them are held for you until Tue 1 Dec, 11:00):
  1. Wed 2 Dec, 07:00–08:00    Pick this one → https://m.example.com/o1
  2. Thu 3 Dec, 09:00–10:00    Pick this one → https://m.example.com/o2
  3. Fri 4 Dec, 08:00–09:00    Pick this one → https://m.example.com/o3
None of them suits, a question, or no longer interested: https://m.example.com/p7 (or simply reply to this mail)

Interviewers: Li Si (Technology), Wang Wu (Architect)
Format: By video, about 60 minutes: 10 min to introduce yourself, 35 min on your work, 15 min for your questions
Please prepare: A computer that can share its screen
{FOOTER}"""
    )


def test_confirmation(abroad):
    letter = render(compose(abroad, "confirmation"))
    assert letter.subject == "Interview for Backend Engineer at Qinghe is booked: Wed 2 Dec, 07:00"
    assert (
        letter.text
        == f"""Dear Amelia Varga,

Your interview for Backend Engineer (First interview) is booked.

Time: Wed 2 Dec, 07:00–08:00 (Vienna time)
Video link: https://video.example.com/room7
Interviewers: Li Si (Technology), Wang Wu (Architect)
Format: By video, about 60 minutes: 10 min to introduce yourself, 35 min on your work, 15 min for your questions
Please prepare: A computer that can share its screen

See details or change → https://m.example.com/p7

Another time, or a question: use the link above, or simply reply to this mail
{FOOTER}"""
    )


def test_one_option_is_confirmed_rather_than_picked(abroad):
    text = render(compose(replace(abroad, options=abroad.options[:1]), "invitation")).text
    assert "Please confirm this time (Vienna time; it is held for you until Tue 1 Dec, 11:00):\n  1. Wed 2 Dec" in text


def test_american_readers_get_their_own_clock(abroad):
    text = render(compose(replace(abroad, recipient=Recipient("Amelia Varga", "en-US", "America/New_York")), "invitation")).text
    assert "(New York time; all of them are held for you until Tue, Dec 1, 5:00 AM):\n  1. Wed, Dec 2, 1:00 – 2:00 AM " in text


def test_an_onsite_interview_is_told_by_the_clock_on_the_wall(onsite):
    """A guest from Vienna reads the time of the building in Shanghai, named, not the time at home."""
    text = render(compose(replace(onsite, recipient=Recipient("Amelia Varga", "en", "Europe/Vienna")), "confirmation")).text
    assert "Time: Wed 2 Dec, 14:00–15:00 (Beijing time)\n" in text


def test_a_video_link_that_is_not_known_yet_is_promised(abroad):
    assert (
        "Video link: We will send it before the interview\n" in render(compose(replace(abroad, video_link=""), "confirmation")).text
    )

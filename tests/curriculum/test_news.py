from datetime import date, timedelta
from time import process_time
from types import SimpleNamespace

import pytest
from django.utils.timezone import now

from symposia.compliance.models import RulePack
from symposia.curriculum import tasks
from symposia.curriculum.actions.news import (
    NewsFacts,
    add_source,
    assign_news,
    decide_news,
    enter_news,
    stop_source,
    take_in_feed,
    take_in_letter,
)
from symposia.curriculum.feeds import NotAFeed, NotALetter, plain_text, read_feed, read_letter
from symposia.curriculum.models import NewsItem, NewsSource
from symposia.curriculum.queries.news import sources, sources_to_read
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.outgoing import RefusedAddress
from tests.factories.accounts import UserFactory
from tests.factories.curriculum import NewsItemFactory

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>New &lt;b&gt;statement&lt;/b&gt;</title><link>https://example.org/1</link>
<description>&lt;p&gt;From July.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description>
<guid>one</guid><pubDate>Tue, 02 Jun 2026 10:00:00 GMT</pubDate></item>
<item><title>Without guid</title><link>https://example.org/2</link></item>
<item><title></title><guid>no-title</guid></item>
<item><title>Script link</title><link>javascript:alert(1)</link><guid>three</guid></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title>Fees</title>
<link rel="self" href="https://example.org/self"/><link href="https://example.org/fees"/>
<updated>2026-05-04T08:00:00Z</updated><summary type="html">&lt;div&gt;Up&lt;/div&gt;</summary>
</entry></feed>"""
MAIL = b"""From: Desk <desk@example.org>\r\nSubject: Fwd: FW: New rule\r\nMessage-ID: <m1@x>\r
Date: Mon, 1 Jun 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r
Content-Type: text/html; charset=utf-8\r\n\r\n<p>From <b>July</b></p><style>p{}</style>\r\n"""
LETTER_HEAD = b"From: a@b.example\r\nSubject: x\r\n"


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


def test_rss_becomes_plain_words_with_days_and_addresses():
    first, second, third = read_feed(RSS)

    assert (first.title, first.text) == ("New statement", "From July.")
    assert (first.origin_id, first.published_on) == ("one", date(2026, 6, 2))
    assert second.origin_id == "https://example.org/2"
    assert third.address == ""


def test_atom_takes_the_alternate_link():
    (entry,) = read_feed(ATOM)

    assert (entry.address, entry.text) == ("https://example.org/fees", "Up")
    assert entry.published_on == date(2026, 5, 4)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        b"not xml",
        b'<!DOCTYPE r [<!ENTITY x "y">]><rss><channel><item><title>&x;</title></item>'
        b"</channel></rss>",
        b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><rss><channel/></rss><',
        b'<?xml version="1.0" encoding="no-such"?><rss/>',
    ],
    ids=["empty", "html", "words", "entity", "external", "encoding"],
)
def test_what_is_no_feed_or_holds_entities_is_refused(content):
    with pytest.raises(NotAFeed):
        read_feed(content)


def test_a_feed_gives_at_most_a_hundred_entries():
    items = b"".join(b"<item><title>T</title><guid>%d</guid></item>" % n for n in range(150))

    assert len(read_feed(b"<rss><channel>" + items + b"</channel></rss>")) == 100


def test_a_forwarded_mail_becomes_plain_words():
    letter = read_letter(MAIL)

    assert (letter.title, letter.text) == ("New rule", "From July")
    assert (letter.origin_id, letter.published_on) == ("<m1@x>", date(2026, 6, 1))
    assert letter.by == "Desk <desk@example.org>"


@pytest.mark.parametrize("content", [b"words", b"Subject: only\r\n\r\nx", b"From: a@b\r\n\r\nx"])
def test_what_is_no_mail_is_refused(content):
    with pytest.raises(NotALetter):
        read_letter(content)


@pytest.mark.parametrize(
    "content",
    [
        b"From: <\r\nSubject: x\r\n\r\nhi",
        b"From: a@[\r\nSubject: x\r\n\r\nhi",
        b"From: a@b.example\r\nSubject: x\r\nMessage-ID: <a@[\r\n\r\nhi",
        LETTER_HEAD + b"Date: Mon, 1 Jan 99999999999999999999 00:00:00 +0000\r\n\r\nhi",
        LETTER_HEAD + b'Content-Type: text/plain; charset="a\x00b"\r\n\r\nhi',
        LETTER_HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
        b"From: " + b"(" * 2_990 + b"\r\nSubject: x\r\n\r\nhi",
        LETTER_HEAD + b"Content-Type: text/plain;" + b" a*1=b;" * 8_000 + b"\r\n\r\nhi",
        LETTER_HEAD.replace(b"\r\n", b"\r") + b"Content-Type: a/b;" + b" a*1=b;" * 8_000,
    ],
    ids=[
        *("open bracket", "open address", "open id", "day", "charset", "nested", "brackets"),
        *("parameters", "old line ends"),
    ],
)
def test_mail_that_nobody_writes_is_refused_at_once(content):
    with pytest.raises(NotALetter):
        read_letter(content)


def test_of_a_mail_is_kept_what_a_record_can_hold(organisation):
    letter = read_letter(
        b"From: =?utf-8?q?a=00b?= <a@b.example>\r\nSubject: =?utf-8?q?c=00d?=\r\n"
        b"Content-Type: text/plain; charset=utf-7\r\n\r\ne+2AA-f"
    )

    item = take_in_letter(letter, by=SYSTEM)

    assert (letter.title, letter.by, letter.text) == ("cd", "ab <a@b.example>", "e?f")
    assert item.title == "cd"


@pytest.mark.parametrize("part", ["<!--", "<![", "<a ", "</", "<a a='", "<script>", "&#"])
def test_markup_that_never_ends_takes_no_longer_than_other(part):
    before = process_time()

    plain_text(part * (100_000 // len(part)))

    assert process_time() - before < 2


def test_what_markup_hides_is_not_kept():
    markup = "a<!-- b > c -->d<script>if (1 < 2) e()</script>f<STYLE>g</Style>h &lt;i&gt;"

    assert plain_text(markup) == "adfh <i>"


def test_markup_becomes_lines():
    assert plain_text("<p>A</p><ul><li>B<li>C</ul><script>x</script>&amp;") == "A\nB\nC&"


def test_the_same_entry_comes_in_once(organisation):
    source = add_source(title="Accreditor", address="https://example.org/feed", by=SYSTEM)

    made = take_in_feed(source, read_feed(RSS), by=SYSTEM)
    again = take_in_feed(source, read_feed(RSS), by=SYSTEM)

    assert (len(made), again) == (3, [])
    item = NewsItem.objects.get(origin_id="one")
    assert (item.came_by, item.body, item.number[:4]) == ("feed", "Accreditor", "NWS-")
    assert NewsSource.objects.get().last_problem == ""


def test_the_same_mail_comes_in_once(organisation):
    item = take_in_letter(read_letter(MAIL), by=SYSTEM)

    with pytest.raises(Refused) as refused:
        take_in_letter(read_letter(MAIL), by=SYSTEM)

    assert item.number in str(refused.value)


def test_a_feed_is_added_once_by_https_and_stopped(organisation):
    address = "https://example.org/feed"
    source = add_source(title="A", address=address, by=SYSTEM)

    assert code_of(lambda: add_source(title="B", address=address, by=SYSTEM)) == "source_there"
    assert code_of(lambda: add_source(title="B", address="http://b.org", by=SYSTEM)) == (
        "only_https"
    )
    assert sources_to_read(now()) == [source]
    take_in_feed(source, [], by=SYSTEM)
    assert sources_to_read(now()) == []
    assert sources_to_read(now() + timedelta(hours=25)) == [source]
    stop_source(source, by=SYSTEM)
    assert sources_to_read(now() + timedelta(hours=25)) == []
    assert code_of(lambda: take_in_feed(source, [], by=SYSTEM)) == "source_stopped"
    assert code_of(lambda: stop_source(source, by=SYSTEM)) == "source_stopped"
    assert [each.pk for each in sources()] == [source.pk]


def test_news_is_assigned_and_decided_with_the_version_that_carries_it_out(organisation):
    item, pack = enter_news(NewsFacts("Rule", "Accreditor"), by=SYSTEM), RulePack.objects.first()
    assign_news(item, UserFactory(), due_on=date(2027, 1, 1), by=SYSTEM)
    assign_news(item, UserFactory(full_name="Asha"), due_on=None, by=SYSTEM)

    def decide(**facts):
        given = {"decision": "rules", "reason": "We change", "pack": pack} | facts
        return decide_news(item, by=SYSTEM, **given)

    assert code_of(lambda: decide(reason=" ")) == "news_reason"
    assert code_of(lambda: decide(pack=None)) == "name_the_pack"
    assert code_of(lambda: decide(decision="no_change")) == "no_pack_here"
    decided = decide()
    assert (decided.pack, decided.state) == (pack, "decided")
    assert code_of(decide) == "news_decided"
    assert code_of(lambda: assign_news(item, UserFactory(), due_on=None, by=SYSTEM)) == (
        "news_decided"
    )


def test_news_that_changes_nothing_is_decided_at_once(organisation):
    item = NewsItemFactory()

    assert decide_news(item, decision="no_change", reason="Not us", by=SYSTEM).pack is None


@pytest.fixture
def outside(monkeypatch):
    """The world outside, as a feed's server."""
    world = SimpleNamespace(status=200, body=RSS, problem=None)

    def fetch(address):
        if world.problem:
            raise world.problem
        return SimpleNamespace(status=world.status, body=world.body)

    monkeypatch.setattr(tasks, "fetch", fetch)
    return world


@pytest.mark.parametrize(
    ("facts", "items", "problem"),
    [
        ({}, 3, ""),
        ({"status": 503}, 0, "The server answered 503."),
        ({"body": b"<html/>"}, 0, "NotAFeed: html"),
        ({"problem": RefusedAddress("private")}, 0, "RefusedAddress: private"),
        ({"problem": TimeoutError("slow")}, 0, "TimeoutError: slow"),
    ],
)
def test_a_feed_that_cannot_be_read_says_why(organisation, outside, facts, items, problem):
    vars(outside).update(facts)
    source = add_source(title="A", address="https://example.org/feed", by=SYSTEM)

    tasks.read_source.run(str(organisation.pk), source_id=str(source.pk))

    assert NewsItem.objects.count() == items
    assert NewsSource.objects.get().last_problem == problem

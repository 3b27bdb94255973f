"""The widget in Chromium: the network cut at each step of the first message, tabs, and browsers that keep nothing."""

from enum import StrEnum

import pytest
from playwright.sync_api import BrowserContext, Page, Route, WebSocketRoute, expect

from tests.browser.chatting import WRITTEN, is_answered, opened_widget, question, say
from tests.browser.database import Database

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]


class Step(StrEnum):
    """Where on the road of the first message the network goes."""

    BEFORE_SESSION = "before the session"
    DURING_SESSION = "while the session is opened"
    BEFORE_SOCKET = "after the session, before the socket"
    BEFORE_ACK = "the message is sent, its acknowledgement is lost"
    BEFORE_ANSWER = "after the acknowledgement, before the answer"
    WHILE_STREAMING = "while the answer is streamed"


class Network:
    """Stands between the page and the desk, and goes away at one step; nothing passes until it is restored."""

    def __init__(self, page: Page, step: Step) -> None:
        self._page = page
        self._step = step
        self._sockets: list[WebSocketRoute] = []
        self.is_cut = False
        page.route("**/api/v1/**", self._request)
        page.route_web_socket("**/ws?*", self._socket)

    def wait_until_cut(self) -> None:
        while not self.is_cut:
            self._page.wait_for_timeout(20)
        self._page.context.set_offline(True)

    def restore(self) -> None:
        self._step, self.is_cut = None, False  # type: ignore[assignment]  # nothing more is cut
        self._page.context.set_offline(False)

    def _cut(self) -> None:
        self.is_cut = True
        for socket in self._sockets:
            socket.close()

    def _request(self, route: Route) -> None:
        opens_session = route.request.method == "POST" and route.request.url.endswith("/sessions")
        if opens_session and self._step in (Step.BEFORE_SESSION, Step.DURING_SESSION) and not self.is_cut:
            if self._step is Step.DURING_SESSION:
                route.fetch()  # the desk opens it; the page never hears of it
            self._cut()
        if self.is_cut:
            route.abort()
        else:
            route.continue_()

    def _socket(self, browser: WebSocketRoute) -> None:
        if self._step is Step.BEFORE_SOCKET and not self.is_cut:
            self._cut()
        if self.is_cut:
            browser.close()
            return
        desk = browser.connect_to_server()
        self._sockets.append(browser)
        browser.on_message(lambda frame: None if self.is_cut else desk.send(frame))
        desk.on_message(lambda frame: self._from_desk(browser, str(frame)))

    def _from_desk(self, browser: WebSocketRoute, frame: str) -> None:
        if self.is_cut:
            return
        is_ack, is_text = '"type":"ack"' in frame, '"type":"text"' in frame
        if not (is_ack and self._step is Step.BEFORE_ACK):
            browser.send(frame)
        if (is_ack and self._step in (Step.BEFORE_ACK, Step.BEFORE_ANSWER)) or (
            is_text and self._step is Step.WHILE_STREAMING
        ):
            self._cut()


@pytest.mark.parametrize("step", list(Step))
def test_wherever_the_network_goes_there_is_one_of_everything(
    shop: Page, database: Database, step: Step
) -> None:
    network = Network(shop, step)
    frame = opened_widget(shop)
    asked = question()
    say(frame, asked)
    network.wait_until_cut()
    expect(frame.get_by_test_id("fd-status")).to_have_attribute("data-standing", "offline", timeout=3_000)
    expect(frame.get_by_test_id("fd-banner")).to_have_count(1)
    expect(frame.locator(WRITTEN)).to_have_count(1)
    network.restore()
    is_answered(frame)
    expect(frame.locator(WRITTEN)).to_have_count(1)
    assert database.sessions() == 1
    assert database.told(asked) == (1, [asked], 1)


def test_what_is_written_offline_goes_out_once_and_in_order(
    context: BrowserContext, shop: Page, database: Database
) -> None:
    frame = opened_widget(shop)
    context.set_offline(True)
    expect(frame.get_by_test_id("fd-banner")).to_be_visible(timeout=3_000)
    texts = [question(), question("Как оплатить заказ в рассрочку?")]
    for text in texts:
        say(frame, text)
    expect(frame.locator(f"{WRITTEN}[data-delivery=pending]")).to_have_count(2)
    context.set_offline(False)
    expect(frame.locator(f"{WRITTEN}[data-delivery=sent]")).to_have_count(2)
    expect(frame.get_by_test_id("fd-status")).to_have_attribute("data-next", "customer")
    tickets, contents, _ = database.told(*texts)
    assert (database.sessions(), tickets, contents) == (1, 1, texts)


def test_a_page_that_is_reloaded_while_the_session_is_opened_asks_for_the_same_one(
    shop: Page, database: Database
) -> None:
    network = Network(shop, Step.DURING_SESSION)
    frame = opened_widget(shop)
    asked = question()
    say(frame, asked)
    network.wait_until_cut()
    network.restore()
    shop.reload()
    again = shop.frame_locator("iframe[src*='/widget']")
    is_answered(again)
    assert database.sessions() == 1
    assert database.told(asked) == (1, [asked], 1)


def test_two_tabs_are_one_visitor(context: BrowserContext, demo: str, database: Database) -> None:
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto(f"{demo}/widget/?locale=ru")
    texts = [question(), question("Как оплатить заказ в рассрочку?")]
    context.set_offline(True)
    for tab, text in zip(tabs, texts, strict=True):
        say(tab, text)
    for tab in tabs:
        expect(tab.locator(WRITTEN)).to_have_count(2)
    context.set_offline(False)
    for tab in tabs:
        expect(tab.locator(f"{WRITTEN}[data-delivery=sent]")).to_have_count(2)
        expect(tab.get_by_test_id("fd-status")).to_have_attribute("data-next", "customer")
    tickets, contents, _ = database.told(*texts)
    assert (database.sessions(), tickets, sorted(contents)) == (1, 1, sorted(texts))


def test_a_browser_that_stores_nothing_opens_one_session_for_a_page(
    context: BrowserContext, demo: str, database: Database
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page = context.new_page()
    network = Network(page, Step.DURING_SESSION)
    page.goto(f"{demo}/widget/?locale=ru")
    asked = question()
    say(page, asked)
    network.wait_until_cut()
    network.restore()
    is_answered(page)
    assert database.sessions() == 1
    assert database.told(asked) == (1, [asked], 1)

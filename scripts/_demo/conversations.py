"""Tries the conversation card in a browser, as the people of the house use it."""

from contextlib import AsyncExitStack
import re
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scripts._shared import ScriptError
from tests.simulator.seed import PICTURE

from .browser import CannotTry, note, sign_in, with_browser
from .client import Client, Json, until
from .office import URL_PATH
from .probe import expect
from .scene import Scene
from .service import ALEX

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page, Request

SECONDS = 15_000
PAGE = f"{URL_PATH}/messages"
NOBODY = "5552340444"
STRANGER = "5550100666"
PHONE = {"width": 390, "height": 844}

HOSTILE = (
    '<img src="http://evil.example/x.png" onerror="window.owned=1"><b>bold</b>',
    "![a](http://evil.example/a.png) [click](javascript:alert(1)) **bold**",
    "{{ states('sun.sun') }} {% for x in range(9) %} <script>window.owned=1</script>",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe reversed (((",
    "a" * 10_000,
)


class Tab:
    """A browser's page with the card, and whom it asks."""

    def __init__(self, page: Page, client: Client) -> None:
        """Initialize, and listen to what the page does."""
        self.page = page
        self.complaints: list[str] = []
        self.abroad: list[str] = []
        self.home = urlsplit(client.url).netloc
        self._url = f"{client.url}/{PAGE}"
        page.set_default_timeout(SECONDS)
        page.on("request", self._on_request)
        page.on("console", lambda message: note(self.complaints, message))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @classmethod
    async def open(cls, browser: Browser, client: Client, **options: object) -> Tab:
        """Open the page that is nothing but conversations."""
        tab = cls(await sign_in(browser, client, **options), client)
        await tab.page.goto(tab._url)
        await tab.conversations.first.wait_for()
        return tab

    def _on_request(self, request: Request) -> None:
        """Note a request that goes to any other host."""
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.netloc != self.home:
            self.abroad.append(request.url)

    @property
    def conversations(self) -> Locator:
        """Return the list of conversations."""
        return self.page.get_by_role("list", name="Conversations").get_by_role(
            "listitem"
        )

    @property
    def log(self) -> Locator:
        """Return the messages of the thread that is open."""
        return self.page.get_by_role("log")

    async def choose(self, name: str) -> None:
        """Open a thread."""
        found = self.conversations.filter(has_text=name).first
        await found.get_by_role("button").click()
        await self.page.get_by_role("heading", name=name).wait_for()

    async def shows(self, words: str) -> None:
        """Wait until the thread shows a text."""
        await self.log.get_by_text(words, exact=True).first.wait_for()

    async def write(self, words: str) -> None:
        """Write a message and press Enter."""
        box = self.page.get_by_role("textbox", name=re.compile("^Message to"))
        await box.fill(words)
        await box.press("Enter")

    async def new(self, to: str, words: str) -> None:
        """Begin a conversation."""
        await self.page.get_by_role("button", name="New conversation").click()
        field = self.page.get_by_label("To", exact=True)
        await field.fill(to)
        await field.press("Enter")
        await self.write(words)
        await self.shows(words)


async def receive(
    here: Scene, words: str, contact: str = ALEX, media: list[str] | None = None
) -> None:
    """Let somebody write to the office."""
    line = here.lines[0]
    await here.service.do(
        "receive", did=line.did, contact=contact, message=words, media=media or []
    )


async def was_sent(here: Scene, words: str, contact: str = ALEX) -> None:
    """Wait until VoIP.ms has a message, which must be there once."""

    async def there() -> bool:
        return await _count(here, words, contact) > 0

    await until(f"{words!r} is at VoIP.ms", there)
    expect(await _count(here, words, contact), 1, f"how often {words!r} was sent")


async def _count(here: Scene, words: str, contact: str) -> int:
    sent: list[Json] = (await here.service.show("account"))["sent"]
    return sum((each["message"], each["contact"]) == (words, contact) for each in sent)


# --- What people do ----------------------------------------------------------------


async def _texts(here: Scene, tab: Tab, other: Tab) -> None:
    """Read, answer, and see it in two browsers without a reload."""
    await tab.choose("Alex")
    await other.choose("Alex")
    await receive(here, "Is somebody there?")
    for each in (tab, other):
        await each.shows("Is somebody there?")
    await tab.write("Yes, come in.")
    await was_sent(here, "Yes, come in.")
    await other.shows("Yes, come in.")
    await here.client.act(
        "voipms.send_sms", did=here.lines[0].did, dst=ALEX, message="From the house."
    )
    for each in (tab, other):
        await each.shows("From the house.")


async def _pictures(here: Scene, tab: Tab, other: Tab) -> None:
    """Get a picture, through Home Assistant and from nowhere else."""
    await receive(here, "The cake", media=[f"data:image/png;base64,{PICTURE}"])
    picture = tab.log.locator("img").last
    await picture.wait_for()

    async def loaded() -> bool:
        return bool(await picture.evaluate("image => image.naturalWidth > 100"))

    await until("the picture is shown", loaded)
    address = urlsplit(str(await picture.get_attribute("src")))
    expect(address.netloc in ("", tab.home), True, "whether it is Home Assistant's")
    expect(address.path.startswith("/api/voipms/media/"), True, "where it is")


async def _failure(here: Scene, tab: Tab, other: Tab) -> None:
    """Keep what could not be sent, and send it once."""
    await here.service.do("fault", kind="status:sms_failed", method="sendSMS", times=1)
    await tab.write("Second try.")
    again = tab.page.get_by_role("button", name="Try again")
    await again.wait_for()
    expect(await _count(here, "Second try.", ALEX), 0, "what was sent")
    await again.click()
    await was_sent(here, "Second try.")
    await here.service.do("fault", kind="lost_reply", method="sendSMS", times=1)
    await tab.write("Only once.")
    await tab.shows("Only once.")
    if await again.count():
        await again.first.click()
    await was_sent(here, "Only once.")
    await again.wait_for(state="detached")


async def _new(here: Scene, tab: Tab, other: Tab) -> None:
    """Write to somebody new, and find it by a word."""
    await tab.new("(555) 234-0444", "Hello, is this the bakery?")
    await was_sent(here, "Hello, is this the bakery?", NOBODY)
    await other.conversations.filter(has_text="bakery").first.wait_for()
    search = tab.page.get_by_role("searchbox")
    await search.fill("bakery")
    await tab.conversations.filter(has_text="(555) 234-0444").first.wait_for()
    await search.fill("no such words")
    await tab.page.get_by_text("Nothing found for").first.wait_for()
    await search.press("Escape")


async def _hostile(here: Scene, tab: Tab, other: Tab) -> None:
    """Show what strangers write as the text it is."""
    for words in HOSTILE:
        await receive(here, words, STRANGER)
    await receive(
        here, "look", STRANGER, ["http://evil.example/a.png", "http://127.0.0.1/b.png"]
    )
    await tab.choose("(555) 010-0666")
    shown: list[str] = []

    async def all_seen() -> bool:
        await tab.log.evaluate("log => log.scrollBy(0, -300)")
        shown.extend(await tab.log.locator(".text").all_text_contents())
        return set(HOSTILE) <= set(shown)

    await until("every text is shown as it is", all_seen)
    expect(await tab.page.evaluate("'owned' in window"), False, "whether a script ran")
    sideways = "document.documentElement.scrollWidth - innerWidth"
    expect(await tab.page.evaluate(sideways) > 0, False, "scrolling sideways")


async def _reload(here: Scene, tab: Tab, other: Tab) -> None:
    """Find everything after a reload."""
    await tab.page.reload()
    await tab.choose("Alex")
    await tab.shows("Only once.")


async def _phone(here: Scene, browser: Browser) -> None:
    """Do it on a telephone, in the dark."""
    tab = await Tab.open(
        browser, here.client, viewport=PHONE, color_scheme="dark", has_touch=True
    )
    await tab.choose("Alex")
    await tab.write("From the tram.")
    await was_sent(here, "From the tram.")
    dark = "getComputedStyle(document.body).colorScheme + matchMedia('(prefers-color-scheme: dark)').matches"
    expect("true" in str(await tab.page.evaluate(dark)), True, "the dark theme")
    sideways = "document.documentElement.scrollWidth - innerWidth"
    expect(await tab.page.evaluate(sideways), 0, "scrolling sideways")
    await tab.page.get_by_role("button", name="Back to the conversations").click()
    await tab.conversations.first.wait_for()
    _quiet(tab)
    await tab.page.close()


def _quiet(tab: Tab) -> None:
    """Check that a page has complained of nothing, and asked nobody else."""
    complaints = [each for each in tab.complaints if "/api/voipms/media/" not in each]
    expect(complaints, [], "complaints in the browser")
    expect(tab.abroad, [], "requests to other hosts")


async def try_conversations(here: Scene) -> str | None:
    """Try everything that people do with the card."""
    try:
        async with with_browser() as browser:
            tab = await Tab.open(browser, here.client)
            other = await Tab.open(browser, here.client)
            for step in (_texts, _pictures, _failure, _new, _hostile, _reload):
                try:
                    await step(here, tab, other)
                except Exception as error:
                    name = step.__name__.strip("_")
                    raise ScriptError(f"in the step {name}: {error}") from error
            await _phone(here, browser)
            _quiet(tab)
            _quiet(other)
    except CannotTry as reason:
        return str(reason)
    return None


class OpenCard:
    """A card that stays open while Home Assistant restarts."""

    def __init__(self) -> None:
        """Initialize without a browser."""
        self._stack = AsyncExitStack()
        self._tab: Tab | None = None

    async def __aenter__(self) -> Self:
        """Return the card, which is not open yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the browser."""
        await self._stack.aclose()

    async def open(self, here: Scene) -> str | None:
        """Open the card where somebody is about to restart Home Assistant."""
        try:
            browser = await self._stack.enter_async_context(with_browser())
        except CannotTry as reason:
            return str(reason)
        self._tab = await Tab.open(browser, here.client)
        await self._tab.choose("Alex")
        return None

    async def recovers(self, here: Scene) -> str | None:
        """Look whether the card goes on by itself."""
        if self._tab is None:
            return "no card was open"
        self._tab.page.set_default_timeout(60_000)
        await receive(here, "Are you back?")
        # The demo saves its dashboard at each start, which closes the thread.
        shown = self._tab.conversations.filter(has_text="Are you back?")
        await shown.first.wait_for()
        await self._tab.choose("Alex")
        await self._tab.shows("Are you back?")
        await self._tab.write("Yes, we are.")
        await was_sent(here, "Yes, we are.")
        return None

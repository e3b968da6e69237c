"""What the browser keeps of an unsaved form, and what a crash leaves of a tab."""

import re
import time

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PATIENCE
from tests.journeys.editing import Editor

SECTION = "/home/practices/kyrgyzstan/"
KEPT = ".kept-draft"
STATUS = ".draft-status"
STORED = """async (text) => {
  const drafts = window.localDrafts ? await window.localDrafts.store.list() : [];
  return drafts.some((draft) => JSON.stringify(draft.data).includes(text));
}"""
# All that any page of the portal has put into this browser, in whatever storage; texts, and bytes as text.
EVERYTHING_STORED = """async () => {
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const readable = (name, value) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder("latin1").decode(value) : value;
  const texts = [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = await asked(database.transaction(store).objectStore(store).getAll());
      texts.push(...rows.map((row) => JSON.stringify(row, readable)));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
  }
  return texts;
}"""
# Passes every kept draft off as that user's; out: whose they were.
PASS_OFF = """(user) => new Promise((resolve) => {
  const request = indexedDB.open("local-drafts");
  request.onsuccess = () => {
    const transaction = request.result.transaction("drafts", "readwrite");
    const drafts = transaction.objectStore("drafts");
    const all = drafts.getAll();
    all.onsuccess = () => all.result.forEach((record) => drafts.put({ ...record, user }));
    transaction.oncomplete = () => resolve(all.result.map((record) => record.user));
  };
})"""
RECORDS = """() => new Promise((resolve) => {
  const request = indexedDB.open("local-drafts");
  request.onsuccess = () => {
    const all = request.result.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => resolve(all.result.map(
      (record) => [JSON.stringify(record), new TextDecoder("latin1").decode(record.sealed)].join()));
  };
})"""


def wait_until_kept(page: Page, text: str, kept: bool = True) -> None:
    """Playwright's own waiting takes an answer that is still to come for a true one."""
    until = time.monotonic() + PATIENCE / 1000
    while page.evaluate(STORED, text) != kept:
        assert time.monotonic() < until, f"{text!r} is {'not ' if kept else 'still '}kept in the browser"
        page.wait_for_timeout(100)


def is_kept(page: Page, text: str) -> None:
    wait_until_kept(page, text)


def is_not_kept(page: Page, text: str) -> None:
    wait_until_kept(page, text, kept=False)


def is_stored_sealed(page: Page, *typed: str) -> None:
    """Nothing of what was typed can be read in this browser's storages, nor what it is sealed with."""
    stored = page.evaluate(EVERYTHING_STORED)
    key = page.evaluate("() => window.localDrafts.config.session.key")
    assert any('"sealed"' in text for text in stored)
    for readable in (*typed, key):
        assert not [text for text in stored if readable in text], f"{readable!r} can be read"


def kill(author: Editor) -> Page:
    """Close the tab as a crash does; out: a new one."""
    context = author.page.context
    author.page.close(run_before_unload=False)
    author.page = context.new_page()
    return author.page


class Held:
    """Requests that are held back until they are released."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.routes: list[Route] = []
        self.holding = True
        page.route(pattern, self.handle)

    def handle(self, route: Route) -> None:
        if self.holding:
            self.routes.append(route)
        else:
            route.continue_()

    def release(self) -> None:
        self.holding = False
        for route in self.routes:
            route.continue_()


def add_url(author: Editor) -> str:
    return f"pages/add/practices/practicepage/{author.portal.number_of(SECTION)}/"


def a_draft(author: Editor, title: str) -> str:
    """Out: the address at which it is edited."""
    author.go_to(add_url(author))
    author.write("title", title)
    author.press("Save draft")
    expect(author.page).to_have_url(re.compile("/edit/$"))
    expect(author.messages).to_contain_text(title)
    # Only now has the browser dropped what it kept on the page before: a cookie says that the server has it.
    author.page.wait_for_function("() => window.localDrafts?.offered")
    return author.page.url

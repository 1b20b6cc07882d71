"""Deleting: one picture alone; of a job still drawn; taken back; told to others; not undone by a reload."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.server import ServerProcess
from tests.web.conftest import OpenPage
from tests.web.steps import STORED, choose_small, draw, job_card, prompt_box, tile_menu, wait_until
from tests.web.words import LANGUAGES, word

LISTED = "fetch('/v1/jobs').then(answer => answer.json()).then(page => page.data)"


def drawn(page: Page, prompt: str, count: int, lang: str = "en") -> Locator:
    choose_small(page, lang, count=str(count))
    return draw(page, prompt, lang, count)


def job_of(card: Locator) -> str:
    return (card.get_by_role("link").first.get_attribute("href") or "").split("/")[2]


LEFT = f"""async ([id, wanted]) =>
    JSON.stringify((await {LISTED}).find(job => job.id === id)?.data.map(one => one.index)) === wanted"""
KEPT = f"""async ([id, wanted]) => (await ({STORED})(['pictures', 'getAllKeys'])).filter(
    key => key.startsWith(id)).map(key => Number(key.split('/')[1])).join() === wanted"""


def expect_left(page: Page, job: str, *indexes: int) -> None:
    """Wait until the server has just these of a job's pictures."""
    wait_until(page, LEFT, [job, f"[{','.join(map(str, indexes))}]"])


def expect_kept(page: Page, job: str, *indexes: int) -> None:
    """Wait until the browser has."""
    wait_until(page, KEPT, [job, ",".join(map(str, indexes))])


def of_pictures(answer: Any) -> bool:
    return answer.request.method == "DELETE" and "/files/" in answer.url


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_picture_is_deleted_on_its_page(open_page: OpenPage, server: ServerProcess, lang: str) -> None:
    page = open_page(server.url, lang)
    prompt = f"a kite over a beach, {lang}"
    card = drawn(page, prompt, 3, lang)
    job = job_of(card)
    card.get_by_role("button", name=word(lang, "picture.favourite")).nth(0).click()
    card.get_by_role("link").nth(1).click()
    delete = page.get_by_role("button", name=word(lang, "job.delete"))
    undo = page.get_by_role("button", name=word(lang, "app.undo"))
    delete.click()
    expect(page).to_have_url(f"{server.url}/i/{job}/2")
    undo.click()
    pictures = page.get_by_role("navigation", name=word(lang, "job.pictures")).get_by_role("link")
    expect(pictures).to_have_count(3)
    with page.expect_response(of_pictures) as gone:
        delete.click()
        expect(page).to_have_url(f"{server.url}/i/{job}/1")
    assert gone.value.status == 200
    expect_left(page, job, 0, 1)
    expect(pictures).to_have_count(2)
    delete.click()
    expect(page).to_have_url(f"{server.url}/i/{job}/0")
    delete.click()
    expect(page).to_have_url(f"{server.url}/")
    expect(job_card(page, prompt)).to_have_count(0)
    # The first deletion is for good by now or soon, and the second takes no more than its own picture.
    undo.last.click()
    expect(job_card(page, prompt).get_by_role("link")).to_have_count(1)
    expect_left(page, job, 0)
    page.reload()
    expect(job_card(page, prompt).get_by_role("link")).to_have_count(1)


def test_a_job_that_is_drawn_stays_when_its_only_picture_goes(open_page: OpenPage) -> None:
    with ServerProcess(["--engine", "blank", "--workers", "1"]) as server:
        page = open_page(server.url, quiet=False)  # the server stops before the page
        choose_small(page, count="10")
        prompt_box(page).fill("wait 1")
        page.keyboard.press("Enter")
        card = job_card(page, "wait 1")
        expect(card.get_by_role("link")).to_have_count(1)
        job = job_of(card)
        with page.expect_response(of_pictures) as gone:
            tile_menu(page, card, 1, "job.delete")
            expect(page.get_by_role("button", name=word("en", "app.undo"))).to_be_visible()
            expect(card).to_be_visible()
            expect(card.locator(f'a[href="/i/{job}/0"]')).to_have_count(0)
            expect(card.get_by_role("listitem")).to_have_count(9)
        assert gone.value.status == 200
        expect(card).to_have_attribute("aria-busy", "true")
        expect(card.get_by_role("listitem")).to_have_count(9)
        card.get_by_role("button", name=word("en", "job.cancel"), exact=True).click()
        expect(card).to_have_attribute("aria-busy", "false")
        left = [one["data"] for one in page.evaluate(LISTED) if one["id"] == job]
        assert left
        assert 0 not in [one["index"] for one in left[0]]
        expect(card.get_by_role("link")).to_have_count(len(left[0]))


def test_a_reload_takes_nothing_back(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url, quiet=False)  # the next page asks again for what has gone already
    one = job_of(drawn(page, "a well in a yard", 2))
    all_of = job_of(drawn(page, "a bell in a tower", 2))
    expect_kept(page, one, 0, 1)
    expect_kept(page, all_of, 0, 1)
    tile_menu(page, job_card(page, "a well in a yard"), 1, "job.delete")
    tower = job_card(page, "a bell in a tower")
    tower.get_by_role("button", name=word("en", "job.more"), exact=True).click()
    page.get_by_role("menuitem", name=word("en", "job.delete")).click()
    page.reload()
    expect(job_card(page, "a well in a yard").get_by_role("link")).to_have_count(1)
    expect(tower).to_have_count(0)
    expect_left(page, one, 1)
    expect_kept(page, one, 1)
    expect_kept(page, all_of)
    assert all_of not in [job["id"] for job in page.evaluate(LISTED)]


def test_what_a_closed_page_began_is_finished_by_the_next(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    job = job_of(drawn(page, "a gate in a wall", 2))
    expect_kept(page, job, 0, 1)
    page.evaluate("key => localStorage.setItem('egaku.deleting', JSON.stringify([key]))", f"{job}/0")
    page.reload()
    expect(job_card(page, "a gate in a wall").get_by_role("link")).to_have_count(1)
    expect_left(page, job, 1)
    expect_kept(page, job, 1)
    wait_until(page, "async () => localStorage.getItem('egaku.deleting') === null")


def test_every_deletion_can_be_taken_back(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    card = drawn(page, "a row of beech trees", 4)
    job = job_of(card)
    card.get_by_role("link").first.click()
    delete = page.get_by_role("button", name=word("en", "job.delete"))
    expect(delete).to_be_visible()
    count = page.evaluate(
        """async ([name, undo]) => {
            const named = word => [...document.querySelectorAll('button')].filter(
                one => (one.ariaLabel ?? one.textContent) === word);
            for (let left = 4; left > 0; left -= 1) {
                const before = location.href;
                named(name)[0].click();
                while (location.href === before) await new Promise(done => setTimeout(done, 10));
                await new Promise(done => setTimeout(done, 50));
            }
            const all = named(undo);
            for (const one of all) one.click();
            return all.length;
        }""",
        [word("en", "job.delete"), word("en", "app.undo")],
    )
    assert count == 4
    expect(job_card(page, "a row of beech trees").get_by_role("link")).to_have_count(4)
    expect_left(page, job, 0, 1, 2, 3)


def test_other_pages_are_told(open_page: OpenPage, server: ServerProcess) -> None:
    page = open_page(server.url)
    card = drawn(page, "a swan on a lake", 2)
    elsewhere = open_page(server.url)
    there = job_card(elsewhere, "a swan on a lake").get_by_role("link")
    expect(there).to_have_count(2)
    there.nth(1).click()
    expect(elsewhere.get_by_role("heading", name="a swan on a lake", level=1)).to_be_visible()
    tile_menu(page, card, 2, "job.delete")
    expect(elsewhere.get_by_text(word("en", "app.not_found"))).to_be_visible()
    elsewhere.get_by_role("link", name=word("en", "app.back_home")).click()
    expect(there).to_have_count(1)

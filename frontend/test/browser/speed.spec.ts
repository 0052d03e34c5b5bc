import { conversations, log } from "./do";
import { expect, test } from "./home";

test.describe("speed", () => {
  const note = (description: string): void => {
    test.info().annotations.push({ type: "measured", description });
    process.stdout.write(`    ${description}\n`);
  };

  test("200 conversations and 10,000 messages open in under a second and draw what is seen", async ({
    page,
    home,
  }) => {
    await home.start({ scene: "empty" });
    const spent = await page.evaluate(async () => {
      const seen = (): boolean =>
        (window.card.shadowRoot?.querySelector("voipms-conversation-list")?.shadowRoot?.querySelectorAll("li")
          .length ?? 0) > 0;
      window.start({ scene: "many" });
      const start = performance.now();
      window.again();
      while (!seen()) await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - start;
    });
    note(`content after ${Math.round(spent)} ms`);
    expect(spent).toBeLessThan(1000);
    expect(await conversations(page).getByRole("listitem").count()).toBeLessThan(30);
  });

  test("a thread of 5,000 loaded messages scrolls smoothly", async ({ page, home }) => {
    await home.start({ scene: "many" });
    // All at once, as after a day of scrolling back.
    await page.evaluate(() => {
      const send = window.home.sendMessagePromise.bind(window.home);
      window.home.sendMessagePromise = (message) => send({ ...message, limit: 10_000 });
    });
    await conversations(page).getByRole("listitem").first().getByRole("button").click();
    await expect(log(page)).toContainText("5024");
    const frames = await log(page).evaluate(async (one) => {
      const times: number[] = [];
      let last = performance.now();
      for (let index = 0; index < 60; index++) {
        one.scrollBy(0, index % 20 ? -400 : -30_000);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        times.push(performance.now() - last);
        last = performance.now();
      }
      return times.sort((a, b) => a - b);
    });
    const drawn = await log(page).locator(".row").count();
    note(
      `${drawn} rows drawn, the median frame took ${Math.round(frames[30] ?? 0)} ms, the longest ${Math.round(frames[59] ?? 0)} ms`,
    );
    expect(drawn).toBeLessThan(80);
    expect(frames[30]).toBeLessThan(50);
  });
});

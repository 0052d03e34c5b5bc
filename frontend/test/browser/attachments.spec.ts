import type { Page } from "@playwright/test";
import { sent, write } from "./do";
import { expect, openThread, PICTURE, test } from "./home";

test.describe("pictures", () => {
  const attach = (page: Page, name: string, mimeType: string, buffer: Buffer) =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer });

  test("of the device go along, and can be taken back", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await attach(page, "a.png", "image/png", PICTURE);
    await attach(page, "b.png", "image/png", PICTURE);
    await expect(page.getByText("MMS", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Remove b.png" }).click();
    await write(page, "Look");
    await expect.poll(() => sent(page)).toHaveLength(1);
    const [request] = await sent(page);
    expect(request?.media).toHaveLength(1);
    expect(request?.media?.[0]).toMatch(/^data:image\/png;base64,/);
    await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
  });

  test("that are large are made small, as JPEG", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    const large = await page.evaluate(() => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [3000, 2000];
      const context = canvas.getContext("2d");
      const data = context?.createImageData(3000, 2000);
      for (let index = 0; data && index < data.data.length; index++) data.data[index] = Math.random() * 255;
      if (data) context?.putImageData(data, 0, 0);
      const url = canvas.toDataURL("image/jpeg", 0.95);
      return url.slice(url.indexOf(",") + 1);
    });
    const buffer = Buffer.from(large, "base64");
    expect(buffer.length).toBeGreaterThan(1_200_000);
    await attach(page, "camera.jpg", "image/jpeg", buffer);
    await expect(page.getByRole("button", { name: "Remove camera.jpg" })).toBeVisible({ timeout: 15_000 });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect.poll(() => sent(page)).toHaveLength(1);
    const source = (await sent(page))[0]?.media?.[0] ?? "";
    expect(source).toMatch(/^data:image\/jpeg;base64,/);
    expect(source.length * 0.75).toBeLessThan(1_200_000);
  });

  test("that cannot be sent say why", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    await attach(page, "big.gif", "image/gif", Buffer.alloc(1_300_000));
    await expect(page.getByRole("alert")).toContainText("big.gif is too large: at most 1.2 MB.");
    await attach(page, "page.svg", "image/svg+xml", Buffer.from("<svg/>"));
    await expect(page.getByRole("alert")).toContainText("page.svg cannot be sent.");
    await attach(page, "torn.jpg", "image/jpeg", Buffer.from("no picture"));
    await expect(page.getByRole("alert")).toContainText("torn.jpg cannot be read.");
    for (let index = 0; index < 4; index++) await attach(page, `${index}.png`, "image/png", PICTURE);
    await expect(page.getByRole("alert")).toContainText("at most 3");
    await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(3);
  });

  test("come from a camera or the media of Home Assistant", async ({ page, home }) => {
    await home.start();
    await openThread(page, "Alex Martin");
    const choose = async (): Promise<void> => {
      await page.getByRole("button", { name: "Add a picture or file" }).click();
      await page.getByRole("menuitem", { name: "Camera or media of Home Assistant" }).click();
    };
    await choose();
    await expect(page.getByRole("button", { name: "Gone" })).toHaveCount(0);
    await page.getByRole("button", { name: "Front door" }).click();
    await choose();
    await page.getByRole("button", { name: "My media" }).click();
    await expect(page.getByRole("button", { name: "notes.pdf" })).toHaveCount(0);
    await page.getByRole("button", { name: "garden.jpg" }).click();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect
      .poll(() => sent(page))
      .toMatchObject([
        { message: "", media: ["camera.door", "media-source://media_source/local/garden.jpg"] },
      ]);
  });
});

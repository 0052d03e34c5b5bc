import { expect, test } from "./home";

test.describe("the editor", () => {
  test("hands the form its fields, and hands back what is set", async ({ page, home }) => {
    await home.start();
    const fields = await page.evaluate(async () => {
      const Card = customElements.get("voipms-conversations") as unknown as {
        getConfigElement(): HTMLElement & { setConfig(config: object): void; hass: unknown };
      };
      const editor = Card.getConfigElement();
      editor.setConfig({ type: "custom:voipms-conversations", title: "Old" });
      editor.hass = window.card.hass;
      document.body.append(editor);
      await new Promise((resolve) => setTimeout(resolve, 100));
      interface Form extends HTMLElement {
        schema: { name: string; selector: { select?: { options: { value: string; label: string }[] } } }[];
        computeLabel(field: { name: string }): string;
      }
      const form = editor.shadowRoot?.querySelector<Form>("ha-form");
      if (!form) throw new Error("no form");
      let changed: unknown;
      editor.addEventListener(
        "config-changed",
        (event) => (changed = (event as CustomEvent<unknown>).detail),
      );
      const value = {
        type: "custom:voipms-conversations",
        title: "",
        layout: "compact",
        numbers: ["5551230000"],
      };
      form.dispatchEvent(new CustomEvent("value-changed", { detail: { value } }));
      return {
        names: form.schema.map(({ name }) => `${name}: ${form.computeLabel({ name })}`),
        numbers: form.schema.find(({ name }) => name === "numbers")?.selector.select?.options[0],
        changed,
      };
    });
    expect(fields.names).toEqual([
      "title: Title",
      "layout: Layout",
      "numbers: Numbers",
      "limit: Conversations shown at most",
    ]);
    expect(fields.numbers).toEqual({ value: "5551230000", label: "Kitchen · (555) 123-0000" });
    expect(fields.changed).toEqual({
      config: { type: "custom:voipms-conversations", layout: "compact", numbers: ["5551230000"] },
    });
  });
});

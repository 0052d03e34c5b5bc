/** The card `custom:voipms-conversations`, as Home Assistant loads it. */

import { CARD_TYPE } from "./config";
import "./conversations-card";
import { localizer } from "./localize";

interface CustomCard {
  type: string;
  name: string;
  description: string;
  preview: boolean;
  documentationURL: string;
}

declare global {
  interface Window {
    customCards?: CustomCard[];
  }
}

const cards = (window.customCards ??= []);
if (!cards.some(({ type }) => type === CARD_TYPE)) {
  const t = localizer(document.documentElement.lang || navigator.language);
  cards.push({
    type: CARD_TYPE,
    name: t("card.name"),
    description: t("card.description"),
    preview: true,
    documentationURL: "https://github.com/ha-voipms/ha-voipms#conversations",
  });
}

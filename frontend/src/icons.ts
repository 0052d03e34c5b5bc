/** The card's own icons: those of Home Assistant are loaded later than the card. */

import {
  mdiAccount,
  mdiAlertCircleOutline,
  mdiArrowLeft,
  mdiCctv,
  mdiCheck,
  mdiCheckAll,
  mdiChevronDown,
  mdiClockOutline,
  mdiClose,
  mdiContentCopy,
  mdiDeleteOutline,
  mdiDownload,
  mdiFileOutline,
  mdiFolderOutline,
  mdiHomeAssistant,
  mdiImageOffOutline,
  mdiImageOutline,
  mdiLinkOff,
  mdiMagnify,
  mdiMessageTextOutline,
  mdiMusicNote,
  mdiPlus,
  mdiRefresh,
  mdiSend,
  mdiSquareEditOutline,
  mdiVideoOutline,
} from "@mdi/js";
import { html, type TemplateResult } from "lit";

const PATHS = {
  account: mdiAccount,
  alert: mdiAlertCircleOutline,
  back: mdiArrowLeft,
  camera: mdiCctv,
  sent: mdiCheck,
  delivered: mdiCheckAll,
  down: mdiChevronDown,
  clock: mdiClockOutline,
  close: mdiClose,
  copy: mdiContentCopy,
  delete: mdiDeleteOutline,
  download: mdiDownload,
  file: mdiFileOutline,
  folder: mdiFolderOutline,
  home: mdiHomeAssistant,
  no_image: mdiImageOffOutline,
  image: mdiImageOutline,
  offline: mdiLinkOff,
  search: mdiMagnify,
  message: mdiMessageTextOutline,
  audio: mdiMusicNote,
  add: mdiPlus,
  retry: mdiRefresh,
  send: mdiSend,
  new: mdiSquareEditOutline,
  video: mdiVideoOutline,
};

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${PATHS[name]}></path>
  </svg>`;
}

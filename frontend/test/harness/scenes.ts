/** Houses to try the card in. */

import type { BrowseItem } from "../../src/api";
import { threadKey, type Account, type Conversation, type Media, type Message } from "../../src/contract";

export interface Scene {
  accounts: Account[];
  conversations: Conversation[];
  threads: Map<string, Message[]>;
  media: Record<string, Partial<BrowseItem>>;
}

type Line = [minutesAgo: number, direction: "in" | "out", text: string, extra?: Partial<Message>];

export const KITCHEN = "5551230000";
export const OFFICE = "5551230001";
export const OLD = "5551230002";

const MINUTE = 60_000;
const DAY = 1440;

export const PICTURE: Media = {
  url: "/api/voipms/media/cake.png?authSig=signed",
  type: "image",
  name: "cake.png",
};

export function account(changes: Partial<Account> = {}): Account {
  return {
    config_entry_id: "entry1",
    title: "Home",
    available: true,
    error: null,
    numbers: [
      { did: KITCHEN, name: "Kitchen", display: "(555) 123-0000", can_send: true, active: true },
      { did: OFFICE, name: "Office", display: "(555) 123-0001", can_send: true, active: true },
      { did: OLD, name: "Cottage", display: "(555) 123-0002", can_send: false, active: false },
    ],
    contacts: [
      { name: "Alex Martin", number: "5552340001", display: "(555) 234-0001", did: KITCHEN },
      { name: "Zoë Béland", number: "5552340002", display: "(555) 234-0002", did: OFFICE },
      { name: "Riverside Elementary School", number: "5552340003", display: "(555) 234-0003" },
      { name: "Sam", number: "5552340009", display: "(555) 234-0009" },
    ],
    may_delete: true,
    ...changes,
  };
}

class Builder {
  readonly scene: Scene;
  private _count = 0;

  constructor(accounts: Account[]) {
    this.scene = { accounts, conversations: [], threads: new Map(), media: MEDIA };
  }

  add(
    contact: string,
    name: string | null,
    did: string,
    unread: number,
    lines: Line[],
    entry = "entry1",
  ): this {
    const id = { config_entry_id: entry, did, contact };
    const messages = lines.map(([ago, direction, text, extra]): Message => {
      this._count += 1;
      return {
        ...id,
        key: `m${this._count}`,
        id: this._count,
        kind: "sms",
        direction: direction === "in" ? "received" : "sent",
        text,
        time: new Date(Date.now() - ago * MINUTE).toISOString(),
        media: [],
        delivery: direction === "out" ? "delivered" : null,
        ...extra,
      };
    });
    const last = messages.at(-1) ?? null;
    const display = contact.replace(/^(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
    this.scene.threads.set(threadKey(id), messages);
    this.scene.conversations.push({ id: `c-${threadKey(id)}`, ...id, name, display, last, unread });
    return this;
  }

  done(): Scene {
    const time = ({ last }: Conversation): number => Date.parse(last?.time ?? "");
    this.scene.conversations.sort((one, other) => time(other) - time(one));
    return this.scene;
  }
}

const MEDIA: Scene["media"] = {
  "": {
    children: [
      item("My media", "media-source://media_source/local/.", true),
      item("Camera", "media-source://camera", true),
      item("Text-to-speech", "media-source://tts", true),
    ],
  },
  "media-source://media_source/local/.": {
    children: [
      item("Holidays", "media-source://media_source/local/holidays", true),
      item("garden.jpg", "media-source://media_source/local/garden.jpg", false, "image/jpeg"),
      item("notes.pdf", "media-source://media_source/local/notes.pdf", false, "application/pdf"),
    ],
  },
};

function item(title: string, id: string, folder: boolean, type = ""): BrowseItem {
  return {
    title,
    media_content_id: id,
    media_content_type: type,
    media_class: folder ? "directory" : type.split("/")[0],
    can_play: !folder,
    can_expand: folder,
  };
}

function house(): Scene {
  return new Builder([account()])
    .add("5552340001", "Alex Martin", KITCHEN, 2, [
      [3 * DAY, "in", "Hi! Are we still on for Saturday? 🎂"],
      [3 * DAY - 4, "out", "Of course. We start at four."],
      [DAY + 60, "in", "Great."],
      [DAY + 58, "in", "This is the cake I ordered, what do you think?", { media: [PICTURE], kind: "mms" }],
      [
        DAY + 40,
        "out",
        "It looks wonderful! Details are on https://bakery.example/cakes/42?size=l (they deliver).",
      ],
      [64, "out", "Can you bring the big plates?", { delivery: "failed" }],
      [62, "out", "Can you bring the big plates, please?"],
      [12, "in", "Sure."],
      [11, "in", "I am at the door."],
    ])
    .add("5552340002", "Zoë Béland", OFFICE, 0, [
      [DAY + 300, "in", "Bonjour, le colis est arrivé."],
      [200, "out", "Merci beaucoup !"],
    ])
    .add("5552340003", "Riverside Elementary School", KITCHEN, 128, [
      [
        2 * DAY,
        "in",
        "Swimming practice ends at 5 pm today. Please bring a towel, warm clothes and a bottle of water.",
      ],
    ])
    .add("5559876543", null, KITCHEN, 0, [
      [2 * DAY + 30, "in", "", { media: [PICTURE, PICTURE], kind: "mms" }],
    ])
    .add("72975", null, OFFICE, 1, [[6 * DAY, "in", "Your code is 482 913. Do not share it."]])
    .add("Google", null, OFFICE, 0, [[20 * DAY, "in", "G-582913 is your verification code."]])
    .add("5552340009", "Sam", OLD, 0, [
      [500 * DAY, "in", "See you at the cottage!"],
      [500 * DAY - 2, "out", "Bring the canoe."],
    ])
    .done();
}

/** 200 conversations, and 10,000 messages of which 5,000 are in one. */
function many(): Scene {
  const builder = new Builder([account()]);
  const texts = [
    "On my way",
    "Thank you!",
    "Can you call me when you are home? It is about the garden fence.",
    "👍",
    "Ok",
  ];
  for (let index = 0; index < 200; index++) {
    const count = index ? 25 : 5025;
    const lines = Array.from({ length: count }, (_, line): Line => {
      const text = texts[(index + line) % texts.length] ?? "";
      return [(count - line) * (index ? 90 : 7) + index * 3, line % 3 ? "in" : "out", `${text} ${line}`];
    });
    builder.add(
      `55523${String(40000 + index)}`,
      index % 3 ? `Person ${index}` : null,
      KITCHEN,
      index % 7 ? 0 : 1,
      lines,
    );
  }
  return builder.done();
}

export const HOSTILE_TEXTS = [
  `<img src="http://evil.example/x.png" onerror="window.pwned=1"><script>window.pwned=1</script><b>bold</b>`,
  `![picture](http://evil.example/tracker.png) [click](javascript:alert(1)) **bold** <http://evil.example/auto>`,
  "{{ states('sensor.secret') }} {% for x in range(9) %} ${window.pwned=1} `code`",
  "\u202Egnp.exe\u202E reversed \u2067\u2066 text \u202E((( left open",
  "a".repeat(10_000),
  "Look: http://evil.example/picture.png and javascript:alert(1) and data:text/html,<script>1</script>",
  "http://good.example\u202E/moc.live//:ptth",
  "مرحبا كيف حالك؟ 123 hello",
];

function hostile(): Scene {
  const lines = HOSTILE_TEXTS.map((text, index): Line => [60 - index, "in", text]);
  const media: Media[] = [
    { url: "http://evil.example/picture.png", type: "image", name: "remote" },
    { url: "//evil.example/api/voipms/media/x", type: "image", name: "remote" },
    { url: "/api/voipms/media/../../evil", type: "image", name: "traversal" },
    { url: "javascript:alert(1)", type: "file", name: "script" },
    { url: "/api/voipms/media/page.svg?authSig=signed", type: "file", name: "page.svg" },
    { url: "data:text/html,<script>1</script>", type: "video", name: "data" },
  ];
  lines.push([2, "in", "", { media }]);
  return new Builder([account()])
    .add("5556660000", "\u202Eevil <b>name</b> \u202E", KITCHEN, 3, lines)
    .add("5552340001", "Alex Martin", KITCHEN, 0, [[90, "in", "Normal"]])
    .done();
}

function twoAccounts(): Scene {
  const office = account({
    config_entry_id: "entry2",
    title: "Company",
    numbers: [
      { did: "5557770000", name: "Reception", display: "(555) 777-0000", can_send: true, active: true },
    ],
    contacts: [{ name: "Alex Martin", number: "5552340001", display: "(555) 234-0001" }],
    may_delete: false,
  });
  return new Builder([account(), office])
    .add("5552340001", "Alex Martin", KITCHEN, 0, [[30, "in", "At home"]])
    .add("5552340001", "Alex Martin", "5557770000", 1, [[20, "in", "At work"]], "entry2")
    .done();
}

const ONE_NUMBER = account({ numbers: account().numbers.slice(0, 1), may_delete: false });

export const SCENES = {
  house,
  many,
  hostile,
  two_accounts: twoAccounts,
  one_number: (): Scene =>
    new Builder([structuredClone(ONE_NUMBER)])
      .add("5552340001", "Alex Martin", KITCHEN, 1, [
        [30, "in", "Are you open?"],
        [29, "out", "Until six."],
      ])
      .done(),
  empty: (): Scene => new Builder([account()]).done(),
  no_numbers: (): Scene => new Builder([account({ numbers: [], contacts: [] })]).done(),
};

export type SceneName = keyof typeof SCENES;

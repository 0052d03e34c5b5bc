/**
 * Drafts and messages on their way, kept for as long as the browser's tab is open.
 *
 * Home Assistant makes a new card whenever a dashboard is edited or opened again, and a reload of
 * the page must not lose what could not be sent.
 */

import type { Attachment, Outgoing } from "./outbox";

export interface Draft {
  text: string;
  attachments: Attachment[];
}

const EMPTY_DRAFT: Draft = { text: "", attachments: [] };

export class Memory {
  private _drafts = new Map<string, Draft>();

  private _outbox: Outgoing[] = [];

  private readonly _listeners = new Set<() => void>();

  constructor(
    private readonly _key: string,
    private readonly _storage: Storage | undefined,
  ) {
    this._load();
  }

  get outbox(): Outgoing[] {
    return this._outbox;
  }

  set outbox(outbox: Outgoing[]) {
    if (outbox === this._outbox) return;
    this._outbox = outbox;
    this._save();
    for (const listener of this._listeners) listener();
  }

  draft(thread: string): Draft {
    return this._drafts.get(thread) ?? EMPTY_DRAFT;
  }

  setDraft(thread: string, draft: Draft): void {
    if (draft.text || draft.attachments.length) this._drafts.set(thread, draft);
    else this._drafts.delete(thread);
    this._save();
  }

  listen(listener: () => void): () => void {
    this._listeners.add(listener);
    return () => this._listeners.delete(listener);
  }

  private _load(): void {
    try {
      const stored = JSON.parse(this._storage?.getItem(this._key) ?? "{}") as {
        drafts?: [string, Draft][];
        outbox?: Outgoing[];
      };
      this._drafts = new Map(stored.drafts ?? []);
      // Whether a message that was on its way when the page went away has left, nobody knows.
      this._outbox = (stored.outbox ?? []).map((outgoing) =>
        outgoing.status === "sending" ? { ...outgoing, status: "unknown" } : outgoing,
      );
    } catch {
      // Unreadable or forbidden storage is an empty one.
    }
  }

  private _save(): void {
    // Pictures are too large for this storage, and without them a message would be another one.
    const drafts = [...this._drafts].map(([thread, draft]) => [
      thread,
      { ...draft, attachments: small(draft) },
    ]);
    const outbox = this._outbox.filter((outgoing) => small(outgoing).length === outgoing.attachments.length);
    try {
      this._storage?.setItem(this._key, JSON.stringify({ drafts, outbox }));
    } catch {
      // Then it lasts as long as the page.
    }
  }
}

function small({ attachments }: Draft | Outgoing): Attachment[] {
  return attachments.filter((attachment) => attachment.source.length < 1000);
}

const memories = new Map<string, Memory>();

/** Return what is remembered for a person; another one in the same browser sees none of it. */
export function memoryOf(user: string): Memory {
  const key = `voipms-conversations-${user}`;
  let memory = memories.get(key);
  if (!memory) {
    memory = new Memory(key, sessionStorageOrNone());
    memories.set(key, memory);
  }
  return memory;
}

function sessionStorageOrNone(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

/** The commands of the integration, and what their errors mean. */

import type { ConversationsEvent, Message, MessagesPage, SendRequest, ThreadId } from "./contract";
import type { HassConnection } from "./hass";

/** home-assistant-js-websocket's number for a connection that broke. */
const CONNECTION_LOST = 3;

/** After these nobody knows whether the message left: it may be asked for again, by the same id only. */
const OUTCOME_UNKNOWN = new Set(["connection_lost", "unknown_outcome", "timeout", "unknown_error"]);

export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  get lostConnection(): boolean {
    return this.code === "connection_lost";
  }

  get outcomeUnknown(): boolean {
    return OUTCOME_UNKNOWN.has(this.code);
  }
}

interface ErrorShape {
  code?: unknown;
  message?: unknown;
  error?: ErrorShape;
}

/** Return an error as this card knows it, whatever the connection threw. */
export function toApiError(err: unknown): ApiError {
  if (err instanceof ApiError) return err;
  if (err === CONNECTION_LOST) return new ApiError("connection_lost", "");
  const shape = (typeof err === "object" && err !== null ? err : {}) as ErrorShape;
  const { code, message } = shape.error ?? shape;
  if (code === CONNECTION_LOST) return new ApiError("connection_lost", "");
  return new ApiError(
    typeof code === "string" ? code : "unknown_error",
    typeof message === "string" ? message : "",
  );
}

async function call<T>(connection: HassConnection, type: string, data: object): Promise<T> {
  try {
    return await connection.sendMessagePromise<T>({ type, ...data });
  } catch (err) {
    throw toApiError(err);
  }
}

function threadFields({ config_entry_id, did, contact }: ThreadId): ThreadId {
  return { config_entry_id, did, contact };
}

export async function subscribe(
  connection: HassConnection,
  configEntryId: string | undefined,
  callback: (event: ConversationsEvent) => void,
): Promise<() => Promise<void>> {
  try {
    // The session subscribes anew by itself, because after a restart of Home Assistant the
    // integration is not there yet when the connection is.
    return await connection.subscribeMessage<ConversationsEvent>(
      callback,
      {
        type: "voipms/conversations/subscribe",
        ...(configEntryId ? { config_entry_id: configEntryId } : {}),
      },
      { resubscribe: false },
    );
  } catch (err) {
    throw toApiError(err);
  }
}

export function listMessages(
  connection: HassConnection,
  thread: ThreadId,
  limit: number,
  before?: string,
): Promise<MessagesPage> {
  return call(connection, "voipms/messages/list", {
    ...threadFields(thread),
    limit,
    ...(before ? { before } : {}),
  });
}

export function sendMessage(
  connection: HassConnection,
  request: SendRequest,
): Promise<{ messages: Message[] }> {
  const { message, media, request_id } = request;
  return call(connection, "voipms/messages/send", {
    ...threadFields(request),
    message,
    ...(media?.length ? { media } : {}),
    request_id,
  });
}

export function markRead(connection: HassConnection, thread: ThreadId): Promise<null> {
  return call(connection, "voipms/messages/read", threadFields(thread));
}

export function deleteMessage(connection: HassConnection, message: Message): Promise<null> {
  return call(connection, "voipms/messages/delete", {
    config_entry_id: message.config_entry_id,
    key: message.key,
  });
}

/** Return a fresh signature for an address of our media whose old one has run out. */
export async function signPath(connection: HassConnection, path: string): Promise<string> {
  const { path: signed } = await call<{ path: string }>(connection, "auth/sign_path", { path });
  return signed;
}

export interface BrowseItem {
  title: string;
  media_content_id: string;
  media_content_type?: string;
  media_class?: string;
  can_play: boolean;
  can_expand: boolean;
  children?: BrowseItem[] | null;
}

export function browseMedia(connection: HassConnection, mediaId?: string): Promise<BrowseItem> {
  return call(connection, "media_source/browse_media", mediaId ? { media_content_id: mediaId } : {});
}

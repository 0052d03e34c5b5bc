/** Pictures and files of a person's device, made fit for a message. */

import { MMS_MEDIA } from "./bytes";
import type { WordKey } from "./localize";
import type { Attachment } from "./outbox";

/** What carriers take. */
const FILE_LIMIT = 1_200_000;
/** What a picture is made to fit: three of them go through Home Assistant's WebSocket at once. */
const PICTURE_LIMIT = 900_000;
/** Home Assistant closes a WebSocket that says more than 4 MB at once. */
const TOGETHER_LIMIT = 3_900_000;
const LONGEST_SIDE = 2048;

const AS_IT_IS: Record<string, string> = {
  "image/gif": "image/gif",
  "audio/mpeg": "audio/mpeg",
  "audio/mp3": "audio/mpeg",
  "audio/wav": "audio/wav",
  "audio/x-wav": "audio/wav",
  "audio/wave": "audio/wav",
  "audio/midi": "audio/midi",
  "audio/x-midi": "audio/midi",
  "audio/mid": "audio/midi",
  "video/mp4": "video/mp4",
  "video/3gpp": "video/3gpp",
  "audio/3gpp": "video/3gpp",
};

/** What the file dialog offers. */
export const ACCEPT = "image/*,.mp3,.wav,.mid,.midi,.mp4,.3gp";

export class AttachmentError extends Error {
  constructor(
    readonly word: Extract<WordKey, `attachment.${string}`>,
    readonly values: Record<string, string | number>,
  ) {
    super(word);
  }
}

/** Return a file as a message can carry it, or say why it cannot. */
export async function attachFile(file: File): Promise<Attachment> {
  const type = file.type.toLowerCase();
  const kept = AS_IT_IS[type];
  if (kept) {
    if (file.size > FILE_LIMIT) throw tooLarge(file);
    const source = await toDataUri(file.slice(0, file.size, kept), file.name);
    return { source, name: file.name, ...(kept === "image/gif" ? { preview: source } : {}) };
  }
  // Active content, and nothing that a carrier takes.
  if (!type.startsWith("image/") || type.startsWith("image/svg")) {
    throw new AttachmentError("attachment.type", { name: file.name });
  }
  const picture =
    type === "image/png" && file.size <= PICTURE_LIMIT ? file : await shrink(file).catch(unreadable(file));
  const source = await toDataUri(picture, file.name);
  return { source, name: file.name, preview: source };
}

/** Return the attachments with others added, or say why there are too many. */
export function addAttachments(present: Attachment[], added: Attachment[]): Attachment[] {
  const all = [...present, ...added];
  if (all.length > MMS_MEDIA) throw new AttachmentError("attachment.too_many", { count: MMS_MEDIA });
  const size = all.reduce((sum, { source }) => sum + source.length, 0);
  if (size > TOGETHER_LIMIT) throw new AttachmentError("attachment.together", {});
  return all;
}

/**
 * Return a picture as a JPEG that is small enough.
 *
 * It is drawn anew, so it loses what the camera wrote into it, such as where it was taken.
 */
async function shrink(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    let scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    let quality = 0.88;
    for (;;) {
      const blob = await draw(bitmap, scale, quality);
      if (blob.size <= PICTURE_LIMIT) return blob;
      if (quality > 0.6) quality -= 0.12;
      else scale *= 0.75;
    }
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap, scale: number, quality: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  // A JPEG has no transparency.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", quality),
  );
}

function toDataUri(blob: Blob, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new AttachmentError("attachment.unreadable", { name }));
    reader.readAsDataURL(blob);
  });
}

function tooLarge(file: File): AttachmentError {
  return new AttachmentError("attachment.too_large", { name: file.name, limit: FILE_LIMIT / 1_000_000 });
}

function unreadable(file: File): () => never {
  return () => {
    throw new AttachmentError("attachment.unreadable", { name: file.name });
  };
}

/** How a message would go. */

export const SMS_BYTES = 160;
export const MMS_BYTES = 2048;
export const MMS_MEDIA = 3;

export interface HowItGoes {
  kind: "sms" | "mms" | "too_long";
  bytes: number;
  limit: number;
}

const encoder = new TextEncoder();

export function countBytes(text: string): number {
  return encoder.encode(text).length;
}

export function howItGoes(text: string, media: number): HowItGoes {
  const bytes = countBytes(text);
  const kind = bytes > MMS_BYTES ? "too_long" : bytes > SMS_BYTES || media > 0 ? "mms" : "sms";
  return { kind, bytes, limit: kind === "sms" ? SMS_BYTES : MMS_BYTES };
}

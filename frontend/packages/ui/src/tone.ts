/** The meanings a colour may carry; `quiet` carries none. */
export type Tone = "quiet" | "ai" | "attention" | "human" | "waiting" | "danger";

export const TONE_TEXT: Record<Tone, string> = {
  quiet: "text-muted",
  ai: "text-ai",
  attention: "text-attention",
  human: "text-human",
  waiting: "text-waiting",
  danger: "text-danger",
};

export const TONE_TINT: Record<Tone, string> = {
  quiet: "bg-surface-2",
  ai: "bg-tint-ai",
  attention: "bg-tint-attention",
  human: "bg-tint-human",
  waiting: "bg-tint-waiting",
  danger: "bg-tint-danger",
};

import { BadgeCheck, CircleHelp, ShieldAlert, ShieldCheck, type LucideIcon } from "lucide-react";
import type { Proof } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { cx, TONE_TEXT, Tooltip, type Tone } from "@frontdesk/ui";

const LOOK: Record<Proof, { icon: LucideIcon; tone: Tone }> = {
  none: { icon: CircleHelp, tone: "quiet" },
  claimed: { icon: ShieldAlert, tone: "waiting" },
  attested: { icon: ShieldCheck, tone: "quiet" },
  verified: { icon: BadgeCheck, tone: "quiet" },
};

/** How well it is proven who the customer is: an icon with its words. */
export function IdentityMark({ proof }: { proof: Proof }) {
  const { label } = useSpeech();
  const { icon: Icon, tone } = LOOK[proof];
  return (
    <Tooltip content={label("proof_means", proof)}>
      <span className="inline-flex shrink-0 items-center gap-1 whitespace-nowrap">
        <Icon size={14} aria-hidden className={cx("shrink-0", TONE_TEXT[tone])} />
        {label("proof", proof)}
      </span>
    </Tooltip>
  );
}

/** The same, with a sentence on what it means for whoever answers. */
export function IdentityNote({ proof }: { proof: Proof }) {
  const { label } = useSpeech();
  const { icon: Icon, tone } = LOOK[proof];
  return (
    <div className="mt-3 flex items-start gap-2 rounded-sm border border-hairline px-3 py-2.5 text-12">
      <Icon size={16} aria-hidden className={cx("shrink-0", TONE_TEXT[tone])} />
      <p className="min-w-0">
        <span className="block font-medium text-ink">{label("proof", proof)}</span>
        <span className="mt-0.5 block text-pretty text-muted">{label("proof_means", proof)}</span>
      </p>
    </div>
  );
}

import { Camera, Globe, Mail, MessageCircle, MessageSquare, Phone, Send, Smartphone, type LucideIcon } from "lucide-react";
import type { Channel } from "@frontdesk/api";

const GLYPHS: Record<Channel, LucideIcon> = {
  web_chat: MessageSquare,
  web_form: Globe,
  email: Mail,
  telegram: Send,
  whatsapp: MessageCircle,
  instagram: Camera,
  sms: Smartphone,
  phone: Phone,
};

/** A channel's glyph; its word stands beside it or in `label`. */
export function ChannelIcon({ channel, label, size = 14 }: { channel: Channel; label?: string; size?: number }) {
  const Icon = GLYPHS[channel] ?? MessageSquare;
  return label ? <Icon size={size} role="img" aria-label={label} className="shrink-0" /> : <Icon size={size} aria-hidden className="shrink-0" />;
}

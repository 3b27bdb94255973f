import { useQuery } from "@tanstack/react-query";
import { MessageSquare } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Message, Source, Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { EmptyState } from "@frontdesk/ui";
import { messagesQuery, timelineQuery } from "../data/queries";
import { useStream } from "../data/streams";
import { QueryError } from "../shared/QueryError";
import { ConversationSkeleton } from "./ConversationSkeleton";
import { DayLine, EventLine } from "./Lines";
import { conversationItems } from "./items";
import { MessageBubble } from "./MessageBubble";
import { SourceSheet } from "./SourceSheet";
import { StreamBubble } from "./StreamBubble";

/** Nearer to the end than this, the reader follows what comes; further up, the page stays where it is. */
const FOLLOW_WITHIN = 120;

export function Conversation({ ticket }: { ticket: Ticket }) {
  const id = ticket.ticket_id;
  const messages = useQuery(messagesQuery(id));
  if (messages.data) return <Log ticketId={id} messages={messages.data} />;
  if (messages.isError) return <QueryError error={messages.error} onRetry={() => void messages.refetch()} />;
  return <ConversationSkeleton />;
}

function useFollow(grows: unknown) {
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [grows]);
  const onScroll = () => {
    const element = scroller.current;
    if (element) follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < FOLLOW_WITHIN;
  };
  return { scroller, onScroll };
}

function Log({ ticketId, messages }: { ticketId: string; messages: Message[] }) {
  const { t } = useSpeech();
  const events = useQuery(timelineQuery(ticketId));
  const stream = useStream(ticketId);
  const [source, setSource] = useState<Source | null>(null);
  const items = useMemo(() => conversationItems(messages, events.data ?? []), [messages, events.data]);
  const streaming = stream && !messages.some((message) => message.message_id === stream.messageId) ? stream : null;
  const { scroller, onScroll } = useFollow(`${items.length}:${streaming?.text.length ?? 0}`);

  if (items.length === 0 && !streaming) {
    return <EmptyState className="flex-1" icon={<MessageSquare size={20} aria-hidden />} title={t("ticket.empty")} />;
  }
  return (
    <div ref={scroller} onScroll={onScroll} className="min-h-0 flex-1 overflow-y-auto">
      <div
        role="log"
        aria-label={t("ticket.conversation")}
        className="mx-auto flex w-full max-w-[760px] flex-col px-4 pt-4 pb-8 md:px-6"
      >
        {items.map((item) => {
          if (item.kind === "day") return <DayLine key={item.key} iso={item.iso} />;
          if (item.kind === "event") return <EventLine key={item.key} event={item.event} />;
          return <MessageBubble key={item.key} message={item.message} first={item.first} onSource={setSource} />;
        })}
        {streaming ? <StreamBubble stream={streaming} /> : null}
      </div>
      <SourceSheet source={source} onClose={() => setSource(null)} />
    </div>
  );
}

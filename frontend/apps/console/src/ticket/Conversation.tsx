import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { MessageSquare } from "lucide-react";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Message, Source, Ticket } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { EmptyState } from "@frontdesk/ui";
import { OutgoingBubble } from "../compose/OutgoingBubble";
import { messagesQuery, timelineQuery } from "../data/queries";
import { useOutgoing } from "../data/sender";
import { useStream } from "../data/streams";
import { CONVERSATION_ID } from "../shared/landmarks";
import { QueryError } from "../shared/QueryError";
import { ConversationSkeleton } from "./ConversationSkeleton";
import { DayLine, EventLine } from "./Lines";
import { conversationItems } from "./items";
import { MessageBubble } from "./MessageBubble";
import { SourceSheet } from "./SourceSheet";
import { StreamBubble } from "./StreamBubble";

/** Nearer to the end than this, the reader follows what comes; further up, the page stays where it is. */
const FOLLOW_WITHIN = 120;

/** Whoever comes here by keyboard scrolls at once: the place that takes the focus is the one that scrolls. */
export function Conversation({ ticket }: { ticket: Ticket }) {
  const { t } = useSpeech();
  const id = ticket.ticket_id;
  const messages = useQuery(messagesQuery(id));
  const { scroller, follow, onScroll } = useFollowing();
  return (
    <section
      ref={scroller}
      id={CONVERSATION_ID}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t("ticket.conversation")}
      onScroll={onScroll}
      className="flex min-h-0 min-w-0 flex-1 -outline-offset-2 flex-col overflow-y-auto"
    >
      <Contents ticketId={id} messages={messages} onGrown={follow} />
    </section>
  );
}

function useFollowing() {
  const scroller = useRef<HTMLElement>(null);
  const follows = useRef(true);
  const follow = useCallback(() => {
    const element = scroller.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, []);
  // What was there from the start told of itself before there was a place to scroll.
  useLayoutEffect(follow, [follow]);
  const onScroll = () => {
    const element = scroller.current;
    if (element) follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < FOLLOW_WITHIN;
  };
  return { scroller, follow, onScroll };
}

interface ContentsProps {
  ticketId: string;
  messages: UseQueryResult<Message[]>;
  onGrown: () => void;
}

function Contents({ ticketId, messages, onGrown }: ContentsProps) {
  if (messages.data) return <Log ticketId={ticketId} messages={messages.data} onGrown={onGrown} />;
  if (messages.isError) return <QueryError error={messages.error} onRetry={() => void messages.refetch()} />;
  return <ConversationSkeleton />;
}

interface LogProps {
  ticketId: string;
  messages: Message[];
  onGrown: () => void;
}

function Log({ ticketId, messages, onGrown }: LogProps) {
  const { t } = useSpeech();
  const events = useQuery(timelineQuery(ticketId));
  const stream = useStream(ticketId);
  const leaving = useOutgoing(ticketId);
  const [source, setSource] = useState<Source | null>(null);
  const items = useMemo(() => conversationItems(messages, events.data ?? []), [messages, events.data]);
  const streaming = stream && !messages.some((message) => message.message_id === stream.messageId) ? stream : null;
  useLayoutEffect(onGrown, [onGrown, items.length, streaming?.text.length, leaving.length]);

  if (items.length === 0 && !streaming && leaving.length === 0) {
    return <EmptyState className="flex-1" icon={<MessageSquare size={20} aria-hidden />} title={t("ticket.empty")} />;
  }
  return (
    <>
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
        {leaving.map((sent, place) => (
          <OutgoingBubble key={sent.key} sent={sent} behind={place > 0} />
        ))}
      </div>
      <SourceSheet source={source} onClose={() => setSource(null)} />
    </>
  );
}

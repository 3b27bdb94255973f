import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Message } from "@frontdesk/api";
import { useSpeech } from "@frontdesk/i18n";
import { Button } from "@frontdesk/ui";
import { api } from "../data/client";
import { keys, reachQuery } from "../data/queries";
import { Refusal } from "../shared/Refusal";
import { useAttempt } from "../shared/useAttempt";

/** Beside a message that could not be sent: why, as the provider said it, and another try. */
export function Resend({ message }: { message: Message }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const { data: reach } = useQuery(reachQuery(message.ticket_id, `${message.message_id} failed`));
  const attempt = useAttempt(
    () => api.resend(message.ticket_id, message.message_id),
    () => {
      void client.invalidateQueries({ queryKey: keys.reach(message.ticket_id) });
      void client.invalidateQueries({ queryKey: keys.messages(message.ticket_id) });
    },
  );
  const parked = reach?.parked.find(({ message_id }) => message_id === message.message_id);
  if (!parked) return null;
  return (
    <>
      {parked.reason ? (
        <span lang="en" className="text-pretty">
          {parked.reason}
        </span>
      ) : null}
      <Button size="sm" disabled={attempt.busy} aria-busy={attempt.busy} onClick={() => attempt.run(undefined)}>
        {t("ticket.resend")}
      </Button>
      <Refusal error={attempt.error} />
    </>
  );
}

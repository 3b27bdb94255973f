import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@frontdesk/i18n";
import { Skeleton } from "@frontdesk/ui";
import { QueryError } from "../shared/QueryError";
import { AdminPage } from "./AdminPage";
import { ChannelRow } from "./ChannelRow";
import { channelHealthQuery } from "./queries";

/** Every configured account and how it is; those in trouble first. */
export function ChannelsPage() {
  const { t } = useSpeech();
  const query = useQuery(channelHealthQuery);
  return (
    <AdminPage hint={t("channels.hint")}>
      {query.isPending ? <Skeleton className="h-40 rounded-lg" /> : null}
      {query.isError && !query.data ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? (
        <ul aria-label={t("team.channels")} className="glass overflow-hidden rounded-lg">
          {query.data.map((account) => (
            <ChannelRow key={`${account.channel}/${account.account}`} account={account} />
          ))}
        </ul>
      ) : null}
    </AdminPage>
  );
}

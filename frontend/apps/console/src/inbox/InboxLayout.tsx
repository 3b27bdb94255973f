import { Outlet, useParams } from "@tanstack/react-router";
import { cx } from "@frontdesk/ui";
import { InboxPane } from "./InboxPane";

/** Inbox beside the conversation; on phones one of the two, by the address. */
export function InboxLayout() {
  const { ticketId } = useParams({ strict: false });
  const reading = ticketId !== undefined;
  return (
    <>
      <div className={cx("min-h-0 w-full shrink-0 md:flex md:w-[340px]", reading ? "hidden" : "flex")}>
        <InboxPane selectedId={ticketId ?? null} />
      </div>
      <div className={cx("min-h-0 min-w-0 flex-1 md:flex", reading ? "flex" : "hidden")}>
        <Outlet />
      </div>
    </>
  );
}

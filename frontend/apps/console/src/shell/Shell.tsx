import { useQueryClient } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLiveConnection } from "../data/live";
import { useSender } from "../data/sender";
import { MAIN_ID } from "../shared/landmarks";
import { Banners } from "./Banners";
import { KeyHelp, useKeyHelp } from "./KeyHelp";
import { BottomBar, isInbox, Rail } from "./Navigation";
import { Notices } from "./Notices";
import { SkipLinks } from "./SkipLinks";

/** The frame of every page: the rail (a bar at the bottom on phones), the desk's banners, and the page. */
export function Shell({ children }: { children: ReactNode }) {
  const pathname = useLocation({ select: (location) => location.pathname });
  const [help, setHelp] = useKeyHelp();
  useLiveConnection();
  useSender(useQueryClient());
  return (
    <div className="flex h-full flex-col md:flex-row">
      <SkipLinks inbox={isInbox(pathname)} />
      <Rail pathname={pathname} onHelp={() => setHelp(true)} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Banners />
        <main id={MAIN_ID} tabIndex={-1} className="flex min-h-0 flex-1 outline-none">
          {children}
        </main>
      </div>
      <BottomBar pathname={pathname} />
      <Notices />
      <KeyHelp open={help} onOpenChange={setHelp} />
    </div>
  );
}

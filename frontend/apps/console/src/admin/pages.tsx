/** The admins' pages: fetched together when one of them is opened. */
export { AuditPage } from "./AuditPage";
export { ChannelsPage } from "./ChannelsPage";
export { KeysPage } from "./KeysPage";
export { TeamPage } from "./TeamPage";

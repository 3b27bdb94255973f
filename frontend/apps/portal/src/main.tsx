import { render } from "preact";
import { PortalClient } from "./api";
import { App } from "./App";
import "@frontdesk/ui/tokens.css";
import "@frontdesk/ui/fonts.css";
import "@frontdesk/markdown/preact.css";
import "./styles/base.css";
import "./styles/entry.css";
import "./styles/tickets.css";
import "./styles/conversation.css";

const root = document.getElementById("app");
if (root) render(<App client={new PortalClient()} />, root);
